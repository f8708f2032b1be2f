/** Minor units in a hundredth of the token. */
export const HUNDREDTH = 10_000

/** Amounts of one column in hundredths; what does not fill one goes to the next row, so that the column's sum is exact. */
export interface Hundredths {
  /** Whole hundredths for an amount of minor units. */
  of(amount: number): number
  /** Minor units that no row has: less than a hundredth. */
  readonly rest: number
  /** Hundredths given out. */
  readonly given: number
}

/** A column with nothing in it. */
export function createHundredths(): Hundredths {
  let rest = 0
  let given = 0
  return {
    of(amount) {
      const whole = Math.floor((amount + rest) / HUNDREDTH)
      rest += amount - whole * HUNDREDTH
      given += whole
      return whole
    },
    get rest() {
      return rest
    },
    get given() {
      return given
    },
  }
}

/** Hundredths as `12.34`. */
export function centsText(cents: number): string {
  if (cents < 0) return `-${centsText(-cents)}`
  const part = cents % 100
  return `${(cents - part) / 100}.${part < 10 ? '0' : ''}${part}`
}
