import { u32At } from '@hexhail/protocol/codec.ts'
import { RECORD_VERSION } from '@hexhail/protocol/record-table.ts'
import { putText, sha256Text, textRoom } from '#binary-hash'
import { moneyAt, u64At } from './byte-read.ts'
import { boundParts, type PartBounds } from './part-bounds.ts'
import {
  copy,
  isOfTrip,
  isReadable,
  readRecord,
  traceStart,
  versionOf,
  wayHead,
  waySegments,
} from './read-record.ts'
import { createRootReader, isDigest } from './record-root.ts'
import { SETTLED_AT } from './settled-row.ts'
import { createTraceMeasure, measureTrace, type TraceMeasure } from './trace-measure.ts'
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

/**
 * Reads trips into rows: every record is hashed again and held against its settlement, nothing is believed. Without
 * `asksChain` a way that is not the one of its segments' chain is not told from others: its root is the settled one.
 */
export function createTripReader(asksChain = true): (trip: TripBytes, t: TripColumns, i: number) => void {
  const rootOf = createRootReader()
  const trace = createTraceMeasure()
  const parts: PartBounds = { fare: 0, ride: 0, who: 0, way: 0, end: 0 }
  const isChained = createChainReader()
  return ({ settled, record, isSealed = false }, t, i) => {
    readSettled(settled, t, i)
    t.filed[i] = isSealed ? FILED.sealed : FILED.none
    if (record === null) return
    t.filed[i] = FILED.other
    if (!boundParts(record, parts) || !isDigest(rootOf(record, parts), settled, SETTLED_AT.record)) return
    t.filed[i] = versionOf(record, parts) > RECORD_VERSION ? FILED.newer : FILED.unreadable
    if (!isReadable(record, parts) || !isOfTrip(record, parts, settled, SETTLED_AT.terms)) return
    t.filed[i] = FILED.opened
    measureTrace(record, traceStart(parts), parts.end, trace)
    t.isTraceBroken[i] = trace.isRead && (!asksChain || isChained(record, parts, settled, trace)) ? 0 : 1
    readRecord(record, parts, trace, t, i)
  }
}

function readSettled(row: Uint8Array, t: TripColumns, i: number): void {
  copy(row, SETTLED_AT.terms, t.terms, 32 * i, 32)
  copy(row, SETTLED_AT.rider, t.rider, 20 * i, 20)
  copy(row, SETTLED_AT.driver, t.driver, 20 * i, 20)
  t.tariff[i] = u32At(row, SETTLED_AT.tariff)
  t.settledAtS[i] = u64At(row, SETTLED_AT.timestampS)
  t.paidFare[i] = moneyAt(row, SETTLED_AT.fare)
  t.paidWait[i] = moneyAt(row, SETTLED_AT.wait)
  t.paidToll[i] = moneyAt(row, SETTLED_AT.toll)
  t.paidTip[i] = moneyAt(row, SETTLED_AT.tip)
  t.paidLevy[i] = moneyAt(row, SETTLED_AT.levy)
}

const TITLE = 'hexhail trace\n'

/** Whether the segments of a trace have the head that its record says (protocol/trace.ts `traceHead`). */
function createChainReader() {
  const link = textRoom(32 + 8_192)
  /** The first bytes of `link`, by their number: segments of a size come again and again. */
  const links: Uint8Array[] = []
  const first = textRoom(TITLE.length + 32)
  putText(first, TITLE, 0)
  return (record: Uint8Array, parts: PartBounds, settled: Uint8Array, trace: TraceMeasure): boolean => {
    if (waySegments(record, parts) !== trace.segments) return false
    if (trace.segments === 0) return true // no trace, no chain
    copy(settled, SETTLED_AT.terms, first, TITLE.length, 32)
    let head = sha256Text(first)
    const start = traceStart(parts)
    for (let s = 0, from = 0; s < trace.segments; s++) {
      const end = trace.ends[s]!
      putText(link, head, 0)
      copy(record, start + from, link, 32, end - from)
      const size = 32 + end - from
      links[size] ??= link.subarray(0, size)
      head = sha256Text(links[size])
      from = end
    }
    return isDigest(head, record, wayHead(parts))
  }
}
