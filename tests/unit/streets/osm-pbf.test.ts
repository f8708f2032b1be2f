import { inflateSync } from 'node:zlib'
import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { openCity } from '@hexhail/streets/city.ts'
import type { Feature } from '@hexhail/streets/osm/feature.ts'
import { readOsmPbf } from '@hexhail/streets/osm/read-osm-pbf.ts'
import { expect, test } from 'vitest'
import { type Node, osmPbf, type Relation, type Way } from './osm-writer.ts'

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

test('whoever waits hears how much of the file is read', () => {
  const shares: number[] = []
  const file = osmPbf(NODES, WAYS, RELATIONS)
  expect([
    ...readOsmPbf(
      file,
      packed => inflateSync(packed),
      share => shares.push(share),
    ),
  ]).toEqual(read(file))
  expect(shares.at(-1)).toBe(1)
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
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
