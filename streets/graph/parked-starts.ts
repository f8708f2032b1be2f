import type { DraftGraph } from './strong-graph.ts'

/**
 * Adds to the states `inside` (1 each) those that only a parked car stands in: where cars drive an arc inside only in
 * the midst of turn rules, the end of that arc with nothing remembered, and what lies on the way from there.
 */
export function withParkedStarts(draft: DraftGraph, inside: Uint8Array): Uint8Array {
  const { firstOut, head, arc, endState } = draft
  const starts = new Set<number>()
  for (let s = 0; s < inside.length; s++) {
    if (inside[s] === 0) continue
    for (let m = firstOut[s]!, end = firstOut[s + 1]!; m < end; m++) {
      const start = endState[arc[m]!]!
      if (inside[head[m]!] === 1 && inside[start] === 0) starts.add(start)
    }
  }
  if (starts.size === 0) return inside
  /** Moves that begin outside, as tail and head, and those that come back as well. */
  const outside: [tail: number, head: number][] = []
  const back = new Set<number>()
  for (let s = 0; s < inside.length; s++) {
    if (inside[s] === 1) continue
    for (let m = firstOut[s]!; m < firstOut[s + 1]!; m++) {
      if (inside[head[m]!] === 1) back.add(s)
      else outside.push([s, head[m]!])
    }
  }
  const onward = Map.groupBy(outside, move => move[0])
  const backward = Map.groupBy(outside, move => move[1])
  for (const state of starts) for (const [, next] of onward.get(state) ?? []) starts.add(next)
  for (const state of back) for (const [before] of backward.get(state) ?? []) back.add(before)
  const more = starts.intersection(back)
  // What they drive may have a start of its own.
  return more.size === 0
    ? inside
    : withParkedStarts(
        draft,
        inside.map((bit, s) => (more.has(s) ? 1 : bit)),
      )
}
