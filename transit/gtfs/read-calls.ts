import type { FeedStop } from './feed.ts'
import { secondsOf } from './field.ts'
import { IntColumn } from './int-column.ts'
import type { FlexCall } from './read-flex.ts'
import { eachRecord, type FeedSource } from './read-rows.ts'
import type { TripHead } from './read-trips.ts'

/** Calls as they stand in the file; times -1 where blank, `distance` NaN. */
export interface RawCalls {
  readonly trip: Int32Array
  readonly stop: Int32Array
  readonly sequence: Int32Array
  readonly arrS: Int32Array
  readonly depS: Int32Array
  readonly pickup: Int32Array
  readonly dropOff: Int32Array
  readonly distance: Float64Array
  readonly row: Int32Array
  /** Calls with a window in place of a time. */
  readonly flex: readonly FlexCall[]
  /** Trips (1) of which a row cannot be taken: they would run another way than the agency's. */
  readonly broken: Uint8Array
}

const FILE = 'stop_times.txt'
const COLUMNS = [
  ...[
    'trip_id',
    'stop_id',
    'stop_sequence',
    'arrival_time',
    'departure_time',
    'pickup_type',
    'drop_off_type',
  ],
  ...['shape_dist_traveled', 'location_id', 'location_group_id'],
  ...['start_pickup_drop_off_window', 'end_pickup_drop_off_window'],
  ...['pickup_booking_rule_id', 'drop_off_booking_rule_id'],
]

/** Rows of stop_times.txt by column: the one file of a feed that is long. */
export function readCalls(
  source: FeedSource,
  trips: readonly TripHead[],
  stops: readonly FeedStop[],
): RawCalls {
  const { complaints } = source
  const tripAt = new Map(trips.map((trip, i) => [trip.id, i]))
  const stopAt = new Map(stops.map((stop, i) => [stop.id, i]))
  const broken = new Uint8Array(trips.length)
  const columns = Array.from({ length: 8 }, () => new IntColumn())
  const distances: number[] = []
  const flex: FlexCall[] = []
  let lastId = ''
  let trip: number | undefined
  eachRecord(
    source,
    FILE,
    COLUMNS,
    { needed: ['trip_id', 'stop_sequence'], isNeeded: true },
    (cells, row) => {
      const fault = (
        code: 'VALUE_BAD' | 'ID_UNKNOWN' | 'VALUE_MISSING' | 'WINDOW_BAD',
        column: number,
      ): void => {
        if (trip !== undefined) broken[trip] = 1
        complaints.add('error', code, { file: FILE, row, column: COLUMNS[column]!, value: cells[column]! })
      }
      const timeIn = (column: number): number => (cells[column] === '' ? -1 : secondsOf(cells[column]!))
      const isBadTime = (column: number, s: number): boolean => s < 0 && cells[column] !== ''
      const kindIn = (column: number): number => {
        const cell = cells[column]!
        return cell === '' ? 0 : cell.length === 1 && cell >= '0' && cell <= '3' ? Number(cell) : -1
      }
      if (trip === undefined || cells[0] !== lastId) {
        lastId = cells[0]!
        trip = tripAt.get(lastId)
      }
      if (trip === undefined) return fault(lastId === '' ? 'VALUE_MISSING' : 'ID_UNKNOWN', 0)
      if (!/^\d{1,9}$/.test(cells[2]!)) return fault(cells[2] === '' ? 'VALUE_MISSING' : 'VALUE_BAD', 2)
      const sequence = Number(cells[2])
      const [arrS, depS, startS, endS] = [timeIn(3), timeIn(4), timeIn(10), timeIn(11)]
      if (isBadTime(3, arrS)) return fault('VALUE_BAD', 3)
      if (isBadTime(4, depS)) return fault('VALUE_BAD', 4)
      const [pickup, dropOff] = [kindIn(5), kindIn(6)]
      if (pickup < 0) return fault('VALUE_BAD', 5)
      if (dropOff < 0) return fault('VALUE_BAD', 6)
      if (cells[10] !== '' || cells[11] !== '' || cells[8] !== '' || cells[9] !== '') {
        if (arrS >= 0 || depS >= 0 || startS < 0 || endS <= startS) return fault('WINDOW_BAD', 10)
        flex.push({
          ...{ trip, sequence, row, startS, endS, pickup, dropOff },
          ...{ stopId: cells[1]!, locationId: cells[8]!, groupId: cells[9]! },
          ...{ pickupRule: cells[12]!, dropOffRule: cells[13]! },
        })
        return
      }
      const stop = stopAt.get(cells[1]!)
      if (stop === undefined) return fault(cells[1] === '' ? 'VALUE_MISSING' : 'ID_UNKNOWN', 1)
      if (stops[stop]!.kind !== 0) return fault('VALUE_BAD', 1)
      const numbers = [trip, stop, sequence, arrS, depS, pickup, dropOff, row]
      for (let i = 0; i < numbers.length; i++) columns[i]!.push(numbers[i]!)
      distances.push(cells[7] === '' ? Number.NaN : Number(cells[7]))
    },
  )
  const [tripColumn, stop, sequence, arrS, depS, pickup, dropOff, row] = columns.map(c => c.values())
  return {
    ...{ trip: tripColumn!, stop: stop!, sequence: sequence!, arrS: arrS!, depS: depS! },
    ...{
      pickup: pickup!,
      dropOff: dropOff!,
      row: row!,
      distance: Float64Array.from(distances),
      flex,
      broken,
    },
  }
}
