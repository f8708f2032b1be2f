import { type AncestorIndex, lcaDepth } from '../labels/ancestor-index.ts'
import { labelOffsets } from './kernel-tables.ts'
import { FAR, type KernelInput } from './label-kernel.ts'
import { moveRows } from './move-rows.ts'
import type { WeightSet } from './weight-set.ts'

/** Room for the whole way at first: two words a move. */
const ROOM = 1024

/**
 * Finds the quickest way between two states by labels alone, as pairs (move, units). Its ends meet at an ancestor of
 * both, and a label says how far each id below is from that one by way of what lies below it. So from the start the way
 * goes on by the move whose end is nearer to the meeting point by just the time of the move, and so it does backward
 * from the goal. Both ends take turns, so that what one waits for from memory comes while the other is looked at.
 * `weights` are those of the set, by move. What is given is overwritten by the next search.
 */
export function quickestMoves({
  graph: { states, firstOut, head },
  hierarchy: { idOf, stateOf, parent, depth },
  ancestors: { inlabel, ascendant, exitDepth },
}: Pick<KernelInput, 'graph' | 'hierarchy' | 'ancestors'>): (
  set: WeightSet,
  weights: Uint32Array,
  from: number,
  to: number,
) => Uint32Array | null {
  const index: AncestorIndex = { inlabel, ascendant, exitDepth }
  /** Made for the first way: pages that ask for none do without. */
  let rows: ReturnType<typeof moveRows> | undefined
  /** The way from the start on stands at the front, the way to the goal at the end. */
  let found = new Uint32Array(ROOM)

  /**
   * Where `words` has the move of a row that leads to a state nearer by just its time. Only states at `floor` or below
   * are on the way, told by their labels, and not the one that the way came from. The last move that is left to choose
   * needs no look at its label.
   */
  const choose = (
    words: Uint32Array,
    label: Uint16Array,
    weights: Uint32Array,
    lane: number,
    floor: number,
    last: number,
    row: number,
    left: number,
  ): number => {
    let chosen = -1
    let at = -1
    let labelAt = 0
    for (let i = row + 1; ; i += 2) {
      const word = words[i]!
      const next = word >>> 1
      const nextLabel = words[next]!
      if (nextLabel >= floor && next !== last) {
        if (at >= 0 && label[labelAt + lane]! + weights[words[at + 1]!]! === left) chosen = at
        at = i
        labelAt = nextLabel
      }
      if (word & 1) break
    }
    return chosen < 0 ? at : chosen
  }

  return (set, weights, from, to) => {
    const { out, into } = (rows ??= moveRows({ states, firstOut, head, idOf }, labelOffsets(depth)))
    const outWords = out.words
    const intoWords = into.words
    const outLabel = set.out
    const intoLabel = set.into
    const start = idOf[from]!
    const goal = idOf[to]!
    let row = from + 2 * out.first[from]!
    let goalRow = to + 2 * into.first[to]!
    const outAt = outWords[row]!
    const intoAt = intoWords[goalRow]!
    const lanes = lcaDepth(index, depth, start, goal) + 1
    let least = FAR
    let lane = -1
    for (let i = 0; i < lanes; i++) {
      const units = outLabel[outAt + i]! + intoLabel[intoAt + i]!
      if (units >= least) continue
      least = units
      lane = i
    }
    if (lane < 0) return null
    let meet = start
    for (let d = depth[start]!; d > lane; d--) meet = parent[meet]!
    const meetState = stateOf[meet]!
    const floor = outWords[meetState + 2 * out.first[meetState]!]!

    let before = outLabel[outAt + lane]!
    let after = intoLabel[intoAt + lane]!
    let last = -1
    let goalLast = -1
    let front = 0
    let back = found.length
    while (before + after > 0) {
      if (back - front < 4) {
        const more = new Uint32Array(2 * found.length)
        more.set(found.subarray(0, front))
        more.set(found.subarray(back), more.length - found.length + back)
        back += more.length - found.length
        found = more
      }
      if (before > 0) {
        const at = choose(outWords, outLabel, weights, lane, floor, last, row, before)
        const move = outWords[at + 1]!
        last = row
        row = outWords[at]! >>> 1
        before -= found[front + 1] = weights[move]!
        found[front] = move
        front += 2
      }
      if (after > 0) {
        const at = choose(intoWords, intoLabel, weights, lane, floor, goalLast, goalRow, after)
        const move = intoWords[at + 1]!
        goalLast = goalRow
        goalRow = intoWords[at]! >>> 1
        after -= found[--back] = weights[move]!
        found[--back] = move
      }
    }
    return found.copyWithin(front, back).subarray(0, front + found.length - back)
  }
}
