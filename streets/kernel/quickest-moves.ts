import { type AncestorIndex, lcaDepth } from '../labels/ancestor-index.ts'
import type { KernelTables } from './kernel-tables.ts'
import { CLOSED, FAR, type KernelInput } from './label-kernel.ts'
import type { WeightSet } from './weight-set.ts'

/** Where the quickest way between two ids is highest: the id and its lane, and the time from the start and to the goal. */
interface Meeting {
  readonly id: number
  readonly lane: number
  readonly before: number
  readonly after: number
}

/**
 * Finds the quickest way between two states by labels alone. Its ends meet at an ancestor of both, and a label says how
 * far each id below is from that one by way of what lies below it. So from the start the way goes on by the move whose
 * end is nearer to the meeting point by just the time of the move, and so it does backward from the goal. The last move
 * that is left to choose needs no look at its label. `weights` are those of the set, by move.
 */
export function quickestMoves(
  tables: KernelTables & AncestorIndex,
  { graph, hierarchy, unitDs }: KernelInput,
): (set: WeightSet, weights: Uint32Array, from: number, to: number) => number[] | null {
  const { idOf, depth, labelAt, firstIn, inTail, inMove } = tables
  const { firstOut, head } = graph
  const { parent } = hierarchy
  const half = unitDs >> 1

  const meeting = ({ out, into }: WeightSet, start: number, goal: number): Meeting | null => {
    const lanes = lcaDepth(tables, depth, start, goal) + 1
    const outAt = labelAt[start]!
    const intoAt = labelAt[goal]!
    let least = FAR
    let lane = -1
    for (let i = 0; i < lanes; i++) {
      const units = out[outAt + i]! + into[intoAt + i]!
      if (units >= least) continue
      least = units
      lane = i
    }
    if (lane < 0) return null
    let id = start
    for (let d = depth[start]!; d > lane; d--) id = parent[id]!
    return { id, lane, before: out[outAt + lane]!, after: into[intoAt + lane]! }
  }

  /** Moves from a state to the meeting point. Who is joined to an id below it and is not above it is below it, too. */
  const climb = (
    moves: number[],
    state: number,
    { id: meet, lane, before }: Meeting,
    out: Uint16Array,
    weights: Uint32Array,
  ): void => {
    const units = (move: number): number =>
      weights[move]! >= CLOSED ? CLOSED : ((weights[move]! + half) / unitDs) | 0
    let last = -1
    let here = idOf[state]!
    for (let left = before; left > 0; ) {
      let chosen = -1
      let chosenId = 0
      let move = -1
      let id = 0
      for (let m = firstOut[state]!; m < firstOut[state + 1]!; m++) {
        const next = idOf[head[m]!]!
        if (next < meet || next === last) continue
        if (move >= 0 && out[labelAt[id]! + lane]! + units(move) === left) {
          chosen = move
          chosenId = id
        }
        move = m
        id = next
      }
      if (chosen < 0) {
        chosen = move
        chosenId = id
      }
      moves.push(chosen)
      left -= units(chosen)
      state = head[chosen]!
      last = here
      here = chosenId
    }
  }

  /** Moves from the meeting point to an id, the last one first. */
  const descend = (
    moves: number[],
    goal: number,
    { id: meet, lane, after }: Meeting,
    { into, inUnits }: WeightSet,
  ): void => {
    let last = -1
    let here = goal
    for (let left = after; left > 0; ) {
      let chosen = -1
      let at = -1
      for (let i = firstIn[here]!; i < firstIn[here + 1]!; i++) {
        const before = inTail[i]!
        if (before < meet || before === last) continue
        if (at >= 0 && into[labelAt[inTail[at]!]! + lane]! + inUnits[at]! === left) chosen = at
        at = i
      }
      if (chosen < 0) chosen = at
      moves.push(inMove[chosen]!)
      left -= inUnits[chosen]!
      last = here
      here = inTail[chosen]!
    }
  }

  return (set, weights, from, to) => {
    const meet = meeting(set, idOf[from]!, idOf[to]!)
    if (!meet) return null
    const moves: number[] = []
    climb(moves, from, meet, set.out, weights)
    const climbed = moves.length
    descend(moves, idOf[to]!, meet, set)
    for (let i = climbed, k = moves.length - 1; i < k; i++, k--) {
      const move = moves[i]!
      moves[i] = moves[k]!
      moves[k] = move
    }
    return moves
  }
}
