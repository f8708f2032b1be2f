import type { StreetTable } from '../street-table.ts'
import { type TurnRule, turnRules } from './turn-rules.ts'

/**
 * What a car must remember of the arcs it has driven to keep all turn rules. A *context* is the beginning of some
 * rule, driven to here; -1 is no context. Overlapping rules over several streets work because each context also
 * stands for its shorter endings (Aho and Corasick 1975, with arcs for letters).
 */
export interface TurnAutomaton {
  /** The arc that each context ends with. */
  readonly lastArc: readonly number[]
  /** How many arcs each context remembers. */
  readonly length: readonly number[]
  /** Context of a car of which only this arc is known. */
  start(arc: number): number
  /** Context after one more arc. */
  step(context: number, arc: number): number
  /** Whether the rules let a car go on over that arc. */
  allows(context: number, arc: number): boolean
}

/** The rules of a street table, ready to be asked at each turn. */
export function turnAutomaton(streets: StreetTable): TurnAutomaton {
  const lastArc: number[] = []
  const length: number[] = []
  const only: Set<number>[] = []
  const not: Set<number>[] = []
  /** Context after `context` (from -1) by arc. */
  const longer: Map<number, number>[] = []
  const roots = new Map<number, number>()
  const childOf = (context: number, arc: number): number =>
    (context < 0 ? roots : longer[context]!).get(arc) ?? -1
  const grow = (context: number, arc: number): number => {
    const known = childOf(context, arc)
    if (known >= 0) return known
    const added = lastArc.push(arc) - 1
    length.push(context < 0 ? 1 : length[context]! + 1)
    only.push(new Set())
    not.push(new Set())
    longer.push(new Map())
    ;(context < 0 ? roots : longer[context]!).set(arc, added)
    return added
  }
  const learn = (rule: TurnRule): void => {
    let context = -1
    for (let i = 0; i + 1 < rule.arcs.length; i++) {
      context = grow(context, rule.arcs[i]!)
      // «Only» binds from its first street on, as GraphHopper reads it: the stricter of two readings.
      if (rule.only) only[context]!.add(rule.arcs[i + 1]!)
    }
    if (!rule.only) not[context]!.add(rule.arcs.at(-1)!)
  }
  for (const rule of turnRules(streets)) learn(rule)

  /** The longest shorter ending of a context that is a context too. */
  const shorter = new Int32Array(lastArc.length).fill(-1)
  const step = (context: number, arc: number): number => {
    for (let c = context; c >= 0; c = shorter[c]!) {
      const next = longer[c]!.get(arc)
      if (next !== undefined) return next
    }
    return roots.get(arc) ?? -1
  }
  const byLength = [...lastArc.keys()].sort((a, b) => length[a]! - length[b]! || a - b)
  for (const context of byLength) {
    for (const [arc, next] of longer[context]!) shorter[next] = step(shorter[context]!, arc)
  }
  return {
    lastArc,
    length,
    start: arc => roots.get(arc) ?? -1,
    step,
    allows(context, arc) {
      for (let c = context; c >= 0; c = shorter[c]!) {
        if (only[c]!.size > 0 ? !only[c]!.has(arc) : not[c]!.has(arc)) return false
      }
      return true
    },
  }
}
