import type { KernelTables } from './kernel-tables.ts'
import { CLOSED } from './label-kernel.ts'
import type { WeightSet } from './weight-set.ts'

/** Give moves `from … end-1` to the arcs of the hierarchy, the least to each; next move. */
export function spread(
  { moveArc, moveDown, inMove }: KernelTables,
  units: Uint32Array,
  { up, down, inUnits }: WeightSet,
  from: number,
  end: number,
): number {
  if (from === 0) {
    up.fill(CLOSED)
    down.fill(CLOSED)
  }
  for (let m = from; m < end; m++) {
    inUnits[m] = units[inMove[m]!]!
    const arc = moveArc[m]!
    if (arc === 0xffffffff) continue
    const way = moveDown[m] ? down : up
    if (units[m]! < way[arc]!) way[arc] = units[m]!
  }
  return end
}

/**
 * Basic customisation (Dibbelt, Strasser and Wagner 2014): ids from the last to the first; each pair of upward arcs of
 * an id is a way between their heads, which the arc between these may not exceed. `done` ids are finished; new `done`.
 */
export function triangles(
  { upFirst, upHead }: KernelTables,
  { up, down }: WeightSet,
  done: number,
  work: number,
): number {
  const states = upFirst.length - 1
  let arcs = 0
  while (done < states && arcs < work) {
    const v = states - 1 - done++
    const first = upFirst[v]!
    const end = upFirst[v + 1]!
    arcs += end - first
    for (let i = end - 1; i > first; i--) {
      const a = upHead[i]!
      const upA = up[i]!
      const downA = down[i]!
      let k = upFirst[a]!
      for (let j = first; j < i; j++, k++) {
        const b = upHead[j]!
        while (upHead[k] !== b) k++
        const climb = downA + up[j]!
        const fall = down[j]! + upA
        if (climb < up[k]!) up[k] = climb
        if (fall < down[k]!) down[k] = fall
      }
    }
  }
  return done
}
