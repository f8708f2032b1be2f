import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCity } from '@hexhail/streets/city.ts'
import { buildFromFile } from '@hexhail/streets/city-files.ts'
import { junctionGraph } from '@hexhail/streets/graph/junction-graph.ts'
import { dissect } from '@hexhail/streets/labels/dissect.ts'
import { buildHierarchy } from '@hexhail/streets/labels/hierarchy.ts'
import type { LocalGraph } from '@hexhail/streets/labels/local-graph.ts'
import { MinCut } from '@hexhail/streets/labels/min-cut.ts'
import { neighboursOf } from '@hexhail/streets/labels/neighbours.ts'
import { coverCut } from '@hexhail/streets/labels/vertex-cover.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seeded } from './grid-town.ts'
import { type MadeUpGraph, randomGraph } from './random-graph.ts'

/** Streets of a perfect chessboard. */
function chessboard(size: number): MadeUpGraph {
  const [head, firstOut, xy]: number[][] = [[], [0], []]
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (x + 1 < size) head!.push(y * size + x + 1)
      if (y + 1 < size) head!.push((y + 1) * size + x)
      firstOut!.push(head!.length)
      xy!.push(x * 1000, y * 1000)
    }
  }
  const states = size * size
  return {
    model: 'turns',
    endState: new Uint32Array(),
    entryFirst: new Uint32Array(1),
    entryStates: new Uint32Array(),
    states,
    firstOut: Uint32Array.from(firstOut!),
    head: Uint32Array.from(head!),
    weights: new Uint32Array(head!.length).fill(1),
    ties: new Uint32Array(),
    xy: Int32Array.from(xy!),
  }
}

test('an order names every state once, and twice the same', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 0, max: 80 }), (seed, states) => {
      const graph = randomGraph(states, states, seeded(seed))
      const order = dissect(graph)
      expect([...order].sort((a, b) => a - b)).toEqual([...Array(states).keys()])
      expect(dissect(graph)).toEqual(order)
    }),
    { numRuns: 200, seed: 51 },
  )
})

test('states that all lie in one place have an order too', () => {
  const graph = chessboard(12)
  graph.xy.fill(7)
  expect(new Set(dissect(graph)).size).toBe(144)
})

test('a chessboard of 32 by 32 is parted about as well as theory says', () => {
  const { depth, upHead } = buildHierarchy(chessboard(32), dissect(chessboard(32)))
  // Halves of halves: 32 + 2 * 16 + 2 * 8 + … is below 4 * 32 on the way from any crossing to the top.
  expect(depth.reduce((a, b) => Math.max(a, b))).toBeLessThan(128)
  expect(upHead.length / depth.length).toBeLessThan(16)
})

/** The same graph in rows with back edges, as cuts want it. */
function localGraph(graph: MadeUpGraph): LocalGraph {
  const { first, items } = neighboursOf(graph)
  const at = first.slice()
  return { nodes: graph.states, first, head: items, back: items.map(v => at[v]!++) }
}

const sidesOf = (graph: LocalGraph, side: Uint8Array): [number, number][] => {
  const cut: [number, number][] = []
  for (let v = 0; v < graph.nodes; v++) {
    for (let e = graph.first[v]!; e < graph.first[v + 1]!; e++) {
      const w = graph.head[e]!
      if (side[v] === 0 && side[w] === 1) cut.push([v, w])
    }
  }
  return cut
}

test('a cut parts the ends of a line, and no choice of sides has fewer edges between them', () => {
  let halves = 0
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 2, max: 11 }), (seed, nodes) => {
      const rng = seeded(seed)
      const graph = localGraph(randomGraph(nodes, Math.floor(nodes * (1 + rng() * 2)), rng))
      const line = Uint32Array.from({ length: nodes }, (_, v) => v)
      for (let i = nodes - 1; i > 0; i--) {
        const k = Math.floor(rng() * (i + 1))
        ;[line[i], line[k]] = [line[k]!, line[i]!]
      }
      const ends = 1 + Math.floor((rng() * nodes) / 3)
      if (2 * ends > nodes) return
      const side = new Uint8Array(nodes)
      const cutter = new MinCut(nodes, graph.head.length)
      const size = cutter.run(graph, line, ends, Infinity, side)
      for (let i = 0; i < ends; i++) {
        expect(side[line[i]!]).toBe(0)
        expect(side[line[nodes - 1 - i]!]).toBe(1)
      }
      expect(sidesOf(graph, side).length).toBe(size)

      let fewest = Infinity
      const free = line.subarray(ends, nodes - ends)
      for (let bits = 0; bits < 2 ** free.length; bits++) {
        const other = side.slice()
        free.forEach((v, i) => {
          other[v] = (bits >> i) & 1
        })
        fewest = Math.min(fewest, sidesOf(graph, other).length)
      }
      expect(size).toBe(fewest)
      if (size > 0) expect(cutter.run(graph, line, ends, size, side)).toBe(size)
      if (2 * side.reduce((sum, s) => sum + s, 0) === nodes) halves++
    }),
    { numRuns: 100, seed: 52 },
  )
  expect(halves).toBeGreaterThan(10)
})

test('of equal cuts one in the middle is taken', () => {
  const graph = localGraph(chessboard(10))
  const line = Uint32Array.from({ length: 100 }, (_, v) => v)
  const side = new Uint8Array(100)
  expect(new MinCut(100, graph.head.length).run(graph, line, 20, Infinity, side)).toBe(10)
  expect(side.reduce((sum, s) => sum + s, 0)).toBe(50)
})

test('a cover touches every edge of a cut, and no fewer nodes do', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 11 }), (seed, nodes) => {
      const rng = seeded(seed)
      const graph = localGraph(randomGraph(nodes, nodes * 2, rng))
      const side = Uint8Array.from({ length: nodes }, () => (rng() < 0.5 ? 1 : 0))
      const cut = sidesOf(graph, side)
      const cover = new Uint8Array(nodes).fill(9)
      const size = coverCut(graph, side, cover)
      expect(cover.reduce((sum, c) => sum + c, 0)).toBe(size)
      expect(cut.every(([v, w]) => cover[v] === 1 || cover[w] === 1)).toBe(true)
      let fewest = nodes
      for (let bits = 0; bits < 2 ** nodes; bits++) {
        if (!cut.every(([v, w]) => ((bits >> v) | (bits >> w)) & 1)) continue
        fewest = Math.min(fewest, bits.toString(2).replaceAll('0', '').length)
      }
      expect(size).toBe(fewest)
    }),
    { numRuns: 60, seed: 53 },
  )
})

const PORTO = '/work/shared/data/streets/porto.osm.pbf'
test.skipIf(!existsSync(PORTO))(
  `Porto's tree is less than 125 deep on average (skipped without ${PORTO})`,
  async () => {
    const cacheDir = join(tmpdir(), 'hexhail-test-cities')
    const graph = junctionGraph(openCity((await buildFromFile(PORTO, { cacheDir })).bytes).streets)
    const { depth, upHead } = buildHierarchy(graph, dissect(graph))
    expect(depth.reduce((sum, d) => sum + d, 0) / graph.states).toBeLessThan(125)
    expect(upHead.length / graph.states).toBeLessThan(5)
  },
  240_000,
)
