import { u32At } from '@hexhail/protocol/codec.ts'
import { NO_ENTRY } from '@hexhail/protocol/record-fields.ts'
import { FARE_PART, RECORD_VERSION, RIDE_PART, WAY_PART, WHO_PART } from '@hexhail/protocol/record-table.ts'
import { isZero, moneyAt, signedAt, u64At } from './byte-read.ts'
import type { PartBounds } from './part-bounds.ts'
import { layoutOf } from './part-layout.ts'
import type { TraceMeasure } from './trace-measure.ts'
import type { TripColumns } from './trip-columns.ts'

const FARE = layoutOf(FARE_PART)
const RIDE = layoutOf(RIDE_PART)
const WHO = layoutOf(WHO_PART)
const WAY = layoutOf(WAY_PART)
/** A number of two bytes and an amount of sixteen (protocol/record-fields.ts). */
const LINE_BYTES = 18
/** In the year 2106. */
const LATEST_S = 2 ** 32 - 1
/** Zones that a tariff's document has at most: bits of the column. */
const ZONES = 64

/** Where the trace stands in a record. */
export const traceStart = (parts: PartBounds): number => parts.way + WAY.end

/** What a record's way part says besides the trace. */
export const wayHead = (parts: PartBounds): number => parts.way + WAY.at.head
/** How many segments the record says it has. */
export const waySegments = (bytes: Uint8Array, parts: PartBounds): number =>
  u16At(bytes, parts.way + WAY.at.segments)

/** True where the fixed parts are all there and the version is one that this file reads. */
export function isReadable(bytes: Uint8Array, { fare, ride, who, way, end }: PartBounds): boolean {
  return (
    ride - fare >= FARE.end &&
    who - ride >= RIDE.end &&
    way - who === WHO.end &&
    end - way >= WAY.end &&
    end - way <= WAY_PART.maxBytes &&
    areLists(bytes, fare, ride - fare) &&
    u32At(bytes, ride + RIDE.at.zones) === RIDE.end &&
    u32At(bytes, way + WAY.at.trace) === WAY.end &&
    bytes[fare + FARE.at.version] === RECORD_VERSION
  )
}

/** Whether the lists of lines follow each other within so many bytes. */
function areLists(bytes: Uint8Array, fare: number, size: number): boolean {
  const tolls = u32At(bytes, fare + FARE.at.tolls)
  const levies = u32At(bytes, fare + FARE.at.levies)
  return (
    u32At(bytes, fare + FARE.at.surcharges) === FARE.end &&
    tolls >= FARE.end &&
    tolls <= levies &&
    levies <= size
  )
}

/** Version byte of a record. */
export const versionOf = (bytes: Uint8Array, parts: PartBounds): number =>
  bytes[parts.fare + FARE.at.version] ?? 0

/** True where the record is of the trip whose id stands in a row. */
export function isOfTrip(bytes: Uint8Array, parts: PartBounds, terms: Uint8Array, at: number): boolean {
  const from = parts.fare + FARE.at.terms
  for (let i = 0; i < 32; i++) if (bytes[from + i] !== terms[at + i]) return false
  return true
}

/** Writes the figures of a record to row `i`; `isReadable` must hold. Amounts that no number holds become NaN. */
export function readRecord(
  bytes: Uint8Array,
  parts: PartBounds,
  trace: TraceMeasure,
  t: TripColumns,
  i: number,
): void {
  readFare(bytes, parts.fare, parts.ride, t, i)
  readRide(bytes, parts.ride, parts.who, t, i)
  readWho(bytes, parts.who, t, i)
  t.samples[i] = trace.samples
  t.traceM[i] = trace.metres
  t.traceMps[i] = trace.mps
  t.ends[4 * i] = trace.firstLngE5
  t.ends[4 * i + 1] = trace.firstLatE5
  t.ends[4 * i + 2] = trace.lastLngE5
  t.ends[4 * i + 3] = trace.lastLatE5
}

function readFare(b: Uint8Array, from: number, end: number, t: TripColumns, i: number): void {
  const { at } = FARE
  t.signedTariff[i] = u32At(b, from + at.tariff)
  t.bp[i] = u16At(b, from + at.bp)
  t.meter[i] = b[from + at.meter]!
  t.vehicleClass[i] = b[from + at.vehicleClass]!
  t.propulsion[i] = b[from + at.propulsion]!
  t.needs[i] = b[from + at.needs]!
  t.served[i] = b[from + at.served]!
  t.pooled[i] = b[from + at.pooled]!
  t.passengers[i] = b[from + at.passengers]!
  t.metres[i] = u32At(b, from + at.metres)
  t.secs[i] = u32At(b, from + at.secs)
  t.waitSecs[i] = u32At(b, from + at.waitSecs)
  t.slowSecs[i] = u32At(b, from + at.slowSecs)
  t.quoteMetres[i] = u32At(b, from + at.quoteMetres)
  t.quoteSecs[i] = u32At(b, from + at.quoteSecs)
  t.quote[i] = moneyAt(b, from + at.quote)
  t.fare[i] = moneyAt(b, from + at.fare)
  t.wait[i] = moneyAt(b, from + at.wait)
  t.toll[i] = moneyAt(b, from + at.toll)
  t.tip[i] = moneyAt(b, from + at.tip)
  t.startedAtS[i] = secondsAt(b, from + at.startedAtMs)
  const concession = moneyAt(b, from + at.concession)
  t.concession[i] = concession
  t.concessionId[i] = u16At(b, from + at.concessionId)
  const surchargesAt = from + u32At(b, from + at.surcharges)
  const tollsAt = from + u32At(b, from + at.tolls)
  const leviesAt = from + u32At(b, from + at.levies)
  t.charges[i] = sumLines(b, surchargesAt, leviesAt) // surcharges and tolls, one after the other
  t.levies[i] = sumLines(b, leviesAt, end)
  t.gantries[i] = sumLines(b, tollsAt, leviesAt, NO_ENTRY)
  t.base[i] = moneyAt(b, from + at.base)
  t.distance[i] = moneyAt(b, from + at.distance)
  t.time[i] = moneyAt(b, from + at.time)
  t.cancelFee[i] = moneyAt(b, from + at.cancelFee)
  t.components[i] =
    t.base[i]! +
    t.distance[i]! +
    t.time[i]! +
    moneyAt(b, from + at.minimum) +
    signedAt(b, from + at.factor) +
    signedAt(b, from + at.rounding) +
    t.cancelFee[i]! +
    signedAt(b, from + at.waived) -
    concession
}

function readRide(b: Uint8Array, from: number, end: number, t: TripColumns, i: number): void {
  const { at } = RIDE
  t.pickupCell[2 * i] = u32At(b, from + at.pickupCell)
  t.pickupCell[2 * i + 1] = u32At(b, from + at.pickupCell + 4)
  t.destCell[2 * i] = u32At(b, from + at.destCell)
  t.destCell[2 * i + 1] = u32At(b, from + at.destCell + 4)
  t.requestedAtS[i] = secondsAt(b, from + at.requestedAtMs)
  t.acceptedAtS[i] = secondsAt(b, from + at.acceptedAtMs)
  t.arrivedAtS[i] = secondsAt(b, from + at.arrivedAtMs)
  t.finishedAtS[i] = secondsAt(b, from + at.finishedAtMs)
  t.isShared[i] = isZero(b, from + at.journey, 16) ? 0 : 1
  copy(b, from + at.journey, t.journey, 16 * i, 16)
  t.bookedForMs[i] = u64At(b, from + at.bookedForMs)
  t.zones[2 * i] = 0
  t.zones[2 * i + 1] = 0
  for (let zone = from + RIDE.end; zone + 2 <= end; zone += 2) {
    const id = u16At(b, zone)
    if (id < ZONES) t.zones[2 * i + (id >>> 5)]! |= 1 << (id & 31)
  }
}

function readWho(b: Uint8Array, from: number, t: TripColumns, i: number): void {
  const { at } = WHO
  copy(b, from + at.permit, t.permit, 32 * i, 32)
  copy(b, from + at.vehicle, t.vehicle, 32 * i, 32)
  copy(b, from + at.vehicle, t.car, 16 * i, 16)
  copy(b, from + at.pass, t.pass, 16 * i, 16)
  copy(b, from + at.shift, t.shift, 16 * i, 16)
  t.hasConcessionProof[i] = isZero(b, from + at.concessionProof, 32) ? 0 : 1
  t.shiftSeq[i] = u32At(b, from + at.shiftSeq)
}

/** Amounts of lines added up, but for those with a number. */
function sumLines(b: Uint8Array, from: number, end: number, without = -1): number {
  let sum = 0
  for (let line = from; line + LINE_BYTES <= end; line += LINE_BYTES)
    if (u16At(b, line) !== without) sum += moneyAt(b, line + 2)
  return sum
}

/** Whole seconds of a time in milliseconds: 0 only for 0, and the latest that a column holds for what is beyond. */
function secondsAt(b: Uint8Array, at: number): number {
  const ms = u64At(b, at)
  if (ms === 0) return 0
  return ms < LATEST_S * 1_000 ? Math.max(1, Math.floor(ms / 1_000)) : LATEST_S
}

const u16At = (b: Uint8Array, at: number): number => b[at]! | (b[at + 1]! << 8)

/** Copies a few bytes: quicker than `set` below about a hundred. */
export function copy(from: Uint8Array, at: number, to: Uint8Array, start: number, size: number): void {
  for (let i = 0; i < size; i++) to[start + i] = from[at + i]!
}
