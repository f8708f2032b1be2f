/** What the terms take off a fare for a pickup later than the driver's signed promise: nobody gains by promising too much. */
export interface LateRule {
  readonly graceMs: number
  /** Thousandths of the fare by second beyond the grace. */
  readonly perMille: number
  readonly mostPerMille: number
}

/**
 * Three hundredths of the fare for each second beyond three, up to all of it (`npm run bench -- protocol` has what liars gain). With
 * 20 seconds of grace and a hundredth, who claimed half his time earned 40 % more at 40 % load.
 */
export const LATE_RULE: LateRule = { graceMs: 3_000, perMille: 30, mostPerMille: 1_000 }

/** The deduction in the fare's minor units, rounded down. */
export function lateDeduction(fare: bigint, promiseMs: number, arrivedMs: number, rule: LateRule): bigint {
  const lateS = Math.floor(Math.max(0, arrivedMs - promiseMs - rule.graceMs) / 1000)
  return (fare * BigInt(Math.min(rule.mostPerMille, lateS * rule.perMille))) / 1000n
}
