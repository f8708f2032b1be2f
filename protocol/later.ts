/** Rides asked for ahead of time. `pickupAtMs` is when the car is wanted; 0 means as soon as can be. */

/** Wanted times are whole multiples of this, so that a second does not tell one rider from another. Ms. */
export const LATER_STEP_MS = 300_000

/** Times of a booked ride, seconds. */
export const LATER_S = {
  /** The nearest and the farthest time that can be asked for. */
  least: 900,
  most: 86_400,
  /** So long before the pickup it becomes the driver's trip, and he is told the exact place. */
  lead: 1_800,
  /** The car may come so long after the wanted time before it is late. */
  window: 600,
  /** A cancel is free until so long before the pickup. */
  free: 1_800,
  /** The request is said again this often while nobody has been chosen. */
  repeat: 60,
  /** An offer for later stands so long. */
  offer: 600,
  /** A driver takes no two bookings closer together than this. */
  apart: 3_600,
} as const

/** True while a booked pickup is so far ahead that nobody drives for it yet. */
export const isAhead = (pickupAtMs: number, nowMs: number): boolean =>
  pickupAtMs !== 0 && nowMs < pickupAtMs - LATER_S.lead * 1000

/** The wanted time as a request says it, ms: on the grid, not before what was asked. */
export const laterGrid = (pickupAtMs: number): number => Math.ceil(pickupAtMs / LATER_STEP_MS) * LATER_STEP_MS

/** Whether a ride can be asked for at this time: now (0), or some minutes to a day ahead. */
export const isBookable = (pickupAtMs: number, nowMs: number): boolean =>
  pickupAtMs === 0 ||
  (pickupAtMs >= nowMs + LATER_S.least * 1000 && pickupAtMs <= nowMs + LATER_S.most * 1000)
