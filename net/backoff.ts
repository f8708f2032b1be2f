/** Full jitter: a random share of a wait that doubles from 0.5 s to 8 s, but never less than `floorMs`. */
export const backoffMs = (attempt: number, random: () => number, floorMs = 0): number =>
  Math.max(floorMs, random() * Math.min(8000, 500 * 2 ** Math.min(attempt, 10)))
