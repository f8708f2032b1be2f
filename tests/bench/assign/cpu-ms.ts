import { quantile } from '../quantile.ts'

/** What a call takes of processor time, milliseconds. */
export interface CpuMs {
  readonly least: number
  readonly median: number
}

/** Times a call some rounds over, after one that warms the compiler up; with what it gave last. */
export function cpuMs<T>(rounds: number, run: () => T): CpuMs & { readonly value: T } {
  let value = run()
  const times = Array.from({ length: rounds }, () => {
    const before = process.cpuUsage()
    value = run()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  })
  return { least: Math.min(...times), median: quantile(times, 0.5)!, value }
}
