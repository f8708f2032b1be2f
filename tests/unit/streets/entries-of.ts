import type { StateGraph } from '@hexhail/streets/graph/state-graph.ts'

/** The states from which a place on an arc is reached. */
export function entriesOf({ entryFirst, entryStates }: StateGraph, arc: number): Uint32Array {
  return entryStates.subarray(entryFirst[arc], entryFirst[arc + 1])
}
