import { type AncestorIndex, lcaDepth } from '../labels/ancestor-index.ts'
import type { KernelTables } from './kernel-tables.ts'
import { FAR, type KernelInput } from './label-kernel.ts'
import type { WeightSet } from './weight-set.ts'

/** Where the quickest way between two ids is highest: the id and its lane, and the time from the start and to the goal. */
interface Meeting {
  readonly id: number
  readonly lane: number
  readonly before: number
  readonly after: number
}

/** No room for the whole way. */
const FULL = -1

/**
 * Finds the quickest way between two states by labels alone, as pairs (move, units). Its ends meet at an ancestor of
 * both, and a label says how far each id below is from that one by way of what lies below it. So from the start the way
 * goes on by the move whose end is nearer to the meeting point by just the time of the move, and so it does backward
 * from the goal. The last move that is left to choose needs no look at its label. `weights` are those of the set, by
 * move. What is given is overwritten by the next search.
 */
export function quickestMoves(
  tables: KernelTables & AncestorIndex,
  { graph, hierarchy }: KernelInput,
): (set: WeightSet, weights: Uint32Array, from: number, to: number) => Uint32Array | null {
  // By name, so that all other tables can go.
  const { idOf, depth, labelAt, firstIn, inTail, inMove, inlabel, ascendant, exitDepth } = tables
  const ancestors: AncestorIndex = { inlabel, ascendant, exitDepth }
  const { firstOut, head } = graph
  const { parent } = hierarchy
  /** The way from the start on stands at the front, the way to the goal at the end. */
  let found = new Uint32Array(1024)

  const meeting = ({ out, into }: WeightSet, start: number, goal: number): Meeting | null => {
    const lanes = lcaDepth(ancestors, depth, start, goal) + 1
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

  /**
   * From a state to the meeting point; words written. Who is joined to an id below it and is not above it is below it,
   * too.
   */
  const climb = (
    state: number,
    { id: meet, lane, before }: Meeting,
    out: Uint16Array,
    weights: Uint32Array,
  ): number => {
    let last = -1
    let here = idOf[state]!
    let words = 0
    for (let left = before; left > 0; words += 2) {
      if (words === found.length) return FULL
      let chosen = -1
      let chosenId = 0
      let move = -1
      let id = 0
      for (let m = firstOut[state]!; m < firstOut[state + 1]!; m++) {
        const next = idOf[head[m]!]!
        if (next < meet || next === last) continue
        if (move >= 0 && out[labelAt[id]! + lane]! + weights[move]! === left) {
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
      const units = weights[chosen]!
      found[words] = chosen
      found[words + 1] = units
      left -= units
      state = head[chosen]!
      last = here
      here = chosenId
    }
    return words
  }

  /** From the meeting point to an id; where what was written begins. `taken`: words that stand at the front. */
  const descend = (
    id: number,
    { id: meet, lane, after }: Meeting,
    { into, inUnits }: WeightSet,
    taken: number,
  ): number => {
    let last = -1
    let begin = found.length
    for (let left = after; left > 0; ) {
      if (begin === taken) return FULL
      let chosen = -1
      let at = -1
      for (let i = firstIn[id]!; i < firstIn[id + 1]!; i++) {
        const before = inTail[i]!
        if (before < meet || before === last) continue
        if (at >= 0 && into[labelAt[inTail[at]!]! + lane]! + inUnits[at]! === left) chosen = at
        at = i
      }
      if (chosen < 0) chosen = at
      const units = inUnits[chosen]!
      begin -= 2
      found[begin] = inMove[chosen]!
      found[begin + 1] = units
      left -= units
      last = id
      id = inTail[chosen]!
    }
    return begin
  }

  return (set, weights, from, to) => {
    const meet = meeting(set, idOf[from]!, idOf[to]!)
    if (!meet) return null
    for (;;) {
      const words = climb(from, meet, set.out, weights)
      const begin = words === FULL ? FULL : descend(idOf[to]!, meet, set, words)
      if (begin === FULL) found = new Uint32Array(2 * found.length)
      else return found.copyWithin(words, begin).subarray(0, words + found.length - begin)
    }
  }
}
