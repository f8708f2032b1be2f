/** Kinds of day, and the days of the week (0 Sunday) that are of each. Holidays are not modelled. */
export const DAY_KINDS: readonly { readonly id: string; runs(weekday: number): boolean }[] = [
  { id: 'weekday', runs: day => day >= 1 && day <= 5 },
  { id: 'saturday', runs: day => day === 6 },
  { id: 'sunday', runs: day => day === 0 },
]

/** Minutes between buses of a long variant by kind of day, from an hour on. */
const HEADWAYS: readonly (readonly (readonly [hour: number, minutes: number])[])[] = [
  [
    [5, 20],
    [7, 12],
    [10, 16],
    [16, 12],
    [20, 20],
    [22, 30],
  ],
  [
    [5, 25],
    [8, 18],
    [21, 30],
  ],
  [
    [6, 30],
    [9, 24],
    [21, 40],
  ],
]
const LAST_S = 24.5 * 3600
/** Variants with fewer stops run half as often. */
const LONG = 30

/**
 * Departures of a variant on a kind of day, seconds of the service day, rising; the last ones leave after midnight. What
 * a city's lines really do is theirs to publish: this is a usual day of a big bus city. Variants do not all leave at once.
 */
export function departures(dayKind: number, stops: number, variant: number): number[] {
  const table = HEADWAYS[dayKind]!
  const times: number[] = []
  const stretch = stops < LONG ? 2 : 1
  let s = table[0]![0] * 3600 + ((variant * 7) % (table[0]![1] * stretch)) * 60
  while (s < LAST_S) {
    times.push(s)
    const minutes = table.findLast(([hour]) => hour * 3600 <= s)![1]
    s += minutes * stretch * 60
  }
  return times
}
