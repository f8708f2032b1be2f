import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { packBundle, unpackBundle } from '@hexhail/streets/bundle.ts'
import { junctionOrderOf, openCity, readCity } from '@hexhail/streets/city.ts'
import { packColumn } from '@hexhail/streets/columns.ts'
import { junctionGraph } from '@hexhail/streets/graph/junction-graph.ts'
import { dissect } from '@hexhail/streets/labels/dissect.ts'
import { packOrder, readOrder } from '@hexhail/streets/labels/order-codec.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gridTown, seeded } from './grid-town.ts'

const permutation = fc
  .integer({ min: 0, max: 400 })
  .chain(n => fc.shuffledSubarray([...Array(n).keys()], { minLength: n, maxLength: n }))

test('an order comes back as it was', () => {
  fc.assert(
    fc.property(permutation, order => {
      const packed = packOrder(Uint32Array.from(order))
      expect(readOrder(packed, order.length)).toEqual({ verdict: 'accept', value: Uint32Array.from(order) })
    }),
    { seed: 41 },
  )
})

test('bytes that somebody made up are a verdict; what is accepted names each state once', () => {
  const judge = (bytes: Uint8Array, states: number): void => {
    const read = readOrder(bytes, states)
    if (read.verdict !== 'accept') return
    expect([...read.value].sort((a, b) => a - b)).toEqual([...Array(states).keys()])
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(30), (bytes, states) => judge(bytes, states)),
    { numRuns: 1000, seed: 42 },
  )
  fc.assert(
    fc.property(permutation, fc.nat(), fc.nat(255), (order, at, byte) => {
      const packed = packOrder(Uint32Array.from(order))
      packed[at % packed.length] = byte
      judge(packed, order.length)
      judge(packed.subarray(0, at % packed.length), order.length)
    }),
    { numRuns: 500, seed: 43 },
  )
})

test.each([
  ['nothing', new Uint8Array(), 'ORDER_DAMAGED'],
  ['a length and no more', Uint8Array.of(3), 'ORDER_DAMAGED'],
  ['a length beyond all memory', Uint8Array.of(255, 255, 255, 255, 255, 255, 1), 'ORDER_DAMAGED'],
  ['a state twice', packColumn([0, 1, 1], 'delta'), 'ORDER_DAMAGED'],
  ['a state that is not there', packColumn([0, 1, 3], 'delta'), 'ORDER_DAMAGED'],
  ['a state below none', packColumn([0, -1, 1], 'delta'), 'ORDER_DAMAGED'],
  ['bytes after the end', Uint8Array.of(...packColumn([0, 1, 2], 'delta'), 0), 'ORDER_DAMAGED'],
  ['too few states', packColumn([0, 1], 'delta'), 'ORDER_FOREIGN'],
  ['too many states', packColumn([0, 1, 2, 3], 'delta'), 'ORDER_FOREIGN'],
])('%s is no order of three states', (_, bytes, code) => {
  expect(readOrder(bytes, 3)).toEqual({ verdict: 'reject', code })
})

const built = buildCity(gridTown(8, seeded(2)), { name: 'Town' }).bytes

test('a city brings the order of its junction graph', () => {
  const city = openCity(built)
  const graph = junctionGraph(city.streets)
  expect(graph.states).toBeGreaterThan(city.streets.junctionXy.length / 2)
  expect(junctionOrderOf(city, graph.states)).toEqual(dissect(graph))
})

test('a city with the order of no or of another graph is damaged', () => {
  const whole = unpackBundle(built)
  if (whole.verdict !== 'accept') throw new Error(whole.code)
  const sections = new Map(whole.value)
  sections.delete('order-junctions')
  expect(readCity(packBundle(sections))).toEqual({ verdict: 'reject', code: 'CITY_DAMAGED' })

  const { states } = junctionGraph(openCity(built).streets)
  for (const order of [packOrder(Uint32Array.of(0, 1, 2)), new Uint8Array()]) {
    sections.set('order-junctions', order)
    const city = openCity(packBundle(sections))
    expect(() => junctionOrderOf(city, states)).toThrow(expect.objectContaining({ code: 'CITY_DAMAGED' }))
  }
})
