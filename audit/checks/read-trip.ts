import { u32At } from '@hexhail/protocol/codec.ts'
import { RECORD, RECORD_VERSION } from '@hexhail/protocol/record-table.ts'
import { moneyAt, u64At } from './byte-read.ts'
import { boundParts, type PartBounds } from './part-bounds.ts'
import { copy, isOfTrip, isReadable, readRecord, traceStart, versionOf, waySegments } from './read-record.ts'
import { createRecordJobs } from './record-jobs.ts'
import { SETTLED_AT } from './settled-row.ts'
import { createTraceMeasure, measureTrace } from './trace-measure.ts'
import { hasSettledRoot } from './trip-case.ts'
import { FILED, type TripColumns } from './trip-columns.ts'

/** One settlement with what was filed for it, as bytes. */
export interface TripBytes {
  /** `settledRow` of the settlement. */
  readonly settled: Uint8Array
  /** The opened record's bytes (protocol/record.ts `encodeRecord`); null: none was filed, or none opens. */
  readonly record: Uint8Array | null
  /** What was filed is sealed to a key that the auditor does not have. */
  readonly isSealed?: boolean
}

/** Reads trips into rows of a table; every record is hashed again and held against its settlement, nothing is believed. */
export interface TripReader {
  /** Puts a trip into row i. What its hashes say (`filed`, `isTraceBroken`) is not known before `finish`. */
  read(trip: TripBytes, i: number): void
  /** Hashes what is not hashed yet. */
  finish(): void
}

/** Segments that a trace has at most: each has a count and a sample of two bytes. */
const MOST_SEGMENTS = 2_731
/** A trace this long may have that many. */
const LONG = 2_000

/**
 * How far records' ways are looked at. `ends`: a way that is not the one of its segments' chain is not told from others,
 * its root is the settled one; `none`: not at all, and the columns say that there is none.
 */
export type WayDepth = 'chain' | 'ends' | 'none'

/** A reader into a table. */
export function createTripReader(t: TripColumns, ways: WayDepth = 'chain'): TripReader {
  const jobs = createRecordJobs()
  const { bytes } = jobs
  const rows = new Uint32Array(1_024)
  const trace = createTraceMeasure()
  const parts: PartBounds = { fare: 0, ride: 0, who: 0, way: 0, end: 0 }

  const finish = (): void => {
    jobs.hash()
    for (let n = 0; n < jobs.count; n++) {
      const i = rows[n]!
      if (!jobs.hasRoot(n)) t.filed[i] = FILED.other
      else if (!jobs.hasChain(n)) t.isTraceBroken[i] = 1
    }
    jobs.clear()
  }
  return {
    read({ settled, record, isSealed = false }, i) {
      readSettled(settled, t, i)
      t.filed[i] = isSealed ? FILED.sealed : FILED.none
      if (record === null) return
      t.filed[i] = FILED.other
      const { length } = record
      if (length > RECORD.maxBytes) {
        if (hasSettledRoot(record, settled)) t.filed[i] = FILED.unreadable
        return
      }
      if (!jobs.fits(length, length > LONG ? MOST_SEGMENTS : length >> 1)) finish()
      const from = jobs.put(settled, record)
      if (!boundParts(bytes, parts, from, from + length)) return
      rows[jobs.count] = i
      t.filed[i] = versionOf(bytes, parts) > RECORD_VERSION ? FILED.newer : FILED.unreadable
      const isOpen = isReadable(bytes, parts) && isOfTrip(bytes, parts, settled, SETTLED_AT.terms)
      let asked = false
      if (isOpen) {
        t.filed[i] = FILED.opened
        measureTrace(bytes, ways === 'none' ? parts.end : traceStart(parts), parts.end, trace)
        asked = ways === 'chain' && trace.isRead && waySegments(bytes, parts) === trace.segments
        t.isTraceBroken[i] = asked || (trace.isRead && ways !== 'chain') ? 0 : 1
        readRecord(bytes, parts, trace, t, i)
      }
      jobs.ask(parts, asked ? trace : null)
    },
    finish,
  }
}

function readSettled(row: Uint8Array, t: TripColumns, i: number): void {
  copy(row, SETTLED_AT.terms, t.terms, 32 * i, 32)
  copy(row, SETTLED_AT.rider, t.rider, 20 * i, 20)
  copy(row, SETTLED_AT.driver, t.driver, 20 * i, 20)
  t.hasDue[i] = 0
  t.tariff[i] = u32At(row, SETTLED_AT.tariff)
  t.settledAtS[i] = u64At(row, SETTLED_AT.timestampS)
  t.paidFare[i] = moneyAt(row, SETTLED_AT.fare)
  t.paidWait[i] = moneyAt(row, SETTLED_AT.wait)
  t.paidToll[i] = moneyAt(row, SETTLED_AT.toll)
  t.paidTip[i] = moneyAt(row, SETTLED_AT.tip)
  t.paidLevy[i] = moneyAt(row, SETTLED_AT.levy)
}
