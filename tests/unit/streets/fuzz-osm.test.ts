import { deflateSync, inflateSync } from 'node:zlib'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { openCity } from '@hexhail/streets/city.ts'
import type { Feature } from '@hexhail/streets/osm/feature.ts'
import { readOsmPbf } from '@hexhail/streets/osm/read-osm-pbf.ts'
import { PbfWriter } from 'pbf'
import { expect, test } from 'vitest'
import { damaged } from './damaged.ts'
import { seeded } from './grid-town.ts'
import { blob, type Node, osmPbf, type Relation, type Way } from './osm-writer.ts'

/** Nine crossings with all that the reader knows: lights, gates, areas, rules over nodes and ways. */
const NODES: Node[] = Array.from({ length: 9 }, (_, i) => ({
  id: i + 1,
  at: [7.4 + (i % 3) * 0.001, 43.7 + Math.floor(i / 3) * 0.001],
  ...(i === 4 && { tags: { highway: 'traffic_signals' } }),
  ...(i === 7 && { tags: { barrier: 'bollard' } }),
}))
const PAIRS = [
  [1, 2],
  [2, 3],
  [4, 5],
  [5, 6],
  [7, 8],
  [8, 9],
  [1, 4],
  [4, 7],
  [2, 5],
  [5, 8],
  [3, 6],
  [6, 9],
]
const WAYS: Way[] = [
  ...PAIRS.map((refs, i) => ({
    id: 100 + i,
    refs,
    tags: { highway: 'residential', name: `Rue ${i}`, maxspeed: '30' },
  })),
  {
    id: 200,
    refs: [1, 2, 5, 4, 1],
    tags: { building: 'yes', 'addr:street': 'Rue 1', 'addr:housenumber': '7' },
  },
  { id: 201, refs: [1, 3, 9], tags: {} },
  { id: 202, refs: [9, 7, 1], tags: {} },
  { id: 203, refs: [9, 3, 1], tags: { natural: 'coastline' } },
]
const member = (type: number, ref: number, role: string): [number, number, string] => [type, ref, role]
const RELATIONS: Relation[] = [
  {
    id: 1,
    tags: { type: 'restriction', restriction: 'no_left_turn' },
    members: [member(1, 102, 'from'), member(0, 5, 'via'), member(1, 109, 'to')],
  },
  {
    id: 2,
    tags: { type: 'restriction', restriction: 'only_straight_on' },
    members: [member(1, 106, 'from'), member(1, 102, 'via'), member(1, 103, 'to')],
  },
  {
    id: 3,
    tags: { type: 'multipolygon', natural: 'water' },
    members: [member(1, 201, 'outer'), member(1, 202, 'outer')],
  },
]
const file = osmPbf(NODES, WAYS, RELATIONS)
const read = (bytes: Uint8Array): Feature[] => [
  ...readOsmPbf(bytes, (packed, maxOutputLength) => inflateSync(packed, { maxOutputLength })),
]

/** Reads and builds what somebody sent: a city that opens, or a fault of ours with a code. */
function survives(bytes: Uint8Array): 'built' | 'refused' {
  let features: Feature[]
  try {
    features = read(bytes)
  } catch (error) {
    expect(error).toBeInstanceOf(HexhailError)
    expect((error as HexhailError).code).toBe('NOT_OSM_PBF')
    return 'refused'
  }
  openCity(buildCity(features, { name: 'T' }).bytes)
  return 'built'
}

test('the file that is damaged below is a good one', () => {
  const city = openCity(buildCity(read(file), { name: 'T' }).bytes)
  expect(city.streets.turns.length).toBe(9)
  expect(survives(file)).toBe('built')
})

test('extracts with flipped bits, wild bytes, cuts and doubled parts are refused with a code or built', () => {
  const rng = seeded(99)
  const seen = { built: 0, refused: 0 }
  for (let i = 0; i < 300; i++) seen[survives(damaged(file, rng))]++
  expect(seen.refused).toBeGreaterThan(200)
}, 120_000)

test('so are those whose blocks unpack but are damaged inside', () => {
  const rng = seeded(5)
  const raw = osmPbf(NODES, WAYS, RELATIONS, false)
  const seen = { built: 0, refused: 0 }
  const block = blockOf(raw)
  for (let i = 0; i < 500; i++) seen[survives(blob('OSMData', damaged(block, rng), rng() < 0.5))]++
  expect(seen.refused).toBeGreaterThan(100)
  expect(seen.built).toBeGreaterThan(50)
}, 120_000)

/** The data block of a raw file: the second blob, without its wrapping. */
function blockOf(raw: Uint8Array): Uint8Array {
  for (let at = raw.length - 1; at > 0; at--) {
    const body = raw.subarray(at)
    const same = blob('OSMData', body, false)
    if (raw.length >= same.length && Buffer.compare(raw.subarray(raw.length - same.length), same) === 0)
      return body
  }
  throw new Error('No block found.')
}

test('a block that says it would grow beyond all measure is not unpacked', () => {
  const packed = deflateSync(new Uint8Array(8 * 1024 * 1024))
  for (const size of [packed.length * 1000, 2 ** 40, 1000, 0]) {
    const body = new PbfWriter()
    body.writeVarintField(2, size)
    body.writeBytesField(3, packed)
    let unpackedBytes = 0
    const features = readOsmPbf(wrapped(body.finish()), (bytes, mostBytes) => {
      unpackedBytes = Math.max(unpackedBytes, mostBytes)
      return inflateSync(bytes, { maxOutputLength: mostBytes })
    })
    expect(() => [...features]).toThrow(expect.objectContaining({ code: 'NOT_OSM_PBF' }))
    expect(unpackedBytes).toBeLessThan(2 * 1024 * 1024)
  }
})

test('small blocks that each may grow a thousandfold do not grow together into a big one', () => {
  // One dense list of nodes that are all the same, as long as a small block may be.
  const nodes = new Uint8Array(21_000)
  const block = new PbfWriter()
  const dense = (_: null, pbf: PbfWriter): void => {
    for (const field of [1, 8, 9]) pbf.writeBytesField(field, nodes)
  }
  block.writeMessage(2, (_, group) => group.writeMessage(2, dense, null), null)
  const bomb = blob('OSMData', block.finish(), true)
  const bytes = Buffer.concat(Array.from({ length: 1_000 }, () => bomb))
  expect(bytes.length).toBeLessThan(250_000)
  let unpacked = 0
  let read = 0
  const features = readOsmPbf(bytes, (packed, maxOutputLength) => {
    read++
    const block = inflateSync(packed, { maxOutputLength })
    unpacked += block.length
    return block
  })
  expect(() => [...features]).toThrow(expect.objectContaining({ code: 'NOT_OSM_PBF' }))
  expect(read).toBeLessThan(200)
  expect(unpacked).toBeLessThan(10 * 1024 * 1024)
})

test('lists that claim to be longer than the file end at once', () => {
  for (const field of [1, 8, 9, 10]) {
    const dense = new Uint8Array([(field << 3) | 2, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 1, 2, 3])
    const group = new Uint8Array([(2 << 3) | 2, dense.length, ...dense])
    const block = new Uint8Array([(2 << 3) | 2, group.length, ...group])
    expect(survives(blob('OSMData', block, false))).toBe('refused')
  }
})

test('nodes off the earth, ways without nodes and relations of nothing do no harm', () => {
  const far: Node = { id: 99, at: [181, 0] }
  expect(survives(osmPbf([...NODES, far], WAYS, RELATIONS))).toBe('refused')
  expect(survives(osmPbf([], WAYS, RELATIONS))).toBe('built')
  expect(survives(osmPbf(NODES, [], RELATIONS))).toBe('built')
  const noStreets = WAYS.filter(w => w.id >= 200)
  expect(survives(osmPbf(NODES, noStreets, RELATIONS))).toBe('built')
  const odd = ['constructor', '__proto__', 'toString'].map((highway, i) => ({
    id: 300 + i,
    refs: [1, 5],
    tags: { highway },
  }))
  expect(survives(osmPbf(NODES, [...WAYS, ...odd], RELATIONS))).toBe('built')
  const again = {
    id: 9,
    tags: { type: 'multipolygon', natural: 'water' },
    members: Array(5000).fill(member(1, 200, 'outer')),
  }
  expect(survives(osmPbf(NODES, WAYS, [again]))).toBe('built')
  const rule = { id: 9, tags: { type: 'restriction', restriction: 'no_left_turn' } }
  for (const via of [[], [1], [101, 101, 101], Array(500).fill(102)]) {
    const members = [member(1, 100, 'from'), ...via.map(v => member(1, v, 'via')), member(1, 100, 'to')]
    expect(survives(osmPbf(NODES, WAYS, [{ ...rule, members }]))).toBe('built')
  }
})

/** A file of one blob. */
function wrapped(body: Uint8Array): Uint8Array {
  const header = new PbfWriter()
  header.writeStringField(1, 'OSMData')
  header.writeVarintField(3, body.length)
  const head = header.finish()
  return new Uint8Array([0, 0, 0, head.length, ...head, ...body])
}
