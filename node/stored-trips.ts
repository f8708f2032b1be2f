/** The trips of a SQLite store as threads read them: each opens the file and the records for itself. */
import type { SourceModule } from '@hexhail/audit/checks/run-parallel.ts'
import { SETTLED_AT } from '@hexhail/audit/checks/settled-row.ts'
import type { TripSource } from '@hexhail/audit/checks/trip-source.ts'
import { createRecordOpener } from '@hexhail/audit/open-records.ts'
import { openSettledFile } from '@hexhail/audit/store/sqlite-settled.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { ExportSpan } from './export-source.ts'
import { ownRecord } from './filed-records.ts'

/** Settlements between two places that are remembered. */
export const PLACE_TRIPS = 1_024

/** What the threads are told; plain data. */
export interface StoredTripsInit {
  /** A SQLite file. */
  readonly db: string
  readonly span: ExportSpan
  /** The months' private keys. */
  readonly keys: readonly Hex[]
  readonly rows: number
  /** Block and index of every `PLACE_TRIPS`th settlement of the span, from the first on. */
  readonly places: Float64Array
}

/** The source, for `runExport`. */
export const storedTripsModule = (options: StoredTripsInit): SourceModule => ({
  module: import.meta.url,
  options,
  rows: options.rows,
})

/** The source in each thread. */
export function openTrips(options: unknown): TripSource {
  const { db, span, keys, rows, places } = options as StoredTripsInit
  const file = openSettledFile(db, span)
  const opener = createRecordOpener(keys)
  function* trips(from: number, to: number) {
    const place = Math.floor(from / PLACE_TRIPS)
    let row = place * PLACE_TRIPS
    if (from >= to) return
    for (const settled of file.settled(places[2 * place]!, places[2 * place + 1]!)) {
      if (row >= from) {
        const root = toHex(settled.subarray(SETTLED_AT.record, SETTLED_AT.record + 32))
        const sealed = file.filed(settled.subarray(SETTLED_AT.terms, SETTLED_AT.terms + 32))
        yield { settled, record: ownRecord(root, sealed, opener) }
      }
      if (++row >= to) return
    }
  }
  return {
    rows,
    trips,
    trip(row) {
      for (const { settled, record } of trips(row, row + 1)) return { settled: settled.slice(), record }
      throw new RangeError(`${db} has no settlement ${row} of ${rows}: it changed meanwhile.`)
    },
    [Symbol.dispose]: () => file[Symbol.dispose](),
  }
}
