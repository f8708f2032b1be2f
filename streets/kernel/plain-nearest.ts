import { CHAIN_CELL, INNER_CELL, MOST_IDS } from '../labels/separator-tree.ts'
import type { FoundDrivers } from './found-drivers.ts'
import { type KernelTables, NONE } from './kernel-tables.ts'
import { FAR } from './label-kernel.ts'
import { MinHeap } from './min-heap.ts'
import { leastSum, type PlainDistance } from './plain-distance.ts'
import type { PlainDriverPlaces } from './plain-driver-places.ts'
import type { PlainDrivers } from './plain-drivers.ts'
import type { WeightSet } from './weight-set.ts'

/**
 * The k nearest drivers, by the separator tree from the goal's leaf outward and best-first (after Buchhold and Wagner,
 * arXiv 2103.10359). Who is outside of a cell that holds the goal comes in through an ancestor of the cell, so he
 * needs at least the goal's least lane of these; the least sum of another cell's minima and the goal's lanes bounds
 * all who are in that one. An equal bound is still looked at, for all who share the last one's time are asked for.
 */
export class PlainNearest {
  readonly #t: KernelTables
  readonly #distance: PlainDistance
  readonly #drivers: PlainDrivers
  readonly #stands: PlainDriverPlaces
  readonly #found: FoundDrivers
  #set: WeightSet
  readonly #heap = new MinHeap()
  /** Lanes that the cells in the heap share with the goal. */
  readonly #lanes: Uint16Array

  constructor(
    tables: KernelTables,
    distance: PlainDistance,
    drivers: PlainDrivers,
    stands: PlainDriverPlaces,
    found: FoundDrivers,
    set: WeightSet,
  ) {
    this.#t = tables
    this.#distance = distance
    this.#drivers = drivers
    this.#stands = stands
    this.#found = found
    this.#set = set
    this.#lanes = new Uint16Array(tables.cellParent.length)
  }

  answerBy(set: WeightSet): void {
    this.#set = set
  }

  nearest(k: number, needs: number, out: Uint32Array): number {
    this.#found.begin(k)
    this.#stands.offerStraight(needs)
    if (this.#distance.deepest >= 0 && this.#drivers.cells.anyIn(0, needs)) this.#search(needs)
    return this.#found.take(out)
  }

  #search(needs: number): void {
    const { spotOf, depth } = this.#t
    const { cells } = this.#drivers
    const { deepest } = this.#distance
    const heap = this.#heap
    heap.clear()
    let inner = Math.floor(spotOf[deepest]! / MOST_IDS)
    if (cells.kind(inner) === CHAIN_CELL) {
      inner = cells.parent(inner)
      this.#open(inner, depth[deepest]! + 1, needs, NONE)
    } else if (cells.anyIn(inner, needs)) this.#searchLeaf(inner, 0, needs)
    for (let outside = this.#leastGoal(inner); ; ) {
      const near = heap.topKey
      if (Math.min(outside, near) > this.#found.worstUnits) return
      if (outside <= near) {
        const known = inner
        inner = cells.parent(known)
        this.#open(inner, cells.common(known), needs, known)
        outside = this.#leastGoal(inner)
      } else {
        const cell = heap.pop()
        const lanes = this.#lanes[cell]!
        if (cells.kind(cell) === INNER_CELL) this.#open(cell, lanes, needs, NONE)
        else this.#searchLeaf(cell, lanes, needs)
      }
    }
  }

  /** Least time to the goal from an ancestor of all ids of a cell. */
  #leastGoal(cell: number): number {
    const { goal } = this.#distance
    let least = FAR
    for (let i = this.#drivers.cells.common(cell); i-- > 0; ) if (goal[i]! < least) least = goal[i]!
    return least
  }

  /** The cells in an inner cell, which share `lanes` lanes with the goal or all that they have; but for `known`. */
  #open(cell: number, lanes: number, needs: number, known: number): void {
    const { cells } = this.#drivers
    let classes = 0
    cells.forChildren(cell, child => {
      if (child !== known) this.#enter(child, lanes, needs)
      classes |= cells.classes(child)
    })
    if (needs !== 0) cells.setClasses(cell, classes)
  }

  /** A cell without the goal into the heap. Where it has one occupied child only, that one; a single id is timed now. */
  #enter(cell: number, lanes: number, needs: number): void {
    const { cells } = this.#drivers
    for (;;) {
      if (!cells.anyIn(cell, needs)) return
      lanes = Math.min(lanes, cells.lanes(cell))
      const only = cells.onlyChild(cell)
      if (only < 0) break
      cell = only
    }
    const occupied = cells.occupied(cell)
    if (cells.kind(cell) !== INNER_CELL && (occupied & (occupied - 1)) === 0) {
      this.#searchLeaf(cell, lanes, needs)
      return
    }
    const bound = leastSum(this.#set.minima, cells.minima(cell), this.#distance.goal, 0, lanes)
    if (bound >= FAR || bound > this.#found.worstUnits) return
    this.#lanes[cell] = lanes
    this.#heap.push(bound, cell)
  }

  /** Drivers at the ids of a leaf; `lanes` 0: the goal is in it, and each id has its own ancestors with the goal. */
  #searchLeaf(cell: number, lanes: number, needs: number): void {
    const { cells, firstAt } = this.#drivers
    const first = cells.first(cell)
    const isChain = cells.kind(cell) === CHAIN_CELL
    let classes = 0
    for (let occupied = cells.occupied(cell); occupied !== 0; occupied &= occupied - 1) {
      const slot = 31 - Math.clz32(occupied & -occupied)
      const id = isChain ? this.#t.chainIds[first + slot]! : first + slot
      const shared = isChain ? Math.min(lanes, cells.common(cell) + slot + 1) : lanes
      const units = this.#distance.toGoal(id, shared)
      const arc = this.#stands.goalArcAt(id)
      if (arc >= 0) this.#stands.offerRound(arc, needs)
      for (let e = firstAt[id]!; e !== NONE; e = this.#drivers.next(e)) {
        classes |= this.#drivers.classes(e)
        if (arc < 0 && this.#drivers.fits(e, needs))
          this.#found.offer(units + this.#drivers.rest(e), this.#drivers.driverOf(e), this.#drivers.order(e))
      }
    }
    if (needs !== 0) cells.setClasses(cell, classes)
  }
}
