/** What the terms take off a fare for a pickup later than the driver's signed promise: nobody gains by promising too much. */
export interface LateRule {
  readonly graceMs: number
  /** Thousandths of the fare by second beyond the grace. */
  readonly perMille: number
  readonly mostPerMille: number
}

/** A hundredth of the fare for each second beyond 20 seconds, up to all of it: measured by `npm run bench -- protocol`. */
export const LATE_RULE: LateRule = { graceMs: 20_000, perMille: 10, mostPerMille: 1_000 }

/** The deduction in the fare's minor units, rounded down. */
export function lateDeduction(fare: bigint, promiseMs: number, arrivedMs: number, rule: LateRule): bigint {
  const lateS = Math.floor(Math.max(0, arrivedMs - promiseMs - rule.graceMs) / 1000)
  return (fare * BigInt(Math.min(rule.mostPerMille, lateS * rule.perMille))) / 1000n
}
