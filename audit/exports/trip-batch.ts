import { createTripReader, type TripBytes } from '../checks/read-trip.ts'
import { SETTLED_BYTES } from '../checks/settled-row.ts'
import { ALL, createTripColumns, FILED, type TripColumns } from '../checks/trip-columns.ts'

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
  /** Bytes of the opened records, null where there is none; empty where nobody asked for them. */
  readonly records: (Uint8Array | null)[]
}

/** Room for a batch of so many trips. */
export function createTripBatch(trips: number): TripBatch {
  return {
    count: 0,
    t: createTripColumns(trips, ALL),
    settled: new Uint8Array(trips * SETTLED_BYTES),
    records: [],
  }
}

/**
 * How much of records an export looks at. `figures`: all but where the cars drove; `ends`: also where that began and ended;
 * `records`: also at the bytes of the records.
 */
export type LooksAt = 'figures' | 'ends' | 'records'

/** Fills a batch with trips, one after the other. */
export function createBatchFiller(batch: TripBatch, looksAt: LooksAt) {
  const hasRecords = looksAt === 'records'
  const reader = createTripReader(batch.t, looksAt === 'figures' ? 'none' : 'ends')
  return {
    /** Adds a trip; true where the batch is full then. */
    take(trip: TripBytes): boolean {
      const i = batch.count++
      reader.read(trip, i)
      batch.settled.set(trip.settled, i * SETTLED_BYTES)
      if (hasRecords) batch.records[i] = trip.record && Uint8Array.prototype.slice.call(trip.record)
      return batch.count === batch.t.rows
    },
    /** Hashes what is not hashed yet: now the batch says what is true. */
    finish(): void {
      reader.finish()
      for (let i = 0; hasRecords && i < batch.count; i++)
        if (batch.t.filed[i] !== FILED.opened) batch.records[i] = null
    },
  }
}

/**
 * Reads settlements and their opened records once, for any number of exports. Every record is hashed again and held
 * against its settlement; one that is something else counts as not filed. The same batch comes each time.
 */
export async function* tripBatches(
  source: Iterable<TripBytes> | AsyncIterable<TripBytes>,
  looksAt: LooksAt,
  trips: number,
): AsyncGenerator<TripBatch, void> {
  const batch = createTripBatch(trips)
  const filler = createBatchFiller(batch, looksAt)
  // A loop over both kinds would wait at each trip.
  if (Symbol.iterator in source) {
    for (const trip of source) {
      if (!filler.take(trip)) continue
      filler.finish()
      yield batch
      batch.count = 0
    }
  } else {
    for await (const trip of source) {
      if (!filler.take(trip)) continue
      filler.finish()
      yield batch
      batch.count = 0
    }
  }
  filler.finish()
  if (batch.count > 0) yield batch
}
