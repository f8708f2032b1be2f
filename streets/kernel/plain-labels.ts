import { MOST_IDS } from '../labels/separator-tree.ts'
import type { KernelTables } from './kernel-tables.ts'
import { FAR } from './label-kernel.ts'
import type { WeightSet } from './weight-set.ts'

/** into[at + i] = min(into[at + i], from[start + i] + add, FAR) for `lanes` lanes. */
export function relax(
  into: Uint16Array,
  at: number,
  from: Uint16Array,
  start: number,
  add: number,
  lanes: number,
): void {
  for (let i = 0; i < lanes; i++) {
    const units = from[start + i]! + add
    if (units < into[at + i]!) into[at + i] = units
  }
}

/** Labels of ids from `v` on, for about `work` arcs: by each arc upward, all that its head knows. Next id. */
export function labels(
  { upFirst, upHead, depth, labelAt, spotOf, cellLanes, minimaAt }: KernelTables,
  { ways, out, into, minima }: WeightSet,
  v: number,
  work: number,
): number {
  if (v === 0) minima.fill(FAR)
  const states = depth.length
  let arcs = 0
  for (; v < states && arcs < work; v++) {
    const at = labelAt[v]!
    out.fill(FAR, at, labelAt[v + 1]!)
    into.fill(FAR, at, labelAt[v + 1]!)
    const first = upFirst[v]!
    arcs += upFirst[v + 1]! - first + 1
    // Deepest head first: where a head is as near over one of these, it has nothing new to say.
    for (let e = upFirst[v + 1]! - 1; e >= first; e--) {
      const head = upHead[e]!
      const lane = depth[head]!
      const there = ways[2 * e]!
      const back = ways[2 * e + 1]!
      if (there < out[at + lane]!) relax(out, at, out, labelAt[head]!, there, lane + 1)
      if (back < into[at + lane]!) relax(into, at, into, labelAt[head]!, back, lane + 1)
    }
    out[at + depth[v]!] = 0
    into[at + depth[v]!] = 0
    const c = Math.floor(spotOf[v]! / MOST_IDS)
    relax(minima, minimaAt[c]!, out, at, 0, Math.min(cellLanes[c]!, depth[v]! + 1))
  }
  return v
}

/** Cell minima of inner cells, of those of the cells in them. */
export function leastOfCells({ cellParent, cellLanes, minimaAt }: KernelTables, { minima }: WeightSet): void {
  for (let c = cellParent.length - 1; c > 0; c--) {
    const p = cellParent[c]!
    relax(minima, minimaAt[p]!, minima, minimaAt[c]!, 0, cellLanes[p]!)
  }
}
