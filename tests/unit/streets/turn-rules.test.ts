import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { openCity } from '@hexhail/streets/city.ts'
import { junctionGraph } from '@hexhail/streets/graph/junction-graph.ts'
import { moveWeights, type StateGraph } from '@hexhail/streets/graph/state-graph.ts'
import { turnGraph } from '@hexhail/streets/graph/turn-graph.ts'
import { turnRules } from '@hexhail/streets/graph/turn-rules.ts'
import { arcHead, arcOpen, arcTail, arcTimeDs, type StreetTable } from '@hexhail/streets/street-table.ts'
import { expect, test } from 'vitest'
import { gridTown, seeded } from './grid-town.ts'
import { arcOf, lettersOf, nineCrossings, type Rule, walks } from './nine-crossings.ts'

/** The quickest way on from the end of an arc to a crossing: Dijkstra over the states, every step looked at. */
function quickest(streets: StreetTable, graph: StateGraph, arc: number, goal: string): string {
  const times = Uint32Array.from({ length: streets.tail.length * 2 }, (_, a) => arcTimeDs(streets, a))
  const weights = moveWeights(graph, times)
  const best = new Map([[graph.endState[arc]!, { time: 0, arcs: [arc] }]])
  const done = new Set<number>()
  for (;;) {
    const [state, { time, arcs }] = [...best]
      .filter(([s]) => !done.has(s))
      .reduce((a, b) => (b[1].time < a[1].time ? b : a))
    if (lettersOf(streets, arcs).endsWith(goal)) return lettersOf(streets, arcs)
    done.add(state)
    for (let m = graph.firstOut[state]!; m < graph.firstOut[state + 1]!; m++) {
      const through = time + weights[m]!
      if (through < (best.get(graph.head[m]!)?.time ?? Infinity))
        best.set(graph.head[m]!, { time: through, arcs: [...arcs, graph.arc[m]!] })
    }
  }
}

/** Whether arcs keep all rules, read straight from the table. */
function isLegal(streets: StreetTable, arcs: readonly number[]): boolean {
  const rules = turnRules(streets)
  for (let at = 1; at < arcs.length; at++) {
    for (let start = 0; start < at; start++) {
      const driven = arcs.slice(start, at)
      const begins = (rule: readonly number[]): boolean => driven.every((arc, i) => rule[i] === arc)
      const only = rules.filter(r => r.only && r.arcs.length > driven.length && begins(r.arcs))
      const not = rules.filter(r => !r.only && r.arcs.length === driven.length + 1 && begins(r.arcs))
      const next = arcs[at]!
      if (
        only.length > 0
          ? !only.some(r => r.arcs[driven.length] === next)
          : not.some(r => r.arcs.at(-1) === next)
      )
        return false
    }
  }
  return true
}

/** Whether a car turns round where there is another way out. */
function turnsRoundAtWill(streets: StreetTable, arcs: readonly number[]): boolean {
  const ways = (junction: number): number =>
    [...Array(streets.tail.length * 2).keys()].filter(
      a => arcOpen(streets, a) && arcTail(streets, a) === junction,
    ).length
  return arcs.some((arc, i) => i > 0 && arc === (arcs[i - 1]! ^ 1) && ways(arcTail(streets, arc)) > 1)
}

const NO_LEFT: Rule = { kind: 'no', from: 'DE', via: 'E', to: 'EB' }
const ONLY_STRAIGHT: Rule = { kind: 'only', from: 'DE', via: 'E', to: 'EF' }
const NO_VIA_WAY: Rule = { kind: 'no', from: 'DE', via: ['EF'], to: 'FC' }
const ONLY_VIA_WAY: Rule = { kind: 'only', from: 'DE', via: ['EF'], to: 'FI' }
const OVERLAP: Rule = { kind: 'no', from: 'EF', via: 'F', to: 'FI' }
const LONG: Rule = { kind: 'no', from: 'GD', via: ['EF', 'DE'], to: 'FX' }

test.each<[string, Rule[], string, string, string]>([
  ['no rule', [], 'DE', 'B', 'DEB'],
  ['no left turn', [NO_LEFT], 'DE', 'B', 'DEFCB'],
  ['no left turn, from another street', [NO_LEFT], 'HE', 'B', 'HEB'],
  ['only straight on', [ONLY_STRAIGHT], 'DE', 'B', 'DEFCB'],
  ['only straight on, right', [ONLY_STRAIGHT], 'DE', 'H', 'DEFIH'],
  ['a way between', [NO_VIA_WAY], 'DE', 'C', 'DEBC'],
  ['a way between, begun elsewhere', [NO_VIA_WAY], 'EF', 'C', 'EFC'],
  ['a way between, left for another', [NO_VIA_WAY], 'DE', 'X', 'DEFX'],
  ['only over a way between', [ONLY_VIA_WAY], 'DE', 'H', 'DEFIH'],
  ['rules that overlap', [NO_VIA_WAY, OVERLAP], 'DE', 'X', 'DEFX'],
  ['two ways between, begun later', [LONG], 'DE', 'X', 'DEFX'],
])('both graphs keep to: %s', (_, rules, from, goal, way) => {
  const streets = nineCrossings(rules)
  expect(turnRules(streets)).toHaveLength(rules.length)
  for (const graph of [junctionGraph(streets), turnGraph(streets)]) {
    const found = quickest(streets, graph, arcOf(streets, from), goal)
    expect([graph.model, found]).toEqual([graph.model, way])
  }
})

test.each<[string, Rule[], string[]]>([
  ['no rules', [], []],
  ['rules at crossings', [NO_LEFT, { kind: 'only', from: 'HE', via: 'E', to: 'EB' }], []],
  ['rules over ways', [NO_VIA_WAY, LONG, { ...OVERLAP, to: 'FX' }], []],
  ['only-rules over ways', [ONLY_VIA_WAY, { kind: 'no', from: 'EH', via: 'H', to: 'HG' }], []],
  ['one-way streets', [NO_VIA_WAY, { kind: 'no', from: 'FE', via: ['EH'], to: 'HG' }], ['DE', 'FC', 'BE']],
])('both graphs allow the same ways on, and all that the rules allow: %s', (_, rules, oneway) => {
  const streets = nineCrossings(rules, oneway)
  const [small, exact] = [junctionGraph(streets), turnGraph(streets)]
  const arcs = [...Array(streets.tail.length * 2).keys()].filter(a => arcOpen(streets, a))
  expect(small.states).toBe(streets.junctionXy.length / 2 + new Set(prefixes(streets)).size)
  for (const arc of arcs) {
    let legal = [[arc]]
    for (let i = 0; i < 4; i++) {
      legal = legal.flatMap(way =>
        arcs.filter(a => arcTail(streets, a) === arcHead(streets, way.at(-1)!)).map(a => [...way, a]),
      )
    }
    const names = (ways: number[][]): string[] => ways.map(way => lettersOf(streets, way)).sort()
    const wanted = names(legal.filter(way => isLegal(streets, way)))
    expect(names(walks(small, arc, 4))).toEqual(wanted)
    const straight = names(legal.filter(way => isLegal(streets, way) && !turnsRoundAtWill(streets, way)))
    expect(names(walks(exact, arc, 4))).toEqual(straight)
  }
})

test('a rule over two ways holds in whatever order they are named; only the small graph turns round to evade it', () => {
  const streets = nineCrossings([LONG])
  const found = [junctionGraph(streets), turnGraph(streets)].map(graph =>
    quickest(streets, graph, arcOf(streets, 'GD'), 'X'),
  )
  expect(found).toEqual(['GDGHIFX', 'GDABCFX'])
})

/** All beginnings of rules: each has a state of its own. */
function prefixes(streets: StreetTable): string[] {
  return turnRules(streets).flatMap(({ arcs }) => arcs.slice(1).map((_, i) => arcs.slice(0, i + 1).join()))
}

test('no graph of a random town drives against a rule', () => {
  let forbidden = 0
  for (let seed = 1; seed <= 12; seed++) {
    const { streets } = openCity(buildCity(gridTown(5, seeded(seed)), { name: 'T' }).bytes)
    for (const graph of [junctionGraph(streets), turnGraph(streets)]) {
      for (let arc = 0; arc < graph.endState.length; arc += 3) {
        if (graph.endState[arc] === 0xffffffff) continue
        for (const way of walks(graph, arc, 3)) expect(isLegal(streets, way)).toBe(true)
      }
    }
    forbidden += turnRules(streets).length
  }
  expect(forbidden).toBeGreaterThan(50)
})

test('cars turn round at dead ends only, which takes 20 s, and nowhere at all where a rule forbids it', () => {
  const streets = nineCrossings([])
  const graph = turnGraph(streets)
  const round = [...graph.arc.keys()].filter(m => graph.turnDs[m] === 200)
  expect(round.map(m => lettersOf(streets, [graph.arc[m]!]))).toEqual(['XF'])
  expect(walks(graph, arcOf(streets, 'FX'), 1).map(way => lettersOf(streets, way))).toEqual(['FXF'])
  expect(walks(graph, arcOf(streets, 'DE'), 1).map(way => lettersOf(streets, way))).not.toContain('DED')
  expect(walks(junctionGraph(streets), arcOf(streets, 'DE'), 1)).toHaveLength(4)

  const forbidden = nineCrossings([{ kind: 'no', from: 'DE', via: 'E', to: 'DE' }])
  expect(walks(junctionGraph(forbidden), arcOf(forbidden, 'DE'), 1)).toHaveLength(3)
  const shut = nineCrossings([{ kind: 'no', from: 'FX', via: 'X', to: 'FX' }])
  expect(() => arcOf(shut, 'FX')).toThrow('No arc')
})

test('a rule against turning round in a street that goes on holds for both sides of the crossing', () => {
  const way = (id: number, line: [number, number][]) =>
    ({ kind: 'way', id, tags: { highway: 'residential', name: `${id}` }, line }) as const
  const features = [
    way(1, [
      [0, 0],
      [0.001, 0],
      [0.002, 0],
    ]),
    way(2, [
      [0.001, 0],
      [0.001, 0.001],
    ]),
    { kind: 'turn', id: 9, only: false, fromWay: 1, via: [0.001, 0], toWay: 1 } as const,
    { kind: 'turn', id: 10, only: false, fromWay: 1, via: [0.001, 0], toWay: 2 } as const,
    { kind: 'turn', id: 11, only: false, fromWay: 2, via: [0.001, 0], toWay: 7 } as const,
    { kind: 'turn', id: 12, only: false, fromWay: 2, via: [0.001, 0], toWay: 1, conditional: true } as const,
  ]
  const built = buildCity(features, { name: 'T' })
  const rules = turnRules(openCity(built.bytes).streets)
  expect(rules.map(r => r.arcs[1]! ^ r.arcs[0]!)).toEqual([1, 1])
  expect(built.counts).toMatchObject({ turnsConditional: 1, turnsUnclear: 1, turnsElsewhere: 1 })
})
