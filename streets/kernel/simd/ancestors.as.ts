/** What is asked of ids together, packed, and the depth of the lowest common ancestor: see `ancestor-index.ts`. */

import { u16at } from './memory.as'
import { exitDepth, idFacts } from './tables.as'

/** Facts of an id: four words side by side. */
// @ts-expect-error: decorator
@inline
export function factsOf(id: u32): usize {
  return idFacts + ((<usize>id) << 4)
}
/** Where its label begins, in bytes from the first. */
// @ts-expect-error: decorator
@inline
export function labelOf(facts: usize): usize {
  return (<usize>load<u32>(facts)) << 1
}
// @ts-expect-error: decorator
@inline
export function depthOf(facts: usize): u32 {
  return load<u32>(facts, 12)
}

/** Depth at which an id's climb leaves the paths whose heights are in `below`. */
// @ts-expect-error: decorator
@inline
function depthAbove(facts: usize, below: u32): u32 {
  const left = load<u32>(facts, 8) & below
  const k = 31 - clz<u32>(left)
  const path = ((load<u32>(facts, 4) >> k) | 1) << k
  // Looked up even if it is not wanted: a branch on what memory has yet to bring would hold up all that follows.
  const exit = u16at(exitDepth, select<u32>(path, 0, left != 0))
  return select<u32>(exit, depthOf(facts), left != 0)
}

/** Depth of the lowest common ancestor of two ids, told their facts. */
// @ts-expect-error: decorator
@inline
export function lcaOf(p: usize, q: usize): u32 {
  const inP = load<u32>(p, 4)
  const inQ = load<u32>(q, 4)
  const apart = 31 - clz<u32>((inP ^ inQ) | (inP & -inP) | (inQ & -inQ))
  const shared = load<u32>(p, 8) & load<u32>(q, 8) & (<u32>0xffffffff << apart)
  const below = (shared & -shared) - 1
  return min<u32>(depthAbove(p, below), depthAbove(q, below))
}

// @ts-expect-error: decorator
@inline
export function lcaDepth(x: u32, y: u32): u32 {
  return lcaOf(factsOf(x), factsOf(y))
}
