import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { packBundle, unpackBundle } from '@hexhail/streets/bundle.ts'
import { JUNCTION_RANK, junctionOrderOf, openCity, readCity } from '@hexhail/streets/city.ts'
import { junctionGraph } from '@hexhail/streets/graph/junction-graph.ts'
import { dissect, rankStates } from '@hexhail/streets/labels/dissect.ts'
import { buildHierarchy } from '@hexhail/streets/labels/hierarchy.ts'
import { orderByRank } from '@hexhail/streets/labels/order-by-rank.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gridTown, seeded } from './grid-town.ts'

test('whatever the ranks are, every state comes once: lowest ranks first, equals by number', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), rank => {
      const expected = [...rank.keys()].sort((a, b) => rank[a]! - rank[b]! || a - b)
      expect([...orderByRank(rank)]).toEqual(expected)
    }),
    { seed: 41 },
  )
})

const built = buildCity(gridTown(8, seeded(2)), { name: 'Town' }).bytes
const graph = junctionGraph(openCity(built).streets)

test('a separator ranks above all that it parts: whoever is joined to a later state lies below it in the tree', () => {
  const rank = rankStates(graph)
  const { parent, stateOf } = buildHierarchy(graph, orderByRank(rank))
  for (let id = 1; id < graph.states; id++)
    expect(rank[stateOf[parent[id]!]!]!).toBeGreaterThanOrEqual(rank[stateOf[id]!]!)
  expect(Math.max(...rank)).toBeLessThan(16)
})

test('a city brings the order of its junction graph', () => {
  expect(graph.states).toBeGreaterThan(openCity(built).streets.junctionXy.length / 2)
  expect(junctionOrderOf(openCity(built), graph.states)).toEqual(dissect(graph))
})

test('a city with the order of no or of another graph is damaged', () => {
  const whole = unpackBundle(built)
  if (whole.verdict !== 'accept') throw new Error(whole.code)
  const sections = new Map(whole.value)
  sections.delete(JUNCTION_RANK)
  expect(readCity(packBundle(sections))).toEqual({ verdict: 'reject', code: 'CITY_DAMAGED' })
  for (const rank of [Uint8Array.of(0, 1, 2), new Uint8Array()]) {
    const city = openCity(packBundle(sections.set(JUNCTION_RANK, rank)))
    expect(() => junctionOrderOf(city, graph.states)).toThrow(
      expect.objectContaining({ code: 'CITY_DAMAGED' }),
    )
  }
})
