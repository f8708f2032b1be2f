import type { StateGraph } from '@hexhail/streets/graph/state-graph.ts'
import type { Place } from '@hexhail/streets/router.ts'
import { arcHead, arcOpen, arcTail, arcTimeDs, type StreetTable } from '@hexhail/streets/street-table.ts'

/**
 * The plainest search there is, to judge the router by: Dijkstra over «has just driven arc a», so that turn rules
 * are looked up at each turn instead of being built into the graph.
 */
export function oracleDistanceS(streets: StreetTable, from: Place, to: Place): number {
  const arcs = streets.tail.length * 2
  const open = [...Array(arcs).keys()].filter(arc => arcOpen(streets, arc))
  const out = Map.groupBy(open, arc => arcTail(streets, arc))
  const into = (p: Place, arc: number): number =>
    Math.round(arcTimeDs(streets, arc) * (arc === p.edge ? p.fraction : 1 - p.fraction))
  const on = (p: Place): number[] => [p.edge, p.edge ^ 1].filter(arc => arcOpen(streets, arc))
  const part = (p: Place, arc: number): number => (arc === p.edge ? p.fraction : 1 - p.fraction)

  let best = Infinity
  const time = new Map<number, number>()
  for (const arc of on(from)) {
    time.set(arc, arcTimeDs(streets, arc) - into(from, arc))
    if (from.edge >> 1 === to.edge >> 1 && part(to, arc) >= part(from, arc)) {
      best = Math.min(best, into(to, arc) - into(from, arc))
    }
  }
  const rules = turnRules(streets)
  const done = new Set<number>()
  const goals = new Set(on(to))
  for (;;) {
    let arc = -1
    for (const [candidate, t] of time)
      if (!done.has(candidate) && (arc < 0 || t < time.get(arc)!)) arc = candidate
    if (arc < 0 || time.get(arc)! >= best) return best / 10
    done.add(arc)
    for (const next of out.get(arcHead(streets, arc)) ?? []) {
      if (!allowed(rules.get(arc), next)) continue
      if (goals.has(next)) best = Math.min(best, time.get(arc)! + into(to, next))
      const t = time.get(arc)! + arcTimeDs(streets, next)
      if (t < (time.get(next) ?? Infinity)) time.set(next, t)
    }
  }
}

/** Times of one epoch, in units: by arc, and lost before each move of the graph. */
export interface OracleTimes {
  readonly arcUnits: ArrayLike<number>
  readonly turnUnits: ArrayLike<number>
}

/**
 * Dijkstra over a graph of states, with the rules of places told plainly: a place is left to the end of an arc that can
 * be driven there, and reached by a move that drives such an arc as far as the place, or along the one street
 * that both lie on. Gives the units from `from` (leaving over `arcs` only) to any place.
 */
export function graphOracle(
  graph: StateGraph,
  { arcUnits, turnUnits }: OracleTimes,
  from: Place,
  arcs: readonly number[] = [from.edge, from.edge ^ 1],
): (to: Place) => number {
  const part = (p: Place, arc: number): number => (arc === p.edge ? p.fraction : 1 - p.fraction)
  const into = (p: Place, arc: number): number => Math.round(arcUnits[arc]! * part(p, arc))
  const isOpen = (arc: number): boolean => graph.endState[arc] !== 0xffffffff
  const leaving = arcs.filter(isOpen)
  const dist = new Float64Array(graph.states).fill(Infinity)
  const queue: [time: number, state: number][] = []
  const reach = (state: number, time: number): void => {
    if (time >= dist[state]!) return
    dist[state] = time
    let i = queue.push([time, state]) - 1
    for (; i > 0 && queue[(i - 1) >> 1]![0] > time; i = (i - 1) >> 1) queue[i] = queue[(i - 1) >> 1]!
    queue[i] = [time, state]
  }
  const pop = (): [number, number] => {
    const top = queue[0]!
    const last = queue.pop()!
    if (queue.length === 0) return top
    let i = 0
    for (let c = 1; c < queue.length; c = 2 * i + 1) {
      if (c + 1 < queue.length && queue[c + 1]![0] < queue[c]![0]) c++
      if (queue[c]![0] >= last[0]) break
      queue[i] = queue[c]!
      i = c
    }
    queue[i] = last
    return top
  }
  for (const arc of leaving) reach(graph.endState[arc]!, arcUnits[arc]! - into(from, arc))
  const tail = new Uint32Array(graph.head.length)
  while (queue.length > 0) {
    const [time, state] = pop()
    if (time > dist[state]!) continue
    for (let m = graph.firstOut[state]!; m < graph.firstOut[state + 1]!; m++)
      reach(graph.head[m]!, time + turnUnits[m]! + arcUnits[graph.arc[m]!]!)
  }
  for (let s = 0; s < graph.states; s++) tail.fill(s, graph.firstOut[s]!, graph.firstOut[s + 1]!)
  return to => {
    let best = Infinity
    for (const arc of leaving)
      if (arc >> 1 === to.edge >> 1 && part(to, arc) >= part(from, arc))
        best = Math.min(best, into(to, arc) - into(from, arc))
    for (let m = 0; m < tail.length; m++) {
      const arc = graph.arc[m]!
      if (arc >> 1 === to.edge >> 1 && isOpen(arc))
        best = Math.min(best, dist[tail[m]!]! + turnUnits[m]! + into(to, arc))
    }
    return best
  }
}

type Rule = { only: number[]; not: number[] }

function turnRules(streets: StreetTable): Map<number, Rule> {
  const rules = new Map<number, Rule>()
  for (let i = 0; i < streets.turns.length; i += 3) {
    // Rules over several streets (bit 1) are not for this search, nor for the router that it judges.
    if (streets.turns[i + 2]! & 2 || (streets.turns[i - 1] ?? 0) & 2) continue
    const rule = rules.get(streets.turns[i]!) ?? { only: [], not: [] }
    ;(streets.turns[i + 2] ? rule.only : rule.not).push(streets.turns[i + 1]!)
    rules.set(streets.turns[i]!, rule)
  }
  return rules
}

function allowed(rule: Rule | undefined, next: number): boolean {
  if (!rule) return true
  return rule.only.length > 0 ? rule.only.includes(next) : !rule.not.includes(next)
}
