import type { MoveTimes } from '@hexhail/streets/graph/move-times.ts'
import { turnCosts } from '@hexhail/streets/graph/turn-cost.ts'
import { turnRules } from '@hexhail/streets/graph/turn-rules.ts'
import type { Place } from '@hexhail/streets/router.ts'
import { arcHead, arcOpen, arcTail, type StreetTable } from '@hexhail/streets/street-table.ts'
import { turnLaw } from './turn-law.ts'

/** Judges times to one goal. */
export interface GoalJudge {
  /** Takes a goal, and the times that count. */
  aim(times: MoveTimes, to: Place): void
  /** Units to it from a place that is left over `arcs`; `Infinity`: no way. */
  unitsFrom(from: Place, arcs: readonly number[]): number
}

/**
 * A judge that knows no state graph: it walks the street table and, at each turn, reads every rule against the streets
 * driven last. Like the router it keeps to what can be come back from: the largest part that holds one of `openArcs`, and
 * on each street of it a parked car, of which nobody knows what it drove. For small towns: it looks at all rules at
 * all turns.
 */
export function streetOracle(
  streets: StreetTable,
  model: 'junctions' | 'turns',
  openArcs: readonly number[],
): GoalJudge {
  const arcs = [...Array(2 * streets.tail.length).keys()].filter(arc => arcOpen(streets, arc))
  const out = Map.groupBy(arcs, arc => arcTail(streets, arc))
  const rules = turnRules(streets)
  const turnDs = turnCosts(streets)
  const mayGo = turnLaw(streets)

  /** What is worth remembering: the longest last part that begins a rule, else only where one is. */
  const remembered = (driven: readonly number[]): number[] => {
    for (let n = driven.length; n > 0; n--) {
      const part = driven.slice(-n)
      if (rules.some(rule => rule.arcs.length > n && part.every((arc, i) => rule.arcs[i] === arc)))
        return part
    }
    return model === 'turns' ? driven.slice(-1) : []
  }
  const keyOf = (driven: readonly number[]): string => {
    const part = remembered(driven)
    return part.length > 0 ? part.join() : `at ${arcHead(streets, driven.at(-1)!)}`
  }
  const allows = (driven: readonly number[], next: number): boolean => {
    const last = driven.at(-1)!
    if (model === 'turns' && next === (last ^ 1) && out.get(arcTail(streets, next))!.length > 1) return false
    return mayGo(driven, next)
  }

  interface Move {
    readonly tail: string
    readonly head: string
    readonly arc: number
    readonly turnDs: number
  }
  const moves: Move[] = []
  const seen = new Map<string, readonly number[]>()
  const open: string[] = []
  const meet = (driven: readonly number[]): string => {
    const key = keyOf(driven)
    if (!seen.has(key)) {
      const part = remembered(driven)
      seen.set(key, part.length > 0 ? part : driven.slice(-1))
      open.push(key)
    }
    return key
  }
  for (const arc of arcs) meet([arc])
  for (let tail = open.pop(); tail !== undefined; tail = open.pop()) {
    const driven = seen.get(tail)!
    for (const arc of out.get(arcHead(streets, driven.at(-1)!)) ?? []) {
      if (!allows(driven, arc)) continue
      const lost = model === 'turns' ? turnDs(driven.at(-1)!, arc) : 0
      moves.push({ tail, head: meet([...driven, arc]), arc, turnDs: lost })
    }
  }
  const within = (start: string, from: 'tail' | 'head', to: 'tail' | 'head'): Set<string> => {
    const by = Map.groupBy(moves, move => move[from])
    const found = new Set([start])
    for (const key of found) for (const move of by.get(key) ?? []) found.add(move[to])
    return found
  }
  const parts = openArcs.map(arc => {
    const start = keyOf([arc])
    return within(start, 'tail', 'head').intersection(within(start, 'head', 'tail'))
  })
  const inside = parts.reduce((a, b) => (b.size > a.size ? b : a))
  const [start] = inside
  const back = within(start!, 'head', 'tail')
  for (let size = 0; size !== inside.size; ) {
    size = inside.size
    for (const { tail, head, arc } of moves) {
      const parked = keyOf([arc])
      if (inside.has(tail) && inside.has(head) && back.has(parked))
        for (const key of within(parked, 'tail', 'head').intersection(back)) inside.add(key)
    }
  }
  const kept = moves.filter(({ tail, head }) => inside.has(tail) && inside.has(head))
  const into = Map.groupBy(kept, move => move.head)

  const part = (p: Place, arc: number): number => (arc === p.edge ? p.fraction : 1 - p.fraction)
  const units = new Map<string, number>()
  let goal: Place
  let arcUnits: ArrayLike<number>
  const partUnits = (p: Place, arc: number): number => Math.round(arcUnits[arc]! * part(p, arc))
  return {
    aim(times, to) {
      goal = to
      arcUnits = times.arcUnits
      const lost = ({ turnDs: ds }: Move): number => Math.floor((ds + (times.unitDs >> 1)) / times.unitDs)
      units.clear()
      const best = new Map<string, number>()
      const reach = (key: string, at: number): void => {
        if (!units.has(key) && at < (best.get(key) ?? Infinity)) best.set(key, at)
      }
      for (const move of kept)
        if (move.arc >> 1 === to.edge >> 1) reach(move.tail, lost(move) + partUnits(to, move.arc))
      while (best.size > 0) {
        const [key, at] = [...best].reduce((a, b) => (b[1] < a[1] ? b : a))
        best.delete(key)
        units.set(key, at)
        for (const move of into.get(key) ?? []) reach(move.tail, at + lost(move) + arcUnits[move.arc]!)
      }
    },
    unitsFrom(from, leaving) {
      let least = Infinity
      for (const arc of leaving) {
        if (!arcOpen(streets, arc) || !inside.has(keyOf([arc]))) continue
        least = Math.min(least, arcUnits[arc]! - partUnits(from, arc) + (units.get(keyOf([arc])) ?? Infinity))
        if (from.edge >> 1 === goal.edge >> 1 && part(goal, arc) >= part(from, arc))
          least = Math.min(least, partUnits(goal, arc) - partUnits(from, arc))
      }
      return least
    },
  }
}
