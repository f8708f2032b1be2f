/** Depth of the lowest common ancestor: see `ancestor-index.ts`. */

import { u16at, u32at } from './memory.as'
import { ascendant, depth, exitDepth, inlabel } from './tables.as'

/** Depth at which the way up from `x` enters the path of height `j`. */
// @ts-expect-error: decorator
@inline
function depthAtHeight(x: u32, j: u32): u32 {
  const lower = u32at(ascendant, x) & ((<u32>1 << j) - 1)
  if (!lower) return u16at(depth, x)
  const k = 31 - clz<u32>(lower)
  return u16at(exitDepth, ((u32at(inlabel, x) >> k) | 1) << k)
}

// @ts-expect-error: decorator
@inline
export function lcaDepth(x: u32, y: u32): u32 {
  const inX = u32at(inlabel, x)
  const inY = u32at(inlabel, y)
  if (inX == inY) return min<u32>(u16at(depth, x), u16at(depth, y))
  const height = max<u32>(max<u32>(31 - clz<u32>(inX ^ inY), ctz<u32>(inX)), ctz<u32>(inY))
  const shared = u32at(ascendant, x) & u32at(ascendant, y) & (<u32>0xffffffff << height)
  const j = ctz<u32>(shared)
  return min<u32>(depthAtHeight(x, j), depthAtHeight(y, j))
}
