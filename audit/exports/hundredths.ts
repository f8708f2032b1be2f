/** Minor units in a hundredth of the token. */
export const HUNDREDTH = 10_000

/**
 * Whole hundredths for an amount of minor units; what does not fill one goes to the next row in `rests[at]`, so that a
 * column's sum is exact. The rest is less than a hundredth.
 */
export function hundredthsOf(amount: number, rests: Float64Array, at: number): number {
  const sum = amount + rests[at]!
  const whole = Math.floor(sum / HUNDREDTH)
  rests[at] = sum - whole * HUNDREDTH
  return whole
}

/** Hundredths as `12.34`. */
export function centsText(cents: number): string {
  if (cents < 0) return `-${centsText(-cents)}`
  const part = cents % 100
  return `${(cents - part) / 100}.${part < 10 ? '0' : ''}${part}`
}
