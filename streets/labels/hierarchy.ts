import type { StateGraph } from '../graph/state-graph.ts'
import { eliminate, poorOrder } from './eliminate.ts'
import { preorder } from './preorder.ts'

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

/** Ancestors that a state may have on average, and at most, before an order is taken for a bad one. */
const USUAL_DEPTH = 1024
const MOST_DEPTH = 0xfff0
const NONE = 0xffffffff

/**
 * Lays out the hierarchy of a graph: `order` names every state once, the first to eliminate first. Parts that nothing
 * joins come under one top: the state that is eliminated last.
 * @throws {HexhailError} code `ORDER_POOR` when labels by this order would be far bigger than any town needs
 */
export function buildHierarchy(
  graph: Pick<StateGraph, 'states' | 'firstOut' | 'head' | 'ties'>,
  order: Uint32Array,
): Hierarchy {
  const { states } = graph
  const placeOf = new Uint32Array(states)
  for (let p = 0; p < states; p++) placeOf[order[p]!] = p
  const { first, later, parent: parentAt } = eliminate(graph, placeOf)
  const idAt = preorder(parentAt)
  const placeAt = new Uint32Array(states)
  for (let p = 0; p < states; p++) placeAt[idAt[p]!] = p

  const idOf = new Uint32Array(states)
  const stateOf = new Uint32Array(states)
  const parent = new Int32Array(states)
  const upFirst = new Uint32Array(states + 1)
  const upHead = new Uint32Array(later.length)
  let at = 0
  for (let id = 0; id < states; id++) {
    const p = placeAt[id]!
    const s = order[p]!
    idOf[s] = id
    stateOf[id] = s
    parent[id] = id === 0 ? -1 : idAt[parentAt[p]!]!
    // Later places are higher ids' ancestors: a row in the order of places is backwards by id.
    for (let k = first[p + 1]! - 1, start = first[p]!; k >= start; k--) upHead[at++] = idAt[later[k]!]!
    upFirst[id + 1] = at
  }
  const upward = { upFirst, upHead }
  return {
    states,
    idOf,
    stateOf,
    ...upward,
    parent,
    depth: depthsOf(parent),
    ...arcsOfMoves(graph, idOf, upward),
  }
}

type Upward = Pick<Hierarchy, 'upFirst' | 'upHead'>

function depthsOf(parent: Int32Array): Uint16Array {
  const depth = new Uint16Array(parent.length)
  let sum = 0
  for (let id = 1; id < parent.length; id++) {
    const d = depth[parent[id]!]! + 1
    sum += d
    if (d > MOST_DEPTH || sum > USUAL_DEPTH * parent.length) throw poorOrder(parent.length, sum)
    depth[id] = d
  }
  return depth
}

/** Arc and direction of each move: the arc belongs to its lower end, which has the greater id. */
function arcsOfMoves(
  { states, firstOut, head }: Pick<StateGraph, 'states' | 'firstOut' | 'head'>,
  idOf: Uint32Array,
  { upFirst, upHead }: Upward,
): Pick<Hierarchy, 'moveArc' | 'moveDown'> {
  const moves = firstOut[states]!
  const moveArc = new Uint32Array(moves).fill(NONE)
  const moveDown = new Uint8Array(moves)
  for (let s = 0; s < states; s++) {
    const from = idOf[s]!
    for (let m = firstOut[s]!, end = firstOut[s + 1]!; m < end; m++) {
      const to = idOf[head[m]!]!
      if (from === to) continue
      const upper = from < to ? from : to
      let arc = upFirst[from < to ? to : from]!
      while (upHead[arc] !== upper) arc++
      moveArc[m] = arc
      moveDown[m] = from < to ? 1 : 0
    }
  }
  return { moveArc, moveDown }
}
