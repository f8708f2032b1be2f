/**
 * Junctions, bends, shapes and named places stand on a grid of five millionths of a degree (0.56 m of latitude), so no
 * place is more than 0.28 m of latitude or longitude from where its source has it. All else that is said of a city, its
 * lengths and times too, is worked out from places on the grid.
 */
export const GRAIN = 5

/** A coordinate in degrees as millionths of a degree, on the grid. */
export function onGrain(degrees: number): number {
  return Math.round(degrees * (1e6 / GRAIN)) * GRAIN
}
