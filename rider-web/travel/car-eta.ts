import type { Hearers } from '../hearers.ts'

/** Square kilometres that the first two steps of a request reach, and all three, roughly: H3 cells of res 7 and res 5. */
const NEAR_KM2 = 36
const FAR_KM2 = 250
/** Kilometres of street to one by air, and a car's speed in a city, metres a second. */
const DETOUR = 1.4
const CAR_MPS = 7
/** Until a driver has answered and set off, and the least and the most that is reckoned with, seconds. */
const START_S = 60
const LEAST_S = 120
const MOST_S = 1800

/**
 * When a car can be where the rider is, seconds, by how many drivers hear him now: the nearest of so many that are spread
 * at random is on average half the square root of a driver's share of the area away. Null where none hears him.
 * Nobody tells where cars are before one is asked for, so no better guess can be had; offers say it by the street.
 */
export function carEta(hearers: Hearers | null): number | null {
  if (hearers === null || hearers.all === 0) return null
  const share = hearers.near > 0 ? NEAR_KM2 / hearers.near : FAR_KM2 / hearers.all
  const metres = 0.5 * Math.sqrt(share) * 1000 * DETOUR
  return Math.round(Math.min(MOST_S, Math.max(LEAST_S, START_S + metres / CAR_MPS)))
}
