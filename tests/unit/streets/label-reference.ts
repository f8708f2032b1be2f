import { ancestorIndex, lcaDepth } from '@hexhail/streets/labels/ancestor-index.ts'
import type { Hierarchy } from '@hexhail/streets/labels/hierarchy.ts'

/** Times between states by labels, as plainly as can be: what a fast kernel must equal. `Infinity` is no way. */
export function labelTimes(
  hierarchy: Hierarchy,
  weights: ArrayLike<number>,
): (from: number, to: number) => number {
  const { states, idOf, upFirst, upHead, depth, moveArc, moveDown } = hierarchy
  const [up, down] = [
    new Float64Array(upHead.length).fill(Infinity),
    new Float64Array(upHead.length).fill(Infinity),
  ]
  for (let m = 0; m < weights.length; m++) {
    const arc = moveArc[m]!
    if (arc === 0xffffffff) continue
    const side = moveDown[m] === 1 ? down : up
    side[arc] = Math.min(side[arc]!, weights[m]!)
  }

  // Lower triangles, lowest id last in the order of the tree first: v joins each pair of its upward neighbours.
  for (let v = states - 1; v >= 0; v--) {
    for (let i = upFirst[v]!; i < upFirst[v + 1]!; i++) {
      for (let k = i + 1; k < upFirst[v + 1]!; k++) {
        const arc = upHead.indexOf(upHead[i]!, upFirst[upHead[k]!]!)
        if (arc < 0 || arc >= upFirst[upHead[k]! + 1]!) throw new Error(`No arc for the triangle over ${v}.`)
        up[arc] = Math.min(up[arc]!, down[k]! + up[i]!)
        down[arc] = Math.min(down[arc]!, down[i]! + up[k]!)
      }
    }
  }

  const [out, into]: [Float64Array[], Float64Array[]] = [[], []]
  for (let v = 0; v < states; v++) {
    const [toAncestors, fromAncestors] = [label(depth[v]!), label(depth[v]!)]
    for (let e = upFirst[v]!; e < upFirst[v + 1]!; e++) {
      const u = upHead[e]!
      for (let d = 0; d <= depth[u]!; d++) {
        toAncestors[d] = Math.min(toAncestors[d]!, up[e]! + out[u]![d]!)
        fromAncestors[d] = Math.min(fromAncestors[d]!, down[e]! + into[u]![d]!)
      }
    }
    out.push(toAncestors)
    into.push(fromAncestors)
  }

  const index = ancestorIndex(hierarchy)
  return (from, to) => {
    const [a, b] = [idOf[from]!, idOf[to]!]
    let best = Infinity
    for (let d = 0; d <= lcaDepth(index, depth, a, b); d++) best = Math.min(best, out[a]![d]! + into[b]![d]!)
    return best
  }
}

/** A label of nothing yet but «no time to oneself». */
function label(depth: number): Float64Array {
  const times = new Float64Array(depth + 1).fill(Infinity)
  times[depth] = 0
  return times
}

/** Times from one state to all by Dijkstra over the moves. */
export function timesFrom(
  graph: { readonly states: number; readonly firstOut: Uint32Array; readonly head: Uint32Array },
  weights: ArrayLike<number>,
  from: number,
): Float64Array {
  const times = new Float64Array(graph.states).fill(Infinity)
  const queue: [number, number][] = [[0, from]]
  times[from] = 0
  while (queue.length > 0) {
    const [time, state] = queue.shift()!
    if (time > times[state]!) continue
    for (let m = graph.firstOut[state]!; m < graph.firstOut[state + 1]!; m++) {
      const next = graph.head[m]!
      const there = time + weights[m]!
      if (there >= times[next]!) continue
      times[next] = there
      let [low, high] = [0, queue.length]
      while (low < high) {
        const middle = (low + high) >> 1
        if (queue[middle]![0] <= there) low = middle + 1
        else high = middle
      }
      queue.splice(low, 0, [there, next])
    }
  }
  return times
}
