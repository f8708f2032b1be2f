import { NO_STATE } from '../graph/strong-graph.ts'
import type { KernelInput } from './label-kernel.ts'

/** How the arcs of the streets hang on the ids of a hierarchy. */
export interface StreetArcs {
  /** By arc: id in which one stands at its end; 0xffffffff for one that is closed. */
  readonly endId: Uint32Array
  /** By arc: `entryId[entryFirst[a]] … entryId[entryFirst[a + 1] - 1]`, over which places on it are reached. */
  readonly entryFirst: Uint32Array
  readonly entryId: Uint32Array
  /** By arc: its entry if there is just one; 0xffffffff if there is none; else 0xfffffffe. Not in the turn model. */
  readonly soleEntry: Uint32Array
}

/** Lays them out; a closed arc has no entries. */
export function streetArcs(
  { model, endState, entryFirst: first, entryStates }: KernelInput['graph'],
  idOf: Uint32Array,
): StreetArcs {
  const endId = new Uint32Array(endState.length)
  const entryFirst = new Uint32Array(endState.length + 1)
  const entryId = new Uint32Array(entryStates.length)
  const soleEntry = new Uint32Array(model === 'turns' ? 0 : endState.length)
  let n = 0
  for (let arc = 0; arc < endState.length; arc++) {
    const state = endState[arc]!
    endId[arc] = state === NO_STATE ? NO_STATE : idOf[state]!
    if (state !== NO_STATE)
      for (let i = first[arc]!; i < first[arc + 1]!; i++) entryId[n++] = idOf[entryStates[i]!]!
    entryFirst[arc + 1] = n
    const count = n - entryFirst[arc]!
    soleEntry[arc] = count === 1 ? entryId[n - 1]! : -1 - Math.min(1, count)
  }
  return { endId, entryFirst, entryId: entryId.subarray(0, n), soleEntry }
}
