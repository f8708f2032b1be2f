import { deflateSync, inflateSync } from 'node:zlib'
import { buildCity } from '@hexhail/streets/build-city.ts'
import { openCity } from '@hexhail/streets/city.ts'
import type { Feature } from '@hexhail/streets/feature.ts'
import { readOsmPbf } from '@hexhail/streets/read-osm-pbf.ts'
import { PbfWriter } from 'pbf'
import { expect, test } from 'vitest'

type Tagged = { id: number; tags?: Record<string, string> }
type Node = Tagged & { at: [number, number] }
type Way = Tagged & { refs: number[] }
type Relation = Tagged & { members: [type: number, ref: number, role: string][] }

/** A small `.osm.pbf` as osmium would write it. */
function osmPbf(nodes: Node[], ways: Way[], relations: Relation[], zip = true): Uint8Array {
  const strings = ['']
  const s = (text: string): number => {
    const at = strings.indexOf(text)
    return at >= 0 ? at : strings.push(text) - 1
  }
  const steps = (values: number[]): number[] => values.map((v, i) => v - (values[i - 1] ?? 0))
  const tagsOf = (pbf: PbfWriter, { tags = {} }: Tagged): void => {
    pbf.writePackedVarint(2, Object.keys(tags).map(s))
    pbf.writePackedVarint(3, Object.values(tags).map(s))
  }
  const groups = new PbfWriter()
  groups.writeMessage(
    2,
    (_, pbf) => {
      pbf.writeMessage(
        2,
        (_dense, dense) => {
          dense.writePackedSVarint(1, steps(nodes.map(n => n.id)))
          dense.writePackedSVarint(8, steps(nodes.map(n => Math.round(n.at[1] * 1e7))))
          dense.writePackedSVarint(9, steps(nodes.map(n => Math.round(n.at[0] * 1e7))))
          dense.writePackedVarint(
            10,
            nodes.flatMap(n => [...Object.entries(n.tags ?? {}).flatMap(([k, v]) => [s(k), s(v)]), 0]),
          )
        },
        null,
      )
    },
    null,
  )
  groups.writeMessage(
    2,
    (_, pbf) => {
      for (const way of ways) {
        pbf.writeMessage(
          3,
          (_way, w) => {
            w.writeVarintField(1, way.id)
            tagsOf(w, way)
            w.writePackedSVarint(8, steps(way.refs))
          },
          null,
        )
      }
    },
    null,
  )
  groups.writeMessage(
    2,
    (_, pbf) => {
      for (const relation of relations) {
        pbf.writeMessage(
          4,
          (_relation, r) => {
            r.writeVarintField(1, relation.id)
            tagsOf(r, relation)
            r.writePackedVarint(
              8,
              relation.members.map(m => s(m[2])),
            )
            r.writePackedSVarint(9, steps(relation.members.map(m => m[1])))
            r.writePackedVarint(
              10,
              relation.members.map(m => m[0]),
            )
          },
          null,
        )
      }
    },
    null,
  )
  const groupBytes = groups.finish()
  const table = new PbfWriter()
  table.writeMessage(
    1,
    (_, pbf) => {
      for (const text of strings) pbf.writeBytesField(1, new TextEncoder().encode(text))
    },
    null,
  )
  const block = new Uint8Array([...table.finish(), ...groupBytes])
  return new Uint8Array([...blob('OSMHeader', new Uint8Array(0), zip), ...blob('OSMData', block, zip)])
}

function blob(type: string, body: Uint8Array, zip: boolean): Uint8Array {
  const packed = new PbfWriter()
  if (zip) {
    packed.writeVarintField(2, body.length)
    packed.writeBytesField(3, deflateSync(body))
  } else packed.writeBytesField(1, body)
  const bytes = packed.finish()
  const header = new PbfWriter()
  header.writeStringField(1, type)
  header.writeVarintField(3, bytes.length)
  const head = header.finish()
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, head.length)
  return new Uint8Array([...length, ...head, ...bytes])
}

const NODES: Node[] = [
  { id: 1, at: [7.4, 43.7] },
  { id: 2, at: [7.401, 43.7], tags: { highway: 'traffic_signals' } },
  { id: 5, at: [7.402, 43.7] },
  { id: 9, at: [7.401, 43.701], tags: { name: 'Café', amenity: 'cafe' } },
  { id: 10, at: [-7.5, -43.7] },
  { id: 11, at: [-7.4, -43.7] },
  { id: 12, at: [-7.4, -43.6] },
  { id: 13, at: [-7.46, -43.68] },
  { id: 14, at: [-7.44, -43.68] },
  { id: 15, at: [-7.44, -43.66] },
]
const WAYS: Way[] = [
  { id: 100, refs: [1, 2], tags: { highway: 'residential', name: 'West' } },
  { id: 101, refs: [2, 5], tags: { highway: 'residential', name: 'East' } },
  { id: 102, refs: [9, 2], tags: { highway: 'residential', name: 'North' } },
  { id: 110, refs: [10, 11, 12] },
  { id: 111, refs: [10, 12] },
  { id: 112, refs: [13, 14, 15, 13] },
]
const RELATIONS: Relation[] = [
  {
    id: 1000,
    tags: { type: 'restriction', restriction: 'no_left_turn' },
    members: [
      [1, 100, 'from'],
      [0, 2, 'via'],
      [1, 102, 'to'],
    ],
  },
  {
    id: 1001,
    tags: { type: 'restriction', restriction: 'no_right_turn', except: 'motorcar' },
    members: [
      [1, 101, 'from'],
      [0, 2, 'via'],
      [1, 102, 'to'],
    ],
  },
  {
    id: 1002,
    tags: { type: 'multipolygon', natural: 'water', name: 'Lake' },
    members: [
      [1, 110, 'outer'],
      [1, 111, 'outer'],
      [1, 112, 'inner'],
    ],
  },
]
const read = (bytes: Uint8Array): Feature[] => [
  ...readOsmPbf(bytes, (packed, maxOutputLength) => inflateSync(packed, { maxOutputLength })),
]

test.each([true, false])('nodes, ways, turn rules and joined areas are read (zipped: %s)', zip => {
  const features = read(osmPbf(NODES, WAYS, RELATIONS, zip))
  const points = features.filter(f => f.kind === 'point')
  expect(points.map(p => [p.at, p.tags])).toEqual([
    [[7.401, 43.7], { highway: 'traffic_signals' }],
    [[7.401, 43.701], { name: 'Café', amenity: 'cafe' }],
  ])
  expect(features.find(f => f.kind === 'way' && f.id === 102)).toMatchObject({
    line: [
      [7.401, 43.701],
      [7.401, 43.7],
    ],
  })
  expect(features.filter(f => f.kind === 'turn')).toEqual([
    { kind: 'turn', id: 1000, only: false, fromWay: 100, via: [7.401, 43.7], toWay: 102 },
  ])
  const lake = features.find(f => f.kind === 'area' && f.id === 1002)
  expect(lake?.kind === 'area' && lake.rings.map(r => r.length)).toEqual([4, 4])
})

test("a turn rule of the file reaches the router's table", () => {
  const { streets } = openCity(buildCity(read(osmPbf(NODES, WAYS, RELATIONS)), { name: 'T' }).bytes)
  expect(streets.turns.length).toBe(3)
  expect(streets.turns[2]).toBe(0)
  expect(streets.lights.reduce((sum, l) => sum + (l & 15) + (l >> 4), 0)).toBe(3)
})

test('a file that is cut off or is something else says so', () => {
  const bytes = osmPbf(NODES, WAYS, RELATIONS)
  for (const end of [3, 10, 60, bytes.length - 1]) {
    expect(() => read(bytes.subarray(0, end))).toThrow(expect.objectContaining({ code: 'NOT_OSM_PBF' }))
  }
  expect(() => read(new TextEncoder().encode('PK\u0003\u0004 this is a zip file'))).toThrow(
    expect.objectContaining({ code: 'NOT_OSM_PBF' }),
  )
})
