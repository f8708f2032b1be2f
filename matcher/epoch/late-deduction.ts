/** What the terms take off a fare for a pickup later than the driver's signed promise: nobody gains by promising too much. */
export interface LateRule {
  readonly graceMs: number
  /** Thousandths of the fare by second beyond the grace. */
  readonly perMille: number
  readonly mostPerMille: number
}

/**
 * Four hundredths of the fare for each second, up to all of it. Whoever claims 95 % of his time wins so many more rides where cars
 * abound that three seconds of grace leave him 13 % more income; without any he keeps less than 5 % (`npm run bench -- protocol`).
 */
export const LATE_RULE: LateRule = { graceMs: 0, perMille: 40, mostPerMille: 1_000 }

/** The deduction in the fare's minor units, rounded down. */
export function lateDeduction(fare: bigint, promiseMs: number, arrivedMs: number, rule: LateRule): bigint {
  const lateS = Math.floor(Math.max(0, arrivedMs - promiseMs - rule.graceMs) / 1000)
  return (fare * BigInt(Math.min(rule.mostPerMille, lateS * rule.perMille))) / 1000n
}
