import { FAR } from '../kernel/label-kernel.ts'

/** Indices of the `k` soonest of those who have a way, soonest first, ties by id. */
export function rankPlaced(
  drivers: readonly { readonly id: string }[],
  units: Uint32Array,
  k: number,
): number[] {
  const isBefore = (a: number, b: number): boolean =>
    units[a]! < units[b]! || (units[a] === units[b] && drivers[a]!.id < drivers[b]!.id)
  const top: number[] = []
  for (let i = 0; i < drivers.length; i++) {
    if (units[i]! >= FAR || (top.length === k && !isBefore(i, top[k - 1]!))) continue
    let at = top.length
    while (at > 0 && isBefore(i, top[at - 1]!)) at--
    top.splice(at, 0, i)
    if (top.length > k) top.pop()
  }
  return top
}
