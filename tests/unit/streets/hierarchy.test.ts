import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { openCity } from '@hexhail/streets/city.ts'
import { buildMontevideo } from '@hexhail/streets/city-files.ts'
import { junctionGraph } from '@hexhail/streets/graph/junction-graph.ts'
import { moveWeights, type StateGraph } from '@hexhail/streets/graph/state-graph.ts'
import { turnGraph } from '@hexhail/streets/graph/turn-graph.ts'
import { dissect } from '@hexhail/streets/labels/dissect.ts'
import { buildHierarchy, type Hierarchy } from '@hexhail/streets/labels/hierarchy.ts'
import { arcTimeDs, type StreetTable } from '@hexhail/streets/street-table.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gridTown, seeded } from './grid-town.ts'
import { labelTimes, timesFrom } from './label-reference.ts'
import { type MadeUpGraph, randomGraph } from './random-graph.ts'

function shuffled(states: number, rng: () => number): Uint32Array {
  const order = Uint32Array.from({ length: states }, (_, s) => s)
  for (let i = states - 1; i > 0; i--) {
    const k = Math.floor(rng() * (i + 1))
    ;[order[i], order[k]] = [order[k]!, order[i]!]
  }
  return order
}

function graphOf(
  streets: StreetTable,
  layOut: (streets: StreetTable) => StateGraph = junctionGraph,
): MadeUpGraph {
  const graph = layOut(streets)
  const times = Uint32Array.from({ length: streets.tail.length * 2 }, (_, arc) => arcTimeDs(streets, arc))
  return { ...graph, weights: moveWeights(graph, times) }
}

function expectLabelsRight(graph: MadeUpGraph, order: Uint32Array, sources: readonly number[]): Hierarchy {
  const hierarchy = buildHierarchy(graph, order)
  const time = labelTimes(hierarchy, graph.weights)
  for (const from of sources) {
    const wanted = timesFrom(graph, graph.weights, from)
    const got = Float64Array.from(wanted, (_, to) => time(from, to))
    expect(got).toEqual(wanted)
  }
  return hierarchy
}

test('labels over any order of any graph give the times of Dijkstra', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 40 }), fc.boolean(), (seed, states, good) => {
      const rng = seeded(seed)
      const graph = randomGraph(states, Math.floor(states * (0.5 + rng() * 3)), rng)
      const order = good ? dissect(graph) : shuffled(states, rng)
      expectLabelsRight(graph, order, [...Array(states).keys()])
    }),
    { numRuns: 300, seed: 31 },
  )
})

test('labels give the times of Dijkstra over the junctions of a town of 3,000', () => {
  const rng = seeded(4)
  const city = openCity(buildCity(gridTown(57, rng), { name: 'Town' }).bytes)
  const graph = graphOf(city.streets)
  expect(graph.states).toBeGreaterThan(2_500)
  const sources = Array.from({ length: 8 }, () => Math.floor(rng() * graph.states))
  expectLabelsRight(graph, dissect(graph), sources)
})

test('labels give the times of Dijkstra over the turns of a town, with entries of one street on one chain', () => {
  const rng = seeded(5)
  const city = openCity(buildCity(gridTown(22, rng), { name: 'Town' }).bytes)
  const graph = graphOf(city.streets, turnGraph)
  expect(graph.states).toBeGreaterThan(800)
  expect(graph.ties.length).toBeGreaterThan(100)
  const sources = Array.from({ length: 8 }, () => Math.floor(rng() * graph.states))
  const { idOf, parent } = expectLabelsRight(graph, dissect(graph), sources)
  for (let i = 0; i < graph.ties.length; i += 2) {
    const [a, b] = [idOf[graph.ties[i]!]!, idOf[graph.ties[i + 1]!]!]
    let up = Math.max(a, b)
    while (up > Math.min(a, b)) up = parent[up]!
    expect(up).toBe(Math.min(a, b))
  }
})

test('labels give the times of Dijkstra over Montevideo, and its tree is shallow', async () => {
  const city = openCity((await buildMontevideo(join(tmpdir(), 'hexhail-test-cities'))).bytes)
  const graph = graphOf(city.streets)
  const rng = seeded(6)
  const sources = Array.from({ length: 4 }, () => Math.floor(rng() * graph.states))
  const { depth, upHead, states } = expectLabelsRight(graph, dissect(graph), sources)
  expect(depth.reduce((sum, d) => sum + d, 0) / states).toBeLessThan(130)
  expect(upHead.length / states).toBeLessThan(10)
}, 240_000)

test('ids are a preorder, arcs upward lead to ancestors, and moves and ties have their arcs', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 60 }), (seed, states) => {
      const rng = seeded(seed)
      const graph = randomGraph(states, states, rng)
      const h = buildHierarchy(graph, rng() < 0.5 ? dissect(graph) : shuffled(states, rng))
      expect([...h.stateOf].sort((a, b) => a - b)).toEqual([...Array(states).keys()])
      h.stateOf.forEach((state, id) => {
        expect(h.idOf[state]).toBe(id)
      })

      const path: number[] = []
      for (let id = 0; id < states; id++) {
        while (path.length > 0 && path.at(-1) !== h.parent[id]) path.pop()
        expect(path.length).toBe(h.depth[id])
        expect(h.parent[id]).toBe(path.at(-1) ?? -1)
        const up = [...h.upHead.subarray(h.upFirst[id], h.upFirst[id + 1])]
        expect(up).toEqual(path.filter(ancestor => up.includes(ancestor)))
        if (up.length > 0) expect(up.at(-1)).toBe(h.parent[id])
        path.push(id)
      }

      const joined = (a: number, b: number): boolean => {
        const [upper, lower] = [Math.min(a, b), Math.max(a, b)]
        return h.upHead.subarray(h.upFirst[lower], h.upFirst[lower + 1]).includes(upper)
      }
      for (let i = 0; i < graph.ties.length; i += 2) {
        const [a, b] = [h.idOf[graph.ties[i]!]!, h.idOf[graph.ties[i + 1]!]!]
        expect(a === b || joined(a, b)).toBe(true)
      }
      for (let s = 0; s < states; s++) {
        for (let m = graph.firstOut[s]!; m < graph.firstOut[s + 1]!; m++) {
          const [from, to, arc] = [h.idOf[s]!, h.idOf[graph.head[m]!]!, h.moveArc[m]!]
          if (from === to) expect(arc).toBe(0xffffffff)
          else {
            expect(h.upHead[arc]).toBe(Math.min(from, to))
            expect(arc).toBeGreaterThanOrEqual(h.upFirst[Math.max(from, to)]!)
            expect(arc).toBeLessThan(h.upFirst[Math.max(from, to) + 1]!)
            expect(h.moveDown[m]).toBe(from < to ? 1 : 0)
          }
        }
      }
    }),
    { numRuns: 200, seed: 32 },
  )
})

test('an order that would fill the memory is refused, be it for its arcs or for its depth', () => {
  const states = 20_000
  const any = { states, ties: new Uint32Array(), xy: new Int32Array(2 * states) }
  const street = {
    ...any,
    firstOut: Uint32Array.from({ length: states + 1 }, (_, s) => Math.min(s, states - 1)),
    head: Uint32Array.from({ length: states - 1 }, (_, s) => s + 1),
  }
  const inOrder = Uint32Array.from({ length: states }, (_, s) => s)
  expect(() => buildHierarchy(street, inOrder)).toThrow(expect.objectContaining({ code: 'ORDER_POOR' }))
  expect(buildHierarchy(street, dissect(street)).depth.reduce((a, b) => Math.max(a, b))).toBeLessThan(40)

  const rng = seeded(9)
  const tangle = {
    ...any,
    firstOut: Uint32Array.from({ length: states + 1 }, (_, s) => s * 3),
    head: Uint32Array.from({ length: states * 3 }, () => Math.floor(rng() * states)),
  }
  expect(() => buildHierarchy(tangle, inOrder)).toThrow(expect.objectContaining({ code: 'ORDER_POOR' }))
})
