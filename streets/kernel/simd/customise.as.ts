/** Weights into the hierarchy and out of it: see `plain-customise.ts` and `plain-labels.ts` for the steps. */

import { keepLeast, relax } from './lanes.as'
import { CLOSED, FAR, padded, put, u16at, u32at } from './memory.as'
import {
  cellOf,
  cellParent,
  cells,
  common,
  depth,
  inMove,
  labelAt,
  minimaAt,
  moveArc,
  moveDown,
  moveUnits,
  states,
  upFirst,
  upHead,
} from './tables.as'

/** Give moves from number `from` on to the arcs of the hierarchy; next move. */
export function spread(up: usize, down: usize, inUnits: usize, from: u32, end: u32): u32 {
  if (from == 0) {
    const bytes = (<usize>u32at(upFirst, states)) << 2
    memory.fill(up, 0x3f, bytes)
    memory.fill(down, 0x3f, bytes)
  }
  for (let m = from; m < end; m++) {
    put(inUnits, m, u32at(moveUnits, u32at(inMove, m)))
    const arc = u32at(moveArc, m)
    if (arc == 0xffffffff) continue
    const units = u32at(moveUnits, m)
    const way = load<u8>(moveDown + m) ? down : up
    if (units < u32at(way, arc)) put(way, arc, units)
  }
  return end
}

/** Lower triangles of `done` and later ids, counted from the last one, for about `work` arcs; new `done`. */
export function triangles(up: usize, down: usize, done: u32, work: u32): u32 {
  let arcs: u32 = 0
  while (done < states && arcs < work) {
    const v = states - 1 - done++
    const first = u32at(upFirst, v)
    const end = u32at(upFirst, v + 1)
    arcs += end - first
    for (let i = end; i-- > first + 1; ) {
      const a = u32at(upHead, i)
      const upA = u32at(up, i)
      const downA = u32at(down, i)
      let k = u32at(upFirst, a)
      for (let j = first; j < i; j++) {
        const b = u32at(upHead, j)
        while (u32at(upHead, k) != b) k++
        const climb = downA + u32at(up, j)
        const fall = u32at(down, j) + upA
        if (climb < u32at(up, k)) put(up, k, climb)
        if (fall < u32at(down, k)) put(down, k, fall)
        k++
      }
    }
  }
  return done
}

/** Labels of ids from `v` on, for about `work` arcs; next id. */
export function labels(up: usize, down: usize, out: usize, into: usize, v: u32, work: u32): u32 {
  let arcs: u32 = 0
  for (; v < states && arcs < work; v++) {
    const at = (<usize>u32at(labelAt, v)) << 1
    const own = u16at(depth, v)
    const bytes = (<usize>padded(own + 1)) << 1
    memory.fill(out + at, 0xff, bytes)
    memory.fill(into + at, 0xff, bytes)
    const end = u32at(upFirst, v + 1)
    let e = u32at(upFirst, v)
    arcs += end - e + 1
    for (; e < end; e++) {
      const head = u32at(upHead, e)
      const from = (<usize>u32at(labelAt, head)) << 1
      const lanes = u16at(depth, head) + 1
      const there = u32at(up, e)
      const back = u32at(down, e)
      if (there < FAR) relax(out + at, out + from, there, lanes)
      if (back < FAR) relax(into + at, into + from, back, lanes)
    }
    store<u16>(out + at + ((<usize>own) << 1), 0)
    store<u16>(into + at + ((<usize>own) << 1), 0)
  }
  return v
}

/** Cell minima of ids from `v` on, for about `work` ids; next id. */
export function leastOfCells(out: usize, minima: usize, v: u32, work: u32): u32 {
  if (v == 0) memory.fill(minima, 0xff, (<usize>u32at(minimaAt, cells)) << 1)
  const end = states - v > work ? v + work : states
  for (; v < end; v++) {
    const c = u32at(cellOf, v)
    keepLeast(
      minima + ((<usize>u32at(minimaAt, c)) << 1),
      out + ((<usize>u32at(labelAt, v)) << 1),
      u16at(common, c),
    )
  }
  if (v < states) return v
  for (let c = cells - 1; c > 0; c--) {
    const p = u32at(cellParent, c)
    const from = minima + ((<usize>u32at(minimaAt, c)) << 1)
    keepLeast(minima + ((<usize>u32at(minimaAt, p)) << 1), from, u16at(common, p))
  }
  return v
}
