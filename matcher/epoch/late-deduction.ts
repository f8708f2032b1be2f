/** What the terms take off a fare for a pickup later than the driver's signed promise: nobody gains by promising too much. */
export interface LateRule {
  readonly graceMs: number
  /** Thousandths of the fare by second beyond the grace, by the millisecond. */
  readonly perMille: number
  readonly mostPerMille: number
}

/**
 * Six hundredths of the fare for each second, from the first millisecond on, up to all of it. Whoever claims 95 % of his
 * time wins so many more rides where cars abound that three seconds of grace left him 13 % more income, and whole seconds
 * of four hundredths 7 % (`npm run bench -- protocol --only liars`).
 */
export const LATE_RULE: LateRule = { graceMs: 0, perMille: 60, mostPerMille: 1_000 }

/** The deduction in the fare's minor units, rounded down. */
export function lateDeduction(fare: bigint, promiseMs: number, arrivedMs: number, rule: LateRule): bigint {
  const lateMs = Math.floor(Math.max(0, arrivedMs - promiseMs - rule.graceMs))
  return (fare * BigInt(Math.min(1000 * rule.mostPerMille, lateMs * rule.perMille))) / 1_000_000n
}
