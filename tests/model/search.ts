/** Breadth-first search over the joint states of a world: every state once, the shortest way to a broken rule. */
import { judgeRow } from './judge-row.ts'
import type { Row, World } from './world.ts'

/** What a search found. */
export interface Found {
  readonly states: number
  readonly transitions: number
  readonly depth: number
  /** False where the limit ended the search. */
  readonly isWhole: boolean
  /** The first broken rule, and the labels of the steps that lead to it. */
  readonly fault: { readonly rule: string; readonly trace: readonly string[] } | null
}

const WIDTH = 5

/** Searches until nothing is new, a rule is broken, or `most` states are kept. */
export function search(world: World, most: number): Found {
  const rows = new Int32Array(most * WIDTH)
  const parents = new Int32Array(most)
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(most * 2 + 2)))
  const mask = slots.length - 1
  const judge = judgeRow(world)
  let count = 0
  let transitions = 0
  let depth = 0

  /** The row's place; negative (-place - 1) where it was there already. Undefined when there is no room. */
  const add = (row: Row, parent: number): number | undefined => {
    let hash = 0x9e3779b9
    for (const id of row) hash = Math.imul((hash ^ id) >>> 0, 0x85ebca6b) ^ (hash >>> 13)
    for (let slot = (hash ^ (hash >>> 16)) & mask; ; slot = (slot + 1) & mask) {
      const found = slots[slot]! - 1
      if (found < 0) {
        if (count === most) return undefined
        slots[slot] = count + 1
        rows.set(row, count * WIDTH)
        parents[count] = parent
        return count++
      }
      const at = found * WIDTH
      if (
        rows[at] === row[0] &&
        rows[at + 1] === row[1] &&
        rows[at + 2] === row[2] &&
        rows[at + 3] === row[3] &&
        rows[at + 4] === row[4]
      )
        return -found - 1
    }
  }
  const rowAt = (at: number): Row => [0, 1, 2, 3, 4].map(i => rows[at * WIDTH + i]!) as unknown as Row
  const traceTo = (at: number): string[] => {
    const labels: string[] = []
    for (let here = at; parents[here]! >= 0; here = parents[here]!) {
      const row = rowAt(here)
      const move = world.moves(rowAt(parents[here]!)).find(each => each.row.every((id, i) => id === row[i]))
      labels.unshift(move!.label)
    }
    return labels
  }
  const found = (isWhole: boolean, fault: Found['fault']): Found => ({
    states: count,
    transitions,
    depth,
    isWhole,
    fault,
  })

  add(world.start, -1)
  let levelEnd = 1
  for (let at = 0; at < count; at++) {
    if (at === levelEnd) {
      levelEnd = count
      depth++
    }
    const row = rowAt(at)
    const rule = judge(row)
    if (rule) return found(false, { rule, trace: traceTo(at) })
    for (const move of world.moves(row)) {
      transitions++
      if (move.faults[0]) return found(false, { rule: move.faults[0], trace: [...traceTo(at), move.label] })
      if (add(move.row, at) === undefined) return found(false, null)
    }
  }
  return found(true, null)
}
