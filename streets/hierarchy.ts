import type { StateGraph } from './state-graph.ts'

/**
 * A contraction hierarchy without weights. Its *ids* number the states anew, in preorder of the elimination tree: id 0
 * is the top (eliminated last), parents have smaller ids, and the subtree under an id is one run of ids. Whatever is
 * near in the tree is near in memory.
 */
export interface Hierarchy {
  readonly states: number
  /** Id of each state, and state of each id. */
  readonly idOf: Uint32Array
  readonly stateOf: Uint32Array
  /** Arcs upward: `upHead[upFirst[v]] … upHead[upFirst[v + 1] - 1]` are ancestors of id `v`, ascending (highest first). */
  readonly upFirst: Uint32Array
  readonly upHead: Uint32Array
  /** Elimination tree by id; -1 only for id 0. A parent that only joins a part of its own has no arc from its child. */
  readonly parent: Int32Array
  /** Number of ancestors of each id: 0 for id 0. */
  readonly depth: Uint16Array
  /** Arc of the hierarchy that each move weighs on; 0xffffffff where a move ends in the state it starts from. */
  readonly moveArc: Uint32Array
  /** 1 where the move goes from the upper end of that arc to the lower one. */
  readonly moveDown: Uint8Array
}

/** Lay out the hierarchy of a graph: `order` names every state once, the first to eliminate first. */
export function buildHierarchy(
  _graph: Pick<StateGraph, 'states' | 'firstOut' | 'head' | 'ties'>,
  _order: Uint32Array,
): Hierarchy {
  throw new Error('Not written yet.')
}
