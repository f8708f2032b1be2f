import { equalBytes } from '@hexhail/protocol/hex.ts'
import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import type { CallNews, CallTime, Entity, TripRef } from './entity.ts'
import { readEntities } from './read-entity.ts'
import { writeEntity } from './write-entity.ts'

/** Longest text of an entity, UTF-16 units, and the most calls of a trip that it tells of. */
export const ENTITY_LIMITS = { text: 64, calls: 48 } as const

/** More than a day late or early is no delay. */
const MOST_LATE_S = 86_400
const MOST_SEQUENCE = 100_000

const isText = (value: string): boolean => value.length <= ENTITY_LIMITS.text
const isId = (value: string): boolean => value !== '' && isText(value)
const isIn = (value: number | null, least: number, most: number): boolean =>
  value === null || (value >= least && value <= most)
const isTrip = (trip: TripRef): boolean =>
  [trip.trip, trip.route].every(isText) &&
  /^(\d{8})?$/.test(trip.startDate) &&
  /^(\d{1,2}:\d\d:\d\d)?$/.test(trip.startTime) &&
  isIn(trip.as, 0, 3) &&
  isIn(trip.direction, 0, 1)
const isCallTime = (time: CallTime | null): boolean =>
  time === null ||
  (isIn(time.lateS, -MOST_LATE_S, MOST_LATE_S) && isIn(time.timeS, 0, Number.MAX_SAFE_INTEGER))
const isCall = (call: CallNews): boolean =>
  isText(call.stop) &&
  (call.sequence !== null || call.stop !== '') &&
  isIn(call.sequence, 0, MOST_SEQUENCE) &&
  isIn(call.as, 0, 3) &&
  isCallTime(call.arrival) &&
  isCallTime(call.departure)

/** Whether an entity is within the bounds of what is gossiped. */
export function isEntity(entity: Entity): boolean {
  if (!isId(entity.id) || !Number.isSafeInteger(entity.atS)) return false
  if (entity.kind === 'trip') {
    const { trip, vehicle, calls, lateS } = entity
    const isWhole = isTrip(trip) && trip.trip !== '' && isText(vehicle)
    return isWhole && isIn(lateS, -MOST_LATE_S, MOST_LATE_S) && within(calls)
  }
  const [lng, lat] = entity.at
  return (
    (entity.trip === null || isTrip(entity.trip)) &&
    isId(entity.vehicle) &&
    [entity.label, entity.stop].every(isText) &&
    Math.abs(lng) <= 180 &&
    Math.abs(lat) <= 90 &&
    isIn(entity.bearingDeg, 0, 360) &&
    isIn(entity.speedMps, 0, 200) &&
    isIn(entity.sequence, 0, MOST_SEQUENCE) &&
    isIn(entity.status, 0, 2) &&
    isIn(entity.occupancy, 0, 8)
  )
}

const within = (calls: readonly CallNews[]): boolean =>
  calls.length <= ENTITY_LIMITS.calls && calls.every(isCall)

/** The entity in gossiped bytes: one, within bounds, in the one encoding that `writeEntity` gives. Never throws. */
export function decodeEntity(bytes: Uint8Array): Verdict<Entity, 'entity'> {
  try {
    const [entity, more] = readEntities(bytes)
    const isGood = entity !== undefined && more === undefined && isEntity(entity)
    return isGood && equalBytes(writeEntity(entity), bytes) ? accept(entity) : reject('entity')
  } catch {
    return reject('entity')
  }
}
