import type { Sums } from './intervals.ts'

/** A tenth of the zones, by something that orders them. */
export interface Decile {
  /** 1 to 10, the lowest first. */
  readonly decile: number
  readonly zones: number
  readonly count: number
  readonly mean: number
  readonly low: number
  readonly high: number
}

/** Means over tenths of the zones in the order of `rankOf`: people's income, jobs, or how many trips begin there. */
export function zoneDeciles(
  sums: ReadonlyMap<string, Sums>,
  rankOf: (zone: string, sums: Sums) => number,
): readonly Decile[] {
  const zones = [...sums].toSorted(
    ([a, left], [b, right]) => rankOf(a, left) - rankOf(b, right) || (a < b ? -1 : 1),
  )
  return Array.from({ length: 10 }, (_, d) => {
    const part = zones.slice(Math.floor((d * zones.length) / 10), Math.floor(((d + 1) * zones.length) / 10))
    const count = part.reduce((sum, [, each]) => sum + each.count, 0)
    const total = part.reduce((sum, [, each]) => sum + each.sum, 0)
    const squares = part.reduce((sum, [, each]) => sum + each.squares, 0)
    const mean = count > 0 ? total / count : 0
    const error = count > 1 ? Math.sqrt(Math.max(0, squares / count - mean ** 2) / (count - 1)) : 0
    return {
      decile: d + 1,
      zones: part.length,
      count,
      mean,
      low: mean - 1.96 * error,
      high: mean + 1.96 * error,
    }
  })
}
