import { type AncestorIndex, lcaDepth } from '../labels/ancestor-index.ts'
import { type KernelTables, mostLanes } from './kernel-tables.ts'
import { FAR } from './label-kernel.ts'
import { relax } from './plain-labels.ts'
import type { WeightSet } from './weight-set.ts'

/** Least a[at + i] + b[start + i] over `lanes` lanes, `FAR` at most. */
export function leastSum(a: Uint16Array, at: number, b: Uint16Array, start: number, lanes: number): number {
  let least = FAR
  for (let i = 0; i < lanes; i++) {
    const sum = a[at + i]! + b[start + i]!
    if (sum < least) least = sum
  }
  return least
}

/**
 * Times between states and to a goal by labels. The goal's label merges those of its entry states: they lie on one
 * chain, so ancestors of the upper ones are ancestors of the deepest one too, and its lanes beyond an upper one's
 * depth come from the deeper ones alone. What an id shares with the deepest one is what it must look at.
 */
export class PlainDistance {
  readonly goal: Uint16Array
  readonly #t: KernelTables & AncestorIndex
  #set: WeightSet
  /** Entry states of the goal, as ids, with what to add. */
  readonly ids: number[] = []
  readonly adds: number[] = []
  /** The deepest of them; -1: no goal. */
  deepest = -1

  constructor(tables: KernelTables, set: WeightSet) {
    this.#t = tables
    this.#set = set
    this.goal = new Uint16Array(mostLanes(tables))
  }

  answerBy(set: WeightSet): void {
    this.#set = set
  }

  distance(from: number, to: number): number {
    return this.between(this.#t.idOf[from]!, this.#t.idOf[to]!)
  }

  /** Units between two ids. */
  between(a: number, b: number): number {
    const { labelAt, depth } = this.#t
    const lanes = lcaDepth(this.#t, depth, a, b) + 1
    return leastSum(this.#set.out, labelAt[a]!, this.#set.into, labelAt[b]!, lanes)
  }

  /** The goal where it is a place; -1: it is none. What its queries are too long by. */
  goalEdge = -1
  goalFraction = 0
  goalShift = 0

  clearGoal(): void {
    this.goalEdge = -1
    this.ids.length = this.adds.length = 0
    this.deepest = -1
  }

  addGoal(state: number, units: number): boolean {
    const { depth, idOf } = this.#t
    const id = idOf[state]!
    if (this.deepest >= 0) {
      const shared = lcaDepth(this.#t, depth, id, this.deepest)
      if (shared !== Math.min(depth[id]!, depth[this.deepest]!)) return false
    }
    this.addGoalId(id, units)
    return true
  }

  /** One more entry, which is known to lie on one chain with the others: the deepest has the greatest id. */
  addGoalId(id: number, units: number): void {
    this.deepest = Math.max(this.deepest, id)
    this.ids.push(id)
    this.adds.push(Math.min(units, FAR))
  }

  mergeGoal(): void {
    const { depth, labelAt } = this.#t
    this.goal.fill(FAR)
    this.ids.forEach((id, i) => {
      relax(this.goal, 0, this.#set.into, labelAt[id]!, this.adds[i]!, depth[id]! + 1)
    })
  }

  /** Units from an id to the goal over its first `lanes` ancestors; 0: over those that it shares with the goal. */
  toGoal(id: number, lanes: number): number {
    const { labelAt, depth } = this.#t
    const shared = lanes > 0 ? lanes : lcaDepth(this.#t, depth, id, this.deepest) + 1
    return leastSum(this.#set.out, labelAt[id]!, this.goal, 0, shared)
  }

  timeToGoal(from: number): number {
    return this.deepest < 0 ? FAR : this.toGoal(this.#t.idOf[from]!, 0)
  }
}
