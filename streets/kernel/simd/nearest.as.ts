/** k nearest drivers: see `plain-nearest.ts` for the idea. */

import { depthOf, factsOf, labelOf, lcaDepth } from './ancestors.as'
import {
  anyIn, CHAIN, cellAt, classesIn, commonOf, firstOf, kindOf, LAST, lanesOf, minimaOf, occupiedOf, parentOf, setClassesIn,
  sizeOf,
} from './cells.as'
import { goalId, needGoal } from './distance.as'
import { goalArcAt, offerRound, offerStraight } from './driver-places.as'
import { classesAtId, offerAll } from './drivers.as'
import { foundCount, worstUnits } from './found.as'
import { layOutBlocks, leastGoal, leastToGoal } from './goal-blocks.as'
import { clearHeap, heapSize, pop, push, topUnits } from './heap.as'
import { FAR, NONE, u32at } from './memory.as'
import { lastEntry } from './rows.as'
import { chainIds, isTurns, out, spotOf } from './tables.as'
import { needMoves } from './waiting-moves.as'
import { walk } from './walk.as'

/** Drivers at the ids of a leaf; `lanes` 0: the goal is in it. */
function searchLeaf(p: usize, lanes: u32, needs: u32): void {
  const first = firstOf(p)
  const isChain = kindOf(p) == CHAIN
  const top = commonOf(p) + 1
  let classes: u32 = 0
  for (let occupied = occupiedOf(p); occupied; occupied &= occupied - 1) {
    const slot = ctz<u32>(occupied)
    const id = isChain ? u32at(chainIds, first + slot) : first + slot
    if (needs) {
      const all = classesAtId(id)
      classes |= all
      if ((all & needs) != needs) continue
    }
    const shared = lanes ? (isChain ? min<u32>(lanes, top + slot) : lanes) : lcaDepth(id, goalId) + 1
    const units = leastToGoal(out + labelOf(factsOf(id)), shared)
    if (units > worstUnits) continue
    const arc = isTurns ? goalArcAt(id) : NONE
    if (arc != NONE) offerRound(id, arc, needs)
    else offerAll(lastEntry(id), units, needs)
  }
  if (needs) setClassesIn(p, classes)
}

/** A cell without the goal into the heap, with the lanes by which it is bounded. */
function enter(cell: u32, lanes: u32, needs: u32): void {
  let p = cellAt(cell)
  let occupied: u32
  for (;;) {
    if (!anyIn(p, needs)) return
    lanes = min<u32>(lanes, lanesOf(p))
    occupied = occupiedOf(p)
    if (kindOf(p) || occupied & (occupied - 1) || occupied >> LAST) break
    cell = firstOf(p) + ctz<u32>(occupied)
    p = cellAt(cell)
  }
  if (kindOf(p) && !(occupied & (occupied - 1))) return searchLeaf(p, lanes, needs)
  const bound = leastToGoal(minimaOf(p), lanes)
  if (bound < FAR && bound <= worstUnits) push(((<u64>bound) << 48) | ((<u64>lanes) << 32) | (<u64>cell))
}

/** The cells in an inner cell, but for `known`. */
function open(p: usize, lanes: u32, needs: u32, known: u32): void {
  const first = firstOf(p)
  let classes: u32 = 0
  for (let occupied = occupiedOf(p); occupied; occupied &= occupied - 1) {
    const slot = ctz<u32>(occupied)
    const end = slot == LAST ? first + sizeOf(p) : first + slot + 1
    for (let c = first + slot; c < end; c++) {
      if (c != known) enter(c, lanes, needs)
      classes |= classesIn(cellAt(c))
    }
  }
  if (needs) setClassesIn(p, classes)
}

/** From the goal's leaf outward and best-first. */
function search(needs: u32): void {
  let inner = u32at(spotOf, goalId) >> 5
  let p = cellAt(inner)
  if (kindOf(p) == CHAIN) {
    inner = parentOf(p)
    p = cellAt(inner)
    open(p, depthOf(factsOf(goalId)) + 1, needs, NONE)
  } else if (anyIn(p, needs)) searchLeaf(p, 0, needs)
  let outside = leastGoal(commonOf(p))
  for (;;) {
    const near = heapSize() ? topUnits() : FAR
    const least = min<u32>(outside, near)
    if (least >= FAR || least > worstUnits) return
    if (outside <= near) {
      const lanes = commonOf(p)
      const known = inner
      inner = parentOf(p)
      p = cellAt(inner)
      open(p, lanes, needs, known)
      outside = leastGoal(commonOf(p))
    } else {
      const top = pop()
      const cell = cellAt(<u32>top)
      const lanes = <u32>(top >> 32) & 0xffff
      if (kindOf(cell)) searchLeaf(cell, lanes, needs)
      else open(cell, lanes, needs, NONE)
    }
  }
}

/** Fill the list begun by `beginNearest`; up to `near` states are walked first. Number of drivers found. */
export function nearest(needs: u32, near: u32): u32 {
  needMoves()
  offerStraight(needs)
  if (goalId != NONE && anyIn(cellAt(0), needs) && !walk(needs, near)) {
    needGoal()
    layOutBlocks(depthOf(factsOf(goalId)) + 1)
    clearHeap()
    search(needs)
  }
  return foundCount
}
