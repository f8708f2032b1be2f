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
  { upFirst, upHead, depth, labelAt }: KernelTables,
  { up, down, out, into }: WeightSet,
  v: number,
  work: number,
): number {
  const states = depth.length
  let arcs = 0
  for (; v < states && arcs < work; v++) {
    const at = labelAt[v]!
    out.fill(FAR, at, labelAt[v + 1]!)
    into.fill(FAR, at, labelAt[v + 1]!)
    const end = upFirst[v + 1]!
    arcs += end - upFirst[v]! + 1
    for (let e = upFirst[v]!; e < end; e++) {
      const head = upHead[e]!
      const lanes = depth[head]! + 1
      if (up[e]! < FAR) relax(out, at, out, labelAt[head]!, up[e]!, lanes)
      if (down[e]! < FAR) relax(into, at, into, labelAt[head]!, down[e]!, lanes)
    }
    out[at + depth[v]!] = 0
    into[at + depth[v]!] = 0
  }
  return v
}

/** Cell minima of ids from `v` on, for `work` ids; after the last one those of inner cells. Next id. */
export function leastOfCells(
  { cellOf, cellParent, common, labelAt, minimaAt }: KernelTables,
  { out, minima }: WeightSet,
  v: number,
  work: number,
): number {
  if (v === 0) minima.fill(FAR)
  const states = cellOf.length
  const end = Math.min(states, v + work)
  for (; v < end; v++) {
    const c = cellOf[v]!
    relax(minima, minimaAt[c]!, out, labelAt[v]!, 0, common[c]!)
  }
  if (v < states) return v
  for (let c = common.length - 1; c > 0; c--) {
    const p = cellParent[c]!
    relax(minima, minimaAt[p]!, minima, minimaAt[c]!, 0, common[p]!)
  }
  return v
}
