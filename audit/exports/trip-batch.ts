import { FARE_PART, RIDE_PART } from '@hexhail/protocol/record-table.ts'
import { u64At } from '../checks/byte-read.ts'
import { boundParts, type PartBounds } from '../checks/part-bounds.ts'
import { layoutOf } from '../checks/part-layout.ts'
import { createTripReader, type TripBytes } from '../checks/read-trip.ts'
import { SETTLED_BYTES } from '../checks/settled-row.ts'
import { createTripColumns, FILED, type TripColumns } from '../checks/trip-columns.ts'

/** Trips that exports are given at a time: what bounds their memory. */
export const BATCH_TRIPS = 16_384

/**
 * Some trips in the order of the chain, as columns. It is filled anew for the next trips: whoever keeps something
 * copies it.
 */
export interface TripBatch {
  /** Rows that are filled; the columns are longer. */
  count: number
  readonly t: TripColumns
  /** `settledRow` of row i from i * SETTLED_BYTES on. */
  readonly settled: Uint8Array
  /** Bytes of the opened records, null where there is none. */
  readonly records: (Uint8Array | null)[]
  readonly passengers: Uint8Array
  /** Wanted pickup, unix ms; 0 = now. */
  readonly bookedForMs: Float64Array
  /** 16 bytes a row; zeros = alone. */
  readonly journeys: Uint8Array
}

const FARE = layoutOf(FARE_PART)
const RIDE = layoutOf(RIDE_PART)

/**
 * Reads settlements and their opened records once, for any number of exports. Every record is hashed again and held
 * against its settlement; one that is something else counts as not filed. The same batch comes each time.
 */
export async function* tripBatches(
  source: Iterable<TripBytes> | AsyncIterable<TripBytes>,
): AsyncGenerator<TripBatch, void> {
  const read = createTripReader(false)
  const parts: PartBounds = { fare: 0, ride: 0, who: 0, way: 0, end: 0 }
  const batch: TripBatch = {
    count: 0,
    t: createTripColumns(BATCH_TRIPS),
    settled: new Uint8Array(BATCH_TRIPS * SETTLED_BYTES),
    records: [],
    passengers: new Uint8Array(BATCH_TRIPS),
    bookedForMs: new Float64Array(BATCH_TRIPS),
    journeys: new Uint8Array(BATCH_TRIPS * 16),
  }
  const take = (trip: TripBytes): void => {
    const i = batch.count++
    read(trip, batch.t, i)
    batch.settled.set(trip.settled, i * SETTLED_BYTES)
    const isOpened = batch.t.filed[i] === FILED.opened
    const { record } = trip
    batch.records[i] = isOpened && record ? Uint8Array.prototype.slice.call(record) : null
    if (!isOpened || record === null || !boundParts(record, parts)) return
    batch.passengers[i] = record[parts.fare + FARE.at.passengers]!
    batch.bookedForMs[i] = u64At(record, parts.ride + RIDE.at.bookedForMs)
    const journey = parts.ride + RIDE.at.journey
    batch.journeys.set(record.subarray(journey, journey + 16), i * 16)
  }
  // A loop over both kinds would wait at each trip.
  if (Symbol.iterator in source) {
    for (const trip of source) {
      take(trip)
      if (batch.count < BATCH_TRIPS) continue
      yield batch
      batch.count = 0
    }
  } else {
    for await (const trip of source) {
      take(trip)
      if (batch.count < BATCH_TRIPS) continue
      yield batch
      batch.count = 0
    }
  }
  if (batch.count > 0) yield batch
}
