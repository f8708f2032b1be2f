/** Trips in memory that worker threads share: the module of `runParallel` for who has them at hand already. */
import type { TripBytes } from './read-trip.ts'
import type { SourceModule } from './run-parallel.ts'
import { SETTLED_BYTES } from './settled-row.ts'
import type { TripSource } from './trip-source.ts'

/** What is filed for a row. */
const HAS = { nothing: 0, record: 1, sealed: 2 } as const

/** Row i is at `starts[i]`: its settlement, then its record. */
interface SharedTrips {
  readonly bytes: Uint8Array
  readonly starts: Float64Array
  readonly has: Uint8Array
}

const shared = (bytes: number): ArrayBuffer => new SharedArrayBuffer(bytes) as unknown as ArrayBuffer

/** Puts trips into memory that threads share. */
export function shareTrips(trips: readonly TripBytes[]): SourceModule {
  const sizes = trips.reduce((sum, { record }) => sum + SETTLED_BYTES + (record?.length ?? 0), 0)
  const options: SharedTrips = {
    bytes: new Uint8Array(shared(sizes)),
    starts: new Float64Array(shared(8 * (trips.length + 1))),
    has: new Uint8Array(shared(trips.length)),
  }
  let at = 0
  for (const [i, { settled, record, isSealed }] of trips.entries()) {
    options.bytes.set(settled, at)
    if (record) options.bytes.set(record, at + SETTLED_BYTES)
    options.has[i] = record ? HAS.record : isSealed ? HAS.sealed : HAS.nothing
    at += SETTLED_BYTES + (record?.length ?? 0)
    options.starts[i + 1] = at
  }
  return { module: import.meta.url, options, rows: trips.length }
}

/** The source in each thread. */
export function openTrips(options: unknown): TripSource {
  const { bytes, starts, has } = options as SharedTrips
  const cut = (row: number): TripBytes => {
    const record = starts[row]! + SETTLED_BYTES
    return {
      settled: bytes.subarray(starts[row]!, record),
      record: has[row] === HAS.record ? bytes.subarray(record, starts[row + 1]!) : null,
      isSealed: has[row] === HAS.sealed,
    }
  }
  return {
    rows: has.length,
    *trips(from, to) {
      for (let row = from; row < to; row++) yield cut(row)
    },
    trip: cut,
  }
}
