import type { StateGraph } from './state-graph.ts'

type Entries = Pick<StateGraph, 'entryFirst' | 'entryStates'>
type Moves = Pick<StateGraph, 'model' | 'states' | 'firstOut' | 'head' | 'arc' | 'endState'>

const NONE = 0xffffffff

/** States beside which a place on an arc lies: where its moves begin (junctions) or end (turns), ascending. */
export function entriesByArc({ model, states, firstOut, head, arc, endState }: Moves): Entries {
  // All moves into a state of the turn model drive the same arc.
  const arcOf = model === 'junctions' ? arc : new Uint32Array(states).fill(NONE)
  if (model === 'turns') for (let m = 0; m < head.length; m++) arcOf[head[m]!] = arc[m]!
  const entryFirst = new Uint32Array(endState.length + 1)
  for (let i = 0; i < arcOf.length; i++) if (arcOf[i] !== NONE) entryFirst[arcOf[i]!]!++
  let sum = 0
  for (let a = 0; a < entryFirst.length; a++) {
    sum += entryFirst[a]!
    entryFirst[a] = sum
  }
  // From the last state on: each row is filled from its end, and its first place is known when it is full.
  const entryStates = new Uint32Array(sum)
  for (let s = states - 1; s >= 0; s--) {
    if (model === 'turns') {
      if (arcOf[s] !== NONE) entryStates[--entryFirst[arcOf[s]!]!] = s
    } else {
      for (let m = firstOut[s]!, end = firstOut[s + 1]!; m < end; m++) entryStates[--entryFirst[arc[m]!]!] = s
    }
  }
  return { entryFirst, entryStates }
}

/**
 * All states that enter one segment must lie on one chain of the hierarchy, and so must the ends of its two arcs: tie
 * those that no move joins.
 */
export function tiesOf(
  { firstOut, head, endState }: Moves,
  { entryFirst, entryStates }: Entries,
): Uint32Array {
  const ties: number[] = []
  const tie = (a: number, b: number): void => {
    if (a === b) return
    let isJoined = false
    for (let m = firstOut[a]!; m < firstOut[a + 1]! && !isJoined; m++) isJoined = head[m] === b
    for (let m = firstOut[b]!; m < firstOut[b + 1]! && !isJoined; m++) isJoined = head[m] === a
    if (!isJoined) ties.push(b, a)
  }
  for (let arc = 0; arc + 2 < entryFirst.length; arc += 2) {
    const first = entryFirst[arc]!
    const end = entryFirst[arc + 2]!
    for (let i = first + 1; i < end; i++)
      for (let j = first; j < i; j++) tie(entryStates[i]!, entryStates[j]!)
    const one = endState[arc]!
    const other = endState[arc + 1]!
    if (one !== NONE && other !== NONE) tie(one, other)
  }
  return Uint32Array.from(ties)
}
