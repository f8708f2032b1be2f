import type { PrivateMessage } from './messages.ts'
import type { ShiftPlace, TripTimes } from './record.ts'
import type { RiderState } from './rider-state.ts'

/** What only the rider can say of a receipt's record, because the two sides may know it differently. */
export interface Said {
  readonly times: TripTimes
  /** Segments of the trace that the record has: those that the rider was told. */
  readonly segments: number
  /** Whether the rider was told the trip's place in the shift. */
  readonly placed: boolean
}

/** Two clocks may differ by this much, ms. */
const CLOCKS_MS = 120_000
/** A request for now is not older than this when the driver is chosen, ms. */
const OLDEST_MS = 1_800_000

const NO_SHIFT = new Uint8Array(16)

/** The place in the shift that a driver's word of his car told; null when there was none yet. */
export function placeTold(
  car: Pick<Extract<PrivateMessage, { name: 'car' }>['body'], 'shift' | 'shiftSeq'> | null,
) {
  return car?.shift.some((byte, i) => byte !== NO_SHIFT[i]) ? car : null
}

/** What the rider says now: times by his own clock, put in order. */
export function saidBy(state: RiderState): Said {
  const { requestedAtMs, heldAtMs, arrivedAtMs, startedAtMs, finishedAtMs } = state
  const acceptedAtMs = heldAtMs && Math.max(heldAtMs, requestedAtMs)
  // Who boards a booked ride before its time has been waited for no longer than that.
  const atDoorMs = startedAtMs ? Math.min(arrivedAtMs, startedAtMs) : arrivedAtMs
  const times = {
    requestedAtMs,
    acceptedAtMs,
    arrivedAtMs: atDoorMs && Math.max(atDoorMs, acceptedAtMs),
    startedAtMs,
    finishedAtMs: finishedAtMs && Math.max(finishedAtMs, startedAtMs),
  }
  return { times, segments: state.trace.segments.length, placed: placeTold(state.car) !== null }
}

/** What the driver holds the rider's word against. */
export interface Seen {
  readonly selectedAtMs: number
  /** Wanted pickup; 0 = now. */
  readonly pickupAtMs: number
  readonly startedAtMs: number
  readonly segments: number
  readonly place: ShiftPlace | null
}

/**
 * Whether the rider's word can be true: steps in order, none in the future, the start as it was told, no segment that was
 * never sent. Moments that each side notes when the word of it arrives are not compared closer: after an hour without
 * network both are honest and far apart, and no receipt may fail for that.
 */
export function canBeTrue({ times, segments, placed }: Said, mine: Seen, nowMs: number): boolean {
  if (times.startedAtMs !== mine.startedAtMs || segments > mine.segments) return false
  if (placed && mine.place === null) return false
  const steps = [
    times.requestedAtMs,
    times.acceptedAtMs,
    times.arrivedAtMs,
    times.startedAtMs,
    times.finishedAtMs,
  ].filter(atMs => atMs !== 0)
  if (times.requestedAtMs === 0 || steps.some((atMs, i) => i > 0 && atMs < steps[i - 1]!)) return false
  if (times.requestedAtMs > mine.selectedAtMs + CLOCKS_MS || steps.at(-1)! > nowMs + CLOCKS_MS) return false
  return mine.pickupAtMs !== 0 || times.requestedAtMs >= mine.selectedAtMs - OLDEST_MS
}

/** The rider's word as the receipt message carries it. */
export const saidBody = ({ times, segments, placed }: Said) => ({
  ...times,
  segments,
  placed: placed ? 1 : 0,
})

/** The rider's word out of a receipt message. */
export const saidOf = (body: Extract<PrivateMessage, { name: 'receipt' }>['body']): Said => {
  const { requestedAtMs, acceptedAtMs, arrivedAtMs, startedAtMs, finishedAtMs, segments, placed } = body
  const times = { requestedAtMs, acceptedAtMs, arrivedAtMs, startedAtMs, finishedAtMs }
  return { times, segments, placed: placed !== 0 }
}
