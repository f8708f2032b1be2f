import { FAR } from '../kernel/label-kernel.ts'

/** Indices of the `k` soonest of those who have a way, soonest first, ties by id. */
export function soonest(
  drivers: readonly { readonly id: string }[],
  units: Uint32Array,
  k: number,
): number[] {
  const top: number[] = []
  /** No driver who takes longer counts any more. */
  let worst = FAR - 1
  for (let i = 0; i < drivers.length; i++) {
    const time = units[i]!
    if (time > worst) continue
    const { id } = drivers[i]!
    let at = top.length
    while (at > 0 && isAfter(units[top[at - 1]!]!, drivers[top[at - 1]!]!.id, time, id)) at--
    if (at === k) continue
    top.splice(at, 0, i)
    if (top.length > k) top.pop()
    if (top.length === k) worst = units[top[k - 1]!]!
  }
  return top
}

function isAfter(time: number, id: string, than: number, thanId: string): boolean {
  return time > than || (time === than && id > thanId)
}
