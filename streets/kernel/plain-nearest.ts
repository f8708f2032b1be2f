import { CHAIN_CELL } from '../labels/separator-tree.ts'
import type { FoundDrivers } from './found-drivers.ts'
import { type KernelTables, NEAR_STATES, NONE } from './kernel-tables.ts'
import { FAR } from './label-kernel.ts'
import { MinHeap } from './min-heap.ts'
import { leastSum, type PlainDistance } from './plain-distance.ts'
import type { PlainDrivers } from './plain-drivers.ts'
import type { WeightSet } from './weight-set.ts'

/**
 * The k nearest drivers. Where cars stand close together a backward walk from the goal meets them all within
 * `NEAR_STATES` states. Else the separator tree is searched best-first (after Buchhold and Wagner, arXiv 2103.10359):
 * the least sum of a cell's minima and the goal's lanes is a lower bound for all entries in it. An equal bound is
 * still opened, since a driver of a smaller number may stand there.
 */
export class PlainNearest {
  readonly #t: KernelTables
  readonly #distance: PlainDistance
  readonly #drivers: PlainDrivers
  readonly #found: FoundDrivers
  #set: WeightSet
  readonly #heap = new MinHeap()
  readonly #settledBy: Uint32Array
  #search = 0
  /** Lanes by which the cells in the heap were bounded; 0: the goal is in the cell, or it is on the goal's chain. */
  readonly #lanes: Uint16Array

  constructor(
    tables: KernelTables,
    distance: PlainDistance,
    drivers: PlainDrivers,
    found: FoundDrivers,
    set: WeightSet,
  ) {
    this.#t = tables
    this.#distance = distance
    this.#drivers = drivers
    this.#found = found
    this.#set = set
    this.#settledBy = new Uint32Array(tables.idOf.length)
    this.#lanes = new Uint16Array(tables.common.length)
  }

  answerBy(set: WeightSet): void {
    this.#set = set
  }

  nearest(needs: number): number {
    if (this.#distance.deepest >= 0 && this.#drivers.anyIn(0, needs) && !this.#walk(needs)) {
      this.#searchCells(needs)
    }
    return this.#found.count
  }

  /**
   * Walk the moves backward from the goal; true when nothing better is left. Not begun where drivers are few (it would
   * have to go on in the cells), and left early where fewer than half of those are met that must be.
   */
  #walk(needs: number): boolean {
    const { firstIn, inTail, idOf } = this.#t
    const heap = this.#heap
    const found = this.#found
    const settledBy = this.#settledBy
    if (this.#drivers.count[0]! * NEAR_STATES * 2 < found.wanted * idOf.length * 3) return false
    const search = ++this.#search
    const { ids, adds } = this.#distance
    heap.clear()
    ids.forEach((id, i) => {
      heap.push(adds[i]!, id)
    })
    for (let settled = 0; heap.topKey < Number.POSITIVE_INFINITY; ) {
      const units = heap.topKey
      if (units > found.worstUnits || units >= FAR) return true
      const id = heap.pop()
      if (settledBy[id] === search) continue
      if (settled === NEAR_STATES) return false
      if (settled >= 16 && 2 * found.count * NEAR_STATES < found.wanted * settled) return false
      settled++
      settledBy[id] = search
      this.#meet(id, units, needs)
      for (let m = firstIn[id]!; m < firstIn[id + 1]!; m++) {
        const time = units + this.#set.inUnits[m]!
        if (time < FAR && time <= found.worstUnits) heap.push(time, inTail[m]!)
      }
    }
    return true
  }

  #meet(id: number, units: number, needs: number): void {
    const drivers = this.#drivers
    for (let e = drivers.firstAt[id]!; e !== NONE && drivers.id(e) === id; e = drivers.next(e)) {
      if (drivers.counts(e, needs)) this.#found.offer(units + drivers.rest(e), drivers.driverOf(e))
    }
  }

  #searchCells(needs: number): void {
    const heap = this.#heap
    heap.clear()
    heap.push(0, 0)
    this.#lanes[0] = 0
    while (heap.topKey <= this.#found.worstUnits && heap.topKey < Number.POSITIVE_INFINITY) {
      const cell = heap.pop()
      if (this.#t.firstChild[cell] === NONE) this.#searchLeaf(cell, needs)
      else this.#open(cell, needs)
    }
  }

  #searchLeaf(cell: number, needs: number): void {
    const drivers = this.#drivers
    const lanes = this.#lanes[cell]!
    for (let e = drivers.firstInCell[cell]!; e !== NONE; e = drivers.next(e)) {
      if (!drivers.counts(e, needs)) continue
      this.#found.offer(this.#distance.toGoal(drivers.id(e), lanes) + drivers.rest(e), drivers.driverOf(e))
    }
  }

  #holdsGoal(cell: number): boolean {
    const id = this.#distance.deepest
    return id >= this.#t.low[cell]! && id <= this.#t.high[cell]!
  }

  /**
   * Cells of an inner cell into the heap. In a cell without the goal all share the same ancestors with it. In one with
   * it the separator is a chain, from which the goal branches off at one id and each cell at another: what they share
   * ends at the higher one.
   */
  #open(cell: number, needs: number): void {
    const { firstChild, nextSibling, kind, common, minimaAt, depth } = this.#t
    const lanes = this.#lanes[cell]!
    let branch = depth[this.#distance.deepest]! + 1
    if (lanes === 0) {
      for (let c = firstChild[cell]!; c !== NONE; c = nextSibling[c]!) {
        if (kind[c] !== CHAIN_CELL && this.#holdsGoal(c)) branch = common[c]!
      }
    }
    for (let c = firstChild[cell]!; c !== NONE; c = nextSibling[c]!) {
      if (!this.#drivers.anyIn(c, needs)) continue
      let own = lanes
      if (lanes === 0 && kind[c] !== CHAIN_CELL && !this.#holdsGoal(c)) own = Math.min(common[c]!, branch)
      const bound = own === 0 ? 0 : leastSum(this.#set.minima, minimaAt[c]!, this.#distance.goal, 0, own)
      if (bound >= FAR || bound > this.#found.worstUnits) continue
      this.#lanes[c] = own
      this.#heap.push(bound, c)
    }
  }
}
