import type { StateGraph } from '../graph/state-graph.ts'
import { CLOSED } from '../kernel/label-kernel.ts'
import type { Hierarchy } from '../labels/hierarchy.ts'
import { lowerArcs } from '../labels/lower-arcs.ts'

/** The present weights, in units: of hierarchy arcs up (2e) and down (2e + 1), and of moves. */
export interface UnpackTimes {
  readonly ways: Uint32Array
  readonly moveUnits: (move: number) => number
  /** Between two states. */
  readonly unitsBetween: (from: number, to: number) => number
}

/** What a climb finds, by depth: the ancestor, the time to it (or from it), and the arc that leads there (-1: none). */
interface Climb {
  readonly chain: Uint32Array
  readonly units: Float64Array
  readonly via: Int32Array
}

/**
 * Makes the function that finds the moves of the quickest way between two states (none where they are the same; null
 * where there is no way): climb from both ends, meet at the best ancestor, then replace each arc of the hierarchy by
 * the two that it stands for, over an id below both, until moves are left. Of ways equally quick it is always the same.
 */
export function createUnpack(
  graph: StateGraph,
  hierarchy: Hierarchy,
  times: () => UnpackTimes,
): (from: number, to: number) => number[] | null {
  const { idOf, stateOf, upFirst, upHead, parent, depth, moveArc, moveDown } = hierarchy
  const { owner, join } = lowerArcs(hierarchy)
  const most = depth.reduce((a, b) => Math.max(a, b), 0) + 1
  const newClimb = (): Climb => ({
    chain: new Uint32Array(most),
    units: new Float64Array(most),
    via: new Int32Array(most),
  })
  const [outward, inward] = [newClimb(), newClimb()]

  /** Climb as far as `limit` units. */
  const climb = (
    id: number,
    ways: Uint32Array,
    bit: number,
    limit: number,
    { chain, units, via }: Climb,
  ): void => {
    units.fill(Infinity, 0, depth[id]! + 1)
    units[depth[id]!] = 0
    via[depth[id]!] = -1
    for (let v = id; v >= 0; v = parent[v]!) {
      const here = units[depth[v]!]!
      chain[depth[v]!] = v
      if (here > limit) continue
      for (let e = upFirst[v]!; e < upFirst[v + 1]!; e++) {
        const d = depth[upHead[e]!]!
        const there = here + ways[2 * e + bit]!
        if (there >= units[d]!) continue
        units[d] = there
        via[d] = e
      }
    }
  }
  /** Steps from the meeting point back to where a climb began, nearest to the meeting point first. */
  const stepsBack = ({ via }: Climb, meet: number, bit: number): number[] => {
    const steps: number[] = []
    for (let e = via[meet]!; e >= 0; e = via[depth[owner[e]!]!]!) steps.push(2 * e + bit)
    return steps
  }
  /** The move that an arc is in one direction (bit 1: down); -1 where no move is as quick as the arc. */
  const moveOf = (arc: number, bit: number, units: number, moveUnits: (m: number) => number): number => {
    const tail = stateOf[bit ? upHead[arc]! : owner[arc]!]!
    for (let m = graph.firstOut[tail]!; m < graph.firstOut[tail + 1]!; m++)
      if (moveArc[m] === arc && moveDown[m] === bit && moveUnits(m) === units) return m
    return -1
  }

  return (from, to) => {
    const { ways, moveUnits, unitsBetween } = times()
    const [a, b] = [idOf[from]!, idOf[to]!]
    const limit = unitsBetween(from, to)
    climb(a, ways, 0, limit, outward)
    climb(b, ways, 1, limit, inward)
    let [meet, best] = [-1, Infinity]
    for (let d = 0; d <= Math.min(depth[a]!, depth[b]!) && outward.chain[d] === inward.chain[d]; d++) {
      const units = outward.units[d]! + inward.units[d]!
      if (units < best) [meet, best] = [d, units]
    }
    if (best >= CLOSED) return null
    // A step is an arc and its direction, 2e up and 2e + 1 down; the next one to drive lies on top.
    const stack = [...stepsBack(inward, meet, 1).reverse(), ...stepsBack(outward, meet, 0)]
    const moves: number[] = []
    while (stack.length > 0) {
      const step = stack.pop()!
      const [arc, bit] = [step >> 1, step & 1]
      const units = ways[step]!
      const move = moveOf(arc, bit, units, moveUnits)
      if (move >= 0) {
        moves.push(move)
        continue
      }
      // Over an id below both ends: down to it from the end that is left, up from it to the other.
      const { lower, upper } = join(step, ways)
      stack.push(2 * (bit ? lower : upper), 2 * (bit ? upper : lower) + 1)
    }
    return moves
  }
}
