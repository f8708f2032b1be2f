import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCity } from '@hexhail/streets/city.ts'
import { buildFromFile, buildMontevideo } from '@hexhail/streets/city-files.ts'
import { junctionGraph } from '@hexhail/streets/graph/junction-graph.ts'
import type { StateGraph } from '@hexhail/streets/graph/state-graph.ts'
import { turnGraph } from '@hexhail/streets/graph/turn-graph.ts'
import { turnRules } from '@hexhail/streets/graph/turn-rules.ts'
import { arcHead, arcOpen, arcTail, type StreetTable } from '@hexhail/streets/street-table.ts'
import { expect, test } from 'vitest'
import { entriesOf } from './entries-of.ts'
import { arcOf, lettersOf, nineCrossings, walks } from './nine-crossings.ts'

const CACHE = join(tmpdir(), 'hexhail-test-cities')
const PATIENCE_MS = 240_000
const CLOSED = 0xffffffff

/** How many states a walk from state 0 reaches, along moves or against them. */
function reached(graph: StateGraph, against: boolean): number {
  const next: number[][] = Array.from({ length: graph.states }, () => [])
  for (let s = 0; s < graph.states; s++) {
    for (let m = graph.firstOut[s]!; m < graph.firstOut[s + 1]!; m++) {
      const [from, to] = against ? [graph.head[m]!, s] : [s, graph.head[m]!]
      next[from]!.push(to)
    }
  }
  const seen = new Set([0])
  for (const s of seen) for (const t of next[s]!) seen.add(t)
  return seen.size
}

/** What whoever searches a graph takes for granted. */
function checkGraph(streets: StreetTable, graph: StateGraph): void {
  expect(reached(graph, false)).toBe(graph.states)
  expect(reached(graph, true)).toBe(graph.states)
  expect(graph.firstOut[graph.states]).toBe(graph.head.length)
  const tail = new Uint32Array(graph.head.length)
  for (let s = 0; s < graph.states; s++) tail.fill(s, graph.firstOut[s]!, graph.firstOut[s + 1]!)
  const joined = new Set<number>()
  const pair = (a: number, b: number): number => Math.min(a, b) * graph.states + Math.max(a, b)
  let wrong = 0
  graph.head.forEach((head, m) => {
    joined.add(pair(tail[m]!, head))
    const arc = graph.arc[m]!
    const entry = graph.model === 'junctions' ? tail[m]! : head
    if (!arcOpen(streets, arc) || !entriesOf(graph, arc).includes(entry)) wrong++
    if (graph.model === 'junctions' && graph.turnDs[m] !== 0) wrong++
  })
  for (let i = 0; i < graph.ties.length; i += 2) joined.add(pair(graph.ties[i]!, graph.ties[i + 1]!))
  for (let s = 0; s < streets.tail.length; s++) {
    if (graph.endState[2 * s] === CLOSED && graph.endState[2 * s + 1] === CLOSED) wrong++
    const entries = [...new Set([2 * s, 2 * s + 1].flatMap(arc => [...entriesOf(graph, arc)]))]
    if (entries.length === 0) wrong++
    for (const a of entries) for (const b of entries) if (a < b && !joined.has(pair(a, b))) wrong++
    for (const arc of [2 * s, 2 * s + 1]) {
      if (!arcOpen(streets, arc) && (graph.endState[arc] !== CLOSED || entriesOf(graph, arc).length > 0))
        wrong++
    }
  }
  expect(wrong).toBe(0)
}

test('in a small town each state reaches each other, and all entries of a street are neighbours', () => {
  const streets = nineCrossings([
    { kind: 'no', from: 'DE', via: ['EF'], to: 'FC' },
    { kind: 'only', from: 'HE', via: 'E', to: 'EB' },
  ])
  for (const graph of [junctionGraph(streets), turnGraph(streets)]) checkGraph(streets, graph)
  expect(turnGraph(streets).states).toBe(26 + 1)
})

test(
  'so it is in Montevideo, where the exact graph has a state for all but a few arcs',
  async () => {
    const { streets } = openCity((await buildMontevideo(CACHE)).bytes)
    const [small, exact] = [junctionGraph(streets), turnGraph(streets)]
    for (const graph of [small, exact]) checkGraph(streets, graph)
    const open = [...Array(streets.tail.length * 2).keys()].filter(arc => arcOpen(streets, arc)).length
    expect(small.states).toBe(streets.junctionXy.length / 2)
    expect(small.head.length).toBe(open)
    expect(exact.states).toBeGreaterThan(open * 0.999)
    expect(exact.head.length).toBeGreaterThan(100_000)
    const round = [...exact.turnDs].filter(ds => ds === 200).length
    expect(round).toBeGreaterThan(1000)
    expect(Math.max(...exact.turnDs)).toBe(200)
  },
  PATIENCE_MS,
)

const HEIDELBERG = '/work/shared/data/streets/heidelberg.osm.pbf'
test.skipIf(!existsSync(HEIDELBERG))(
  `the turn rules of Heidelberg hold in both graphs (skipped without ${HEIDELBERG})`,
  async () => {
    const { streets } = openCity((await buildFromFile(HEIDELBERG, { cacheDir: CACHE })).bytes)
    const rules = turnRules(streets)
    expect(rules.length).toBeGreaterThan(400)
    const [small, exact] = [junctionGraph(streets), turnGraph(streets)]
    for (const graph of [small, exact]) {
      checkGraph(streets, graph)
      const onward = (arc: number): number[] => {
        const s = graph.endState[arc]!
        return s === CLOSED ? [] : [...graph.arc.subarray(graph.firstOut[s], graph.firstOut[s + 1])]
      }
      for (const { arcs, only } of rules) {
        const [from, to] = arcs as [number, number]
        expect(arcHead(streets, from)).toBe(arcTail(streets, to))
        if (only)
          expect(
            onward(from).every(arc => rules.some(r => r.only && r.arcs[0] === from && r.arcs[1] === arc)),
          ).toBe(true)
        else expect(onward(from)).not.toContain(to)
      }
    }
  },
  PATIENCE_MS,
)

test('a car parked on a street that others drive only in the midst of a rule may leave, unbound by the rule', () => {
  const rule = { kind: 'no', from: 'AB', via: ['BE'], to: 'EH' } as const
  const streets = nineCrossings([rule], ['BC'])
  const graph = turnGraph(streets)
  const start = graph.endState[arcOf(streets, 'BE')]!
  expect(start).not.toBe(CLOSED)
  expect([...entriesOf(graph, arcOf(streets, 'BE'))]).not.toContain(start)
  const next = walks(graph, arcOf(streets, 'BE'), 1).map(arcs => lettersOf(streets, arcs))
  expect(next.sort()).toEqual(['BED', 'BEF', 'BEH'])
})
