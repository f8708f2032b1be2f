import type { FeedStop, FeedTransfer } from './feed.ts'
import { choice, count, ref, text } from './field.ts'
import { type FeedSource, readRows } from './read-rows.ts'

/** Changes of vehicle that the agency says something of; those between trips (types 4 and 5) need no stops. */
export function readTransfers(source: FeedSource, stops: readonly FeedStop[]): FeedTransfer[] {
  const stopAt = new Map(stops.map((stop, i) => [stop.id, i]))
  const schema = {
    fromStopId: ref(stopAt),
    toStopId: ref(stopAt),
    transferType: choice(5),
    minTransferTime: count,
    fromRouteId: text,
    toRouteId: text,
    fromTripId: text,
    toTripId: text,
  }
  return readRows(source, 'transfers.txt', schema).flatMap(row => {
    if (row.transferType < 4 && (row.fromStopId === '' || row.toStopId === '')) {
      const column = row.fromStopId === '' ? 'from_stop_id' : 'to_stop_id'
      source.complaints.add('error', 'VALUE_MISSING', { file: 'transfers.txt', row: row.row, column })
      return []
    }
    return {
      from: stopAt.get(row.fromStopId) ?? -1,
      to: stopAt.get(row.toStopId) ?? -1,
      type: row.transferType,
      seconds: row.minTransferTime,
      fromRoute: row.fromRouteId,
      toRoute: row.toRouteId,
      fromTrip: row.fromTripId,
      toTrip: row.toTripId,
    }
  })
}
