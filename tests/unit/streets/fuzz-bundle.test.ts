import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { packBundle, unpackBundle } from '@hexhail/streets/bundle.ts'
import { type City, junctionOrderOf, openCity, readCity } from '@hexhail/streets/city.ts'
import { type Packing, packColumn, unpackColumn } from '@hexhail/streets/columns.ts'
import { junctionGraph } from '@hexhail/streets/graph/junction-graph.ts'
import { turnGraph } from '@hexhail/streets/graph/turn-graph.ts'
import { createTiles } from '@hexhail/streets/map/tiles.ts'
import { packPlaces, unpackPlaces } from '@hexhail/streets/pack/lines.ts'
import { randomPlace } from '@hexhail/streets/random-place.ts'
import { createSearch } from '@hexhail/streets/search/search.ts'
import { createSnap } from '@hexhail/streets/snap/snap.ts'
import { expect, test } from 'vitest'
import { damaged } from './damaged.ts'
import { gridTown, seeded } from './grid-town.ts'
import { tileAt } from './tile-at.ts'

const CODES = ['CITY_FOREIGN', 'CITY_VERSION', 'CITY_TRUNCATED', 'CITY_DAMAGED']
const bytes = buildCity(gridTown(4, seeded(11)), { name: 'Town' }).bytes
const sections = (): Map<string, Uint8Array> => {
  const unpacked = unpackBundle(bytes)
  if (unpacked.verdict !== 'accept') throw new Error('The town does not unpack.')
  return new Map(unpacked.value)
}

/** Everything that is made of an opened city; only faults of our own may come out. */
function use(city: City): void {
  const snap = createSnap(city.streets)
  for (const at of [city.info.centre, [-56.199, -34.899] as const]) snap(at)
  if (city.streets.tail.length > 0) randomPlace(city, seeded(1))
  turnGraph(city.streets)
  createTiles(city).tile(...tileAt([-56.199, -34.899], 14))
  createSearch(city).find('calle 1')
  try {
    junctionOrderOf(city, junctionGraph(city.streets).states)
  } catch (error) {
    expect(error).toBeInstanceOf(HexhailError)
  }
}

/** Reads bytes that somebody sent: a verdict with a code, or a city that can be used. */
function survives(hostile: Uint8Array): 'opened' | 'refused' {
  const read = readCity(hostile)
  if (read.verdict === 'accept') {
    use(read.value)
    return 'opened'
  }
  expect(CODES).toContain(read.code)
  expect(() => openCity(hostile)).toThrow(HexhailError)
  return 'refused'
}

test('bundles with flipped bits, wild bytes, cuts and doubled parts are refused with a code or can be used', () => {
  const rng = seeded(2026)
  const seen = { opened: 0, refused: 0 }
  for (let i = 0; i < 400; i++) seen[survives(damaged(bytes, rng))]++
  expect(seen.refused).toBeGreaterThan(100)
  expect(seen.opened).toBeGreaterThan(5)
}, 120_000)

test('each section, damaged alone in a bundle that is whole, is refused with a code or can be used', () => {
  const rng = seeded(7)
  const seen = { opened: 0, refused: 0 }
  for (const [name, body] of sections()) {
    for (let i = 0; i < 8; i++) {
      const changed = sections().set(name, i === 0 ? new Uint8Array(0) : damaged(body, rng))
      seen[survives(packBundle(changed))]++
    }
    const without = sections()
    without.delete(name)
    expect([name, survives(packBundle(without))]).toEqual([name, 'refused'])
  }
  expect(seen.refused).toBeGreaterThan(50)
  expect(seen.opened).toBeGreaterThan(5)
}, 120_000)

test.each<[string, string, number[], Packing]>([
  ['a junction that is not there', 'st.heads', [1_000_000], 'signed'],
  ['a junction before the first', 'st.heads', [-1], 'signed'],
  ['a junction with more streets than all', 'st.outs', [1_000_000], 'plain'],
  ['a street that leaves no junction', 'st.outs', [0, 0], 'plain'],
  ['a style that is not there', 'st.style', [999], 'plain'],
  ['a speed of nothing', 'st.styles', [3, 1, 0], 'plain'],
  ['a speed beyond a byte', 'st.styles', [3, 1, 256], 'plain'],
  ['a kind that is not there', 'st.styles', [3, 99], 'plain'],
  ['a name that is not there', 'st.name', [1_000_000], 'plain'],
  ['a line of more bends than all', 'st.bendCount', [1_000_000], 'plain'],
  ['lines of more bends than can be counted', 'st.bendCount', [2 ** 31 - 1, 2 ** 31 - 1, 3], 'plain'],
  ['a place off the earth', 'st.junctions', [0, 19_000_000], 'delta2'],
  ['a shape of more points than all', 'deadS.points', [2 ** 31 - 1], 'plain'],
  ['a turn over no arc', 'st.turns', [9_000_000, 1, 0], 'plain'],
  ['a turn that jumps', 'st.turns', [0, 0, 0], 'plain'],
  ['a turn rule without an end', 'st.turns', [0, 1, 2], 'plain'],
  ['a turn rule of another sort', 'st.turns', [0, 1, 4], 'plain'],
])('%s is refused', (_, name, values, packing) => {
  const column = [...unpackColumn(sections().get(name)!, packing)]
  const changed = name === 'st.turns' ? values : [...values, ...column.slice(values.length)]
  expect(survives(packBundle(sections().set(name, packColumn(changed, packing))))).toBe('refused')
})

test.each<[string, unknown]>([
  ['nothing', null],
  ['a list', []],
  ['no centre', { name: 'T', attribution: '', bounds: [0, 0, 1, 1] }],
  ['no number', { name: 'T', attribution: '', centre: ['x', 0], bounds: [0, 0, 1, 1] }],
  ['no name', { attribution: '', centre: [0, 0], bounds: [0, 0, 1, 1] }],
])('a description that is %s is refused', (_, info) => {
  const changed = sections().set('info', new TextEncoder().encode(JSON.stringify(info)))
  expect(survives(packBundle(changed))).toBe('refused')
})

test('a bundle or a column that claims more than it has is refused before anything is made for it', () => {
  const head = bytes.slice(0, 40)
  new DataView(head.buffer).setUint32(8, 0xffffffff, true)
  expect(survives(head)).toBe('refused')
  const long = bytes.slice()
  new DataView(long.buffer).setUint32(28, 0xffffffff, true)
  expect(survives(long)).toBe('refused')
  for (const claim of [[255, 255, 255, 255, 127], [255, 255, 255, 255, 255, 255, 127], Array(40).fill(255)])
    expect(() => unpackColumn(Uint8Array.from(claim), 'plain')).toThrow(RangeError)
})

test('a street across half the world, and one far from all others, take no more memory than others', () => {
  const way = (id: number, line: [number, number][]) =>
    ({ kind: 'way', id, tags: { highway: 'primary', name: `${id}` }, line }) as const
  const address = {
    kind: 'point',
    id: 1,
    tags: { 'addr:street': '1', 'addr:housenumber': '5' },
    at: [-179, -80],
  } as const
  const features = [
    way(1, [
      [-170, -60],
      [170, 60],
    ]),
    way(2, [
      [170, 60],
      [170, 60.001],
    ]),
    address,
    { ...address, at: [179, 80], tags: { ...address.tags, 'addr:housenumber': '7' } } as const,
  ]
  expect(survives(buildCity(features, { name: 'Far' }).bytes)).toBe('opened')
  const far = sections()
  const xy = unpackPlaces(far.get('st.junctions')!)
  xy.set([179_000_000, 89_000_000], xy.length - 2)
  const city = openCity(packBundle(far.set('st.junctions', packPlaces(xy))))
  const place = createSnap(city.streets)([179, 89])!
  expect(place.at).toEqual([179, 89])
  use(city)
})

test('numbers that 32 bits do not hold are no column', () => {
  const wide = Uint8Array.from([1, 255, 255, 255, 255, 255, 127])
  for (const packing of ['plain', 'delta'] as const)
    expect(() => unpackColumn(wide, packing)).toThrow(RangeError)
  expect(() => unpackColumn(packColumn([2 ** 31 - 1, 2 ** 31], 'delta'), 'delta')).toThrow(RangeError)
})
