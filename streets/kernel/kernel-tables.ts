import { CHAIN_CELL } from '../labels/separator-tree.ts'
import { cellWords } from './cell-words.ts'
import type { KernelInput } from './label-kernel.ts'
import { type StreetArcs, streetArcs } from './street-arcs.ts'

/** Most entry states of a goal that is no place. */
export const GOAL_ENTRIES = 256
/** Most states that a walk around the goal settles before the cells are searched. */
export const NEAR_STATES = 512
/** No entry, no id, no cell. */
export const NONE = 0xffffffff

/**
 * What does not change with the weights. States go by hierarchy ids but in `idOf`. The WebAssembly kernel has the
 * arrays under the same names in its memory (`simd/tables.as.ts`).
 */
export interface KernelTables extends StreetArcs {
  /** Whether states are the ends of arcs. */
  readonly isTurns: boolean
  readonly idOf: Uint32Array
  readonly upFirst: Uint32Array
  readonly upHead: Uint32Array
  readonly depth: Uint16Array
  /** Where the label of an id begins, in lanes: it has depth + 1 lanes and is filled up to whole eights. */
  readonly labelAt: Uint32Array
  readonly inlabel: Uint32Array
  readonly ascendant: Uint32Array
  readonly exitDepth: Uint16Array
  /** By move: where `WeightSet.ways` has its time; `NONE` where it ends in the state it starts from. */
  readonly moveWay: Uint32Array
  /** Moves into an id: `firstIn[v] … firstIn[v+1]-1`, with the id they come from and their number in the graph. */
  readonly firstIn: Uint32Array
  readonly inTail: Uint32Array
  readonly inMove: Uint32Array
  /** Cells for the search, `CELL_WORDS` each: see `cell-words.ts`. A kernel writes into its own copy. */
  readonly cellWords: Uint32Array
  readonly chainIds: Uint32Array
  readonly spotOf: Uint32Array
  readonly cellParent: Uint32Array
  /** Lanes of a cell's minima, and where these begin, whole eights. The last entry is the sum. */
  readonly cellLanes: Uint16Array
  readonly minimaAt: Uint32Array
}

/** Lay out the tables of a kernel. */
export function kernelTables({ graph, hierarchy, ancestors, cells }: KernelInput): KernelTables {
  const { idOf, upFirst, upHead, depth } = hierarchy
  const { parent: cellParent, chainIds, spotOf } = cells
  const cellLanes = minimaLanes(cells)
  const minimaAt = offsets(cellLanes)
  return {
    ...{ idOf, upFirst, upHead, depth, moveWay: moveWays(hierarchy) },
    ...ancestors,
    ...{
      cellWords: cellWords(cells, cellLanes, minimaAt),
      chainIds,
      spotOf,
      cellParent,
      cellLanes,
      minimaAt,
    },
    ...movesIn(graph, idOf),
    ...streetArcs(graph, idOf),
    isTurns: graph.model === 'turns',
    labelAt: labelOffsets(depth),
  }
}

/** Where the label of each id begins, in lanes, and where the last one ends. */
export const labelOffsets = (depth: Uint16Array): Uint32Array => offsets(depth, 1)

/** Lanes of the longest label. */
export function mostLanes({ depth }: KernelTables): number {
  let deepest = 0
  for (const d of depth) if (d > deepest) deepest = d
  return deepest + 1
}

/** Room for the entries of a goal, a place or not. */
export function goalRoom({ entryFirst }: KernelTables): number {
  let most = GOAL_ENTRIES
  for (let arc = 0; arc + 2 < entryFirst.length; arc += 2)
    most = Math.max(most, entryFirst[arc + 2]! - entryFirst[arc]!)
  return most
}

/**
 * Lanes of the minima of each cell: the ancestors that all its ids share; of a chain the chain itself too, where each id
 * has those above it and itself.
 */
function minimaLanes({ kind, common, size }: KernelInput['cells']): Uint16Array {
  const lanes = common.slice()
  for (let c = 0; c < lanes.length; c++) if (kind[c] === CHAIN_CELL) lanes[c]! += size[c]!
  return lanes
}

/** Where runs of so many lanes, and `more`, begin, each filled up to whole eights; the last entry is the sum. */
function offsets(lanes: Uint16Array, more = 0): Uint32Array {
  const at = new Uint32Array(lanes.length + 1)
  for (let i = 0; i < lanes.length; i++) at[i + 1] = at[i]! + ((lanes[i]! + more + 7) & ~7)
  return at
}

function moveWays({ moveArc, moveDown }: KernelInput['hierarchy']): Uint32Array {
  const ways = new Uint32Array(moveArc.length)
  for (let m = 0; m < ways.length; m++) ways[m] = moveArc[m] === NONE ? NONE : 2 * moveArc[m]! + moveDown[m]!
  return ways
}

function movesIn(graph: KernelInput['graph'], idOf: Uint32Array) {
  const { states, firstOut, head } = graph
  const firstIn = new Uint32Array(states + 1)
  for (let m = 0; m < head.length; m++) firstIn[idOf[head[m]!]! + 1]!++
  for (let v = 0; v < states; v++) firstIn[v + 1]! += firstIn[v]!
  const next = firstIn.slice(0, states)
  const inTail = new Uint32Array(head.length)
  const inMove = new Uint32Array(head.length)
  for (let s = 0; s < states; s++) {
    for (let m = firstOut[s]!; m < firstOut[s + 1]!; m++) {
      const i = next[idOf[head[m]!]!]!++
      inTail[i] = idOf[s]!
      inMove[i] = m
    }
  }
  return { firstIn, inTail, inMove }
}
