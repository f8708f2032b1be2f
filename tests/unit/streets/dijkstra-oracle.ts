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
