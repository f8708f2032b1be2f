/** Weights into the hierarchy and out of it: see `plain-customise.ts` and `plain-labels.ts` for the steps. */

import { depthOf, factsOf, labelOf } from './ancestors.as'
import { farUpTo, keepLeast, raised, relax } from './lanes.as'
import { CLOSED, FAR, NONE, padded, put, u16at, u32at } from './memory.as'
import {
  cellLanes,
  cellParent,
  cells,
  inMove,
  minimaAt,
  moveUnits,
  moveWay,
  spotOf,
  states,
  upFirst,
  upHead,
} from './tables.as'

/** Both ways of an arc closed. */
const SHUT: u64 = 0x3f3f3f3f3f3f3f3f

/** Give moves from number `from` on to the arcs of the hierarchy; next move. */
export function spread(ways: usize, inUnits: usize, from: u32, end: u32): u32 {
  if (from == 0) memory.fill(ways, 0x3f, (<usize>u32at(upFirst, states)) << 3)
  for (let m = from; m < end; m++) {
    put(inUnits, m, min<u32>(CLOSED, u32at(moveUnits, u32at(inMove, m))))
    const way = u32at(moveWay, m)
    if (way == NONE) continue
    const units = u32at(moveUnits, m)
    if (units < u32at(ways, way)) put(ways, way, units)
  }
  return end
}

/** Word pairs by index. */
// @ts-expect-error: decorator
@inline
function pairAt(p: usize, i: u32): usize {
  return p + ((<usize>i) << 3)
}

/**
 * Lower triangles of `done` and later ids, counted from the last one, for about `work` arcs; new `done`. The labels'
 * room is free until then: `out` holds the weights of the id at hand by the ids of its ancestors, and for each id the
 * next one in the list it is in, with its arc at hand; `into` the first id of each list.
 */
export function triangles(ways: usize, out: usize, into: usize, done: u32, work: u32): u32 {
  const chain = pairAt(out, states)
  if (done == 0) memory.fill(into, 0xff, (<usize>states) << 2)
  let arcs: u32 = 0
  while (done < states && arcs < work) {
    const a = states - 1 - done++
    const first = u32at(upFirst, a)
    const end = u32at(upFirst, a + 1)
    arcs += end - first + 1
    let v = u32at(into, a)
    if (v != NONE) {
      for (let e = first; e < end; e++) store<u64>(pairAt(out, u32at(upHead, e)), load<u64>(pairAt(ways, e)))
      do {
        const link = pairAt(chain, v)
        const next = load<u32>(link)
        const i = load<u32>(link, 4)
        const begin = u32at(upFirst, v)
        const back = rotl<u64>(load<u64>(pairAt(ways, i)), 32)
        if (back != SHUT) {
          const adds = i64x2.splat(back)
          for (let j = begin; j < i; j++) {
            const way = pairAt(out, u32at(upHead, j))
            const over = i32x4.add(v128.load64_zero(pairAt(ways, j)), adds)
            v128.store64_lane(way, i32x4.min_u(v128.load64_zero(way), over), 0)
          }
        }
        arcs++
        enlist(into, chain, v, begin, i)
        v = next
      } while (v != NONE)
      for (let e = first; e < end; e++) store<u64>(pairAt(ways, e), load<u64>(pairAt(out, u32at(upHead, e))))
    }
    enlist(into, chain, a, first, end)
  }
  return done
}

/** Put an id into the list of the head of the arc before `arc`, unless there is no pair of arcs left. */
// @ts-expect-error: decorator
@inline
function enlist(firsts: usize, chain: usize, v: u32, begin: u32, arc: u32): void {
  if (arc < begin + 2) return
  const head = u32at(upHead, arc - 1)
  const link = pairAt(chain, v)
  store<u32>(link, u32at(firsts, head))
  store<u32>(link, arc - 1, 4)
  put(firsts, head, v)
}

/** Labels of ids from `v` on, for about `work` arcs, and the minima of their cells; next id. */
export function labels(ways: usize, out: usize, into: usize, minima: usize, v: u32, work: u32): u32 {
  if (v == 0) memory.fill(minima, 0xff, (<usize>u32at(minimaAt, cells)) << 1)
  let arcs: u32 = 0
  for (; v < states && arcs < work; v++) {
    const at = labelOf(factsOf(v))
    const own = depthOf(factsOf(v))
    const first = u32at(upFirst, v)
    let e = u32at(upFirst, v + 1)
    arcs += e - first + 1
    let outTo: usize = 0
    let intoTo: usize = 0
    while (e-- > first) {
      const head = u32at(upHead, e)
      const from = labelOf(factsOf(head))
      const lane = depthOf(factsOf(head))
      const there = u32at(ways, e << 1)
      const back = u32at(ways, (e << 1) | 1)
      if (there < FAR) outTo = learn(out + at, out + from, there, lane, outTo)
      if (back < FAR) intoTo = learn(into + at, into + from, back, lane, intoTo)
    }
    const bytes = (<usize>padded(own + 1)) << 1
    farUpTo(out + at + outTo, out + at + bytes)
    farUpTo(into + at + intoTo, into + at + bytes)
    store<u16>(out + at + ((<usize>own) << 1), 0)
    store<u16>(into + at + ((<usize>own) << 1), 0)
    const c = u32at(spotOf, v) >> 5
    keepLeast(minima + ((<usize>u32at(minimaAt, c)) << 1), out + at, min<u32>(u16at(cellLanes, c), own + 1))
  }
  return v
}

/**
 * What the head of an arc knows, its own lane being `lane`, into a label of which `known` bytes are made; new `known`.
 * Arcs come deepest head first: where the head is as near over one of these, it has nothing new to say.
 */
// @ts-expect-error: decorator
@inline
function learn(label: usize, from: usize, units: u32, lane: u32, known: usize): usize {
  if (known == 0) {
    raised(label, from, units, lane + 1)
    return (<usize>padded(lane + 1)) << 1
  }
  if (u16at(label, lane) > units) relax(label, from, units, lane + 1)
  return known
}

/** Cell minima of inner cells, of those of the cells in them. */
export function leastOfCells(minima: usize): void {
  for (let c = cells - 1; c > 0; c--) {
    const p = u32at(cellParent, c)
    const from = minima + ((<usize>u32at(minimaAt, c)) << 1)
    keepLeast(minima + ((<usize>u32at(minimaAt, p)) << 1), from, u16at(cellLanes, p))
  }
}
