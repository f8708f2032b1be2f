import type { StateGraph } from '../graph/state-graph.ts'
import { alongDirections } from './along-directions.ts'
import { type LocalGraph, roomForPart, takePart } from './local-graph.ts'
import { MinCut } from './min-cut.ts'
import { type Neighbours, neighboursOf } from './neighbours.ts'
import { orderByRank } from './order-by-rank.ts'
import { coverCut } from './vertex-cover.ts'

/** Parts of up to this many states are not cut further. */
const LEAF = 4
/** Share of a part, in percent, that each end of a direction gives to the flow. */
const END_PERCENT = 20
/** Parts of up to this many states are cut east and north only: the rest gains nothing there. */
const FEW = 32

/** What an order is made from. */
type Drawn = Pick<StateGraph, 'states' | 'firstOut' | 'head' | 'ties' | 'xy'>

/** An order of elimination by nested dissection: the state eliminated first comes first. */
export function dissect(graph: Drawn): Uint32Array {
  return orderByRank(rankStates(graph))
}

/**
 * Ranks for `orderByRank` by nested dissection: 0 for what is not cut further, and for a separator one more than all
 * that it parts (255 for all above: then some separators are mixed, which is a worse order, but one). Parts are cut by
 * inertial flow (Schild and Sommer 2015): along each of four directions the first and the last fifth are tied together,
 * and the best of the smallest cuts between them wins. Whole numbers only.
 */
export function rankStates(graph: Drawn): Uint8Array {
  const desk = deskFor(graph.states, neighboursOf(graph), alongDirections(graph.xy))
  const { whole, views, part, localOf, scratch } = desk
  const tasks = [0, graph.states, 0]
  const cuts: Cut[] = []
  for (let isFirst = true; tasks.length > 0; isFirst = false) {
    const above = tasks.pop()!
    const to = tasks.pop()!
    const from = tasks.pop()!
    takePart(part, whole, views[0]!.subarray(from, to), localOf, scratch)
    // At first the graph only falls into what was never connected.
    if (!isFirst) separate(desk, from)
    const separator = layOut(desk, from, to, tasks, cuts.length)
    cuts.push({ above, height: 1, separator, to })
  }
  const rank = new Uint8Array(graph.states)
  for (let c = cuts.length - 1; c >= 0; c--) {
    const { above, height, separator, to } = cuts[c]!
    const up = cuts[above]!
    up.height = Math.max(up.height, height + 1)
    for (let i = separator; i < to; i++) rank[views[0]![i]!] = Math.min(255, height)
  }
  return rank
}

/** A part that was cut: the part it came from, how many cuts lie below it, and where its separator ended up. */
interface Cut {
  readonly above: number
  height: number
  readonly separator: number
  readonly to: number
}

/**
 * What lies on the desk while a graph is cut up. A *view* lists all states in one order; a *part* is the same range of
 * every view. The first view lists states by number.
 */
interface Desk {
  readonly whole: Neighbours
  readonly views: readonly Uint32Array[]
  /** Index of a state in the part at hand, in order of number; -1 outside. */
  readonly localOf: Int32Array
  readonly part: LocalGraph
  readonly cutter: MinCut
  readonly side: Uint8Array
  readonly cover: Uint8Array
  /** 1 for the separator of the part at hand. */
  readonly separator: Uint8Array
  readonly group: Int32Array
  readonly scratch: Uint32Array
}

function deskFor(states: number, whole: Neighbours, directions: readonly Uint32Array[]): Desk {
  const edges = whole.items.length
  return {
    whole,
    views: [Uint32Array.from({ length: states }, (_, s) => s), ...directions],
    localOf: new Int32Array(states).fill(-1),
    part: roomForPart(states, edges),
    cutter: new MinCut(states, edges),
    side: new Uint8Array(states),
    cover: new Uint8Array(states),
    separator: new Uint8Array(states),
    group: new Int32Array(states),
    scratch: new Uint32Array(states),
  }
}

/** Finds the separator of the part at hand: few states for what they part. */
function separate(
  { views, localOf, part, cutter, scratch, side, cover, separator }: Desk,
  from: number,
): void {
  const { nodes } = part
  const end = Math.max(1, Math.floor((nodes * END_PERCENT) / 100))
  let [bestSize, bestProduct] = [nodes, 1]
  for (const view of nodes <= FEW ? views.slice(1, 3) : views.slice(1)) {
    for (let i = 0; i < nodes; i++) scratch[i] = localOf[view[from + i]!]!
    // With a cut above this, even halves would not win (hardly ever: a cover may be smaller than its cut).
    const limit = Math.ceil((bestSize * nodes * nodes) / (4 * bestProduct))
    if (cutter.run(part, scratch, end, limit, side) >= limit) continue
    const size = coverCut(part, side, cover)
    let far = 0
    for (let i = 0; i < nodes; i++) far += side[i]!
    const product = far * (nodes - far)
    if (size * bestProduct >= bestSize * product) continue
    bestSize = size
    bestProduct = product
    separator.set(cover.subarray(0, nodes))
  }
}

/**
 * Rearranges a part in all views: what hangs together without the separator side by side, the separator last. Puts the
 * ranges that are to be cut further on `tasks`, with the number of this cut, clears the desk and tells where the
 * separator begins.
 */
function layOut(
  { views, localOf, part, separator, group, scratch }: Desk,
  from: number,
  to: number,
  tasks: number[],
  cut: number,
): number {
  const { nodes, first, head } = part
  const starts: number[] = []
  group.fill(-1, 0, nodes)
  let found = 0
  for (let root = 0; root < nodes; root++) {
    if (group[root]! >= 0 || separator[root] === 1) continue
    const start = found
    group[root] = starts.length
    scratch[found++] = root
    for (let i = start; i < found; i++) {
      const u = scratch[i]!
      for (let e = first[u]!, end = first[u + 1]!; e < end; e++) {
        const v = head[e]!
        if (group[v]! >= 0 || separator[v] === 1) continue
        group[v] = starts.length
        scratch[found++] = v
      }
    }
    starts.push(from + start)
    if (found - start > LEAF) tasks.push(from + start, from + found, cut)
  }
  for (let v = 0; v < nodes; v++) if (separator[v] === 1) group[v] = starts.length
  starts.push(from + found)

  for (const view of views) {
    const at = starts.slice()
    for (let i = from; i < to; i++) scratch[i - from] = view[i]!
    for (let i = 0; i < nodes; i++) view[at[group[localOf[scratch[i]!]!]!]!++] = scratch[i]!
  }
  for (let i = from; i < to; i++) localOf[views[0]![i]!] = -1
  separator.fill(0, 0, nodes)
  return from + found
}
