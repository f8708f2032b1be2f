import { type AssignProblem, TIE_UNIT } from '@hexhail/matcher/assign/problem.ts'

/**
 * The least weight of a problem by the Hungarian method on a full matrix, in bigints: riders down, drivers and a place of
 * one's own to stay unmatched across. Source: e-maxx, «Assignment problem» (public domain).
 */
export function denseBest({ riders, drivers, patience, from, driver, weight }: AssignProblem): bigint {
  const n = riders.length
  const m = drivers.length + n
  const never = BigInt(TIE_UNIT) << 40n
  const cost = Array.from({ length: n }, (_, r) => {
    const row: bigint[] = new Array(m).fill(never)
    for (let e = from[r]!; e < from[r + 1]!; e++) row[driver[e]!] = BigInt(weight[e]!)
    row[drivers.length + r] = BigInt(patience[r]!)
    return row
  })
  const u: bigint[] = new Array(n + 1).fill(0n)
  const v: bigint[] = new Array(m + 1).fill(0n)
  const rowOf: number[] = new Array(m + 1).fill(0)
  for (let r = 1; r <= n; r++) {
    rowOf[0] = r
    const least: bigint[] = new Array(m + 1).fill(never << 20n)
    const used: boolean[] = new Array(m + 1).fill(false)
    const way: number[] = new Array(m + 1).fill(0)
    let at = 0
    do {
      used[at] = true
      const row = rowOf[at]!
      let delta = never << 20n
      let to = 0
      for (let c = 1; c <= m; c++) {
        if (used[c]) continue
        const reduced = cost[row - 1]![c - 1]! - u[row]! - v[c]!
        if (reduced < least[c]!) {
          least[c] = reduced
          way[c] = at
        }
        if (least[c]! < delta) {
          delta = least[c]!
          to = c
        }
      }
      for (let c = 0; c <= m; c++)
        if (used[c]) {
          u[rowOf[c]!]! += delta
          v[c]! -= delta
        } else least[c]! -= delta
      at = to
    } while (rowOf[at] !== 0)
    do {
      const before = way[at]!
      rowOf[at] = rowOf[before]!
      at = before
    } while (at !== 0)
  }
  let sum = 0n
  for (let c = 1; c <= m; c++) if (rowOf[c] !== 0) sum += cost[rowOf[c]! - 1]![c - 1]!
  return sum
}
