import { ByteWriter } from 'hyparquet-writer'
import { createSum, numberOf } from './amount.ts'
import { rememberedClock } from './byte-moments.ts'
import type { Format } from './format.ts'
import { HVFHV_COLUMNS, type HvfhvColumn, type HvfhvOptions, LEVY_COLUMNS } from './hvfhv.ts'
import { packDoubles, packInts, packLongs } from './pack-column.ts'
import { openedRows, timedRows } from './plain-parquet-format.ts'
import { type ColumnValues, encodeRowGroup, type Packed, type RowGroup } from './row-group.ts'
import { cellText, localClock, type ToLocal } from './text.ts'
import type { TripBatch } from './trip-batch.ts'

/** A group without its bytes, its rows without a record, and sums of what was written. */
export interface HvfhvNotes {
  readonly group: Omit<RowGroup, 'bytes'>
  readonly bare: number
  readonly sums: Readonly<Record<'paid' | 'levy' | 'toll' | 'tip', bigint>>
}

const METRES_PER_MILE = 1_609.344
const MINOR = 1e6
const ROOM = 2 ** 22
const MOST_INT = 2 ** 31 - 1

/** Groups of rows of `hvfhv.parquet`. */
export function createFormat(given: unknown): Format<HvfhvNotes> {
  const options = given as HvfhvOptions
  const toLocal = rememberedClock(localClock(options.zone))
  const writer = new ByteWriter(ROOM)
  return {
    looksAt: 'figures',
    format(batch) {
      const isOpened = openedRows(batch)
      const values = columnsOf(batch, options, toLocal, isOpened)
      const ordered = HVFHV_COLUMNS.map(({ name }) => values[name])
      const { bytes, ...group } = encodeRowGroup(HVFHV_COLUMNS, ordered, batch.count, writer)
      const levy = minorSum(values[options.levyColumn])
      const sums = {
        paid: minorSum(values.base_passenger_fare) + levy,
        levy,
        toll: minorSum(values.tolls),
        tip: minorSum(values.tips),
      }
      const opened = isOpened.reduce((sum, is) => sum + is, 0)
      return { parts: [bytes], notes: { group, bare: batch.count - opened, sums } }
    },
  }
}

/** Back to minor units from what stands in the file. */
function minorSum({ bytes }: Packed): bigint {
  const sum = createSum()
  for (const written of new Float64Array(bytes.buffer)) sum.add(Math.round(written * MINOR))
  return sum.total
}

type Money = 'base_passenger_fare' | 'tolls' | 'tips' | 'driver_pay' | (typeof LEVY_COLUMNS)[number]

function columnsOf(
  batch: TripBatch,
  { licence, base, levyColumn, zones }: HvfhvOptions,
  toLocal: ToLocal,
  isOpened: Uint8Array,
): Readonly<Record<HvfhvColumn, ColumnValues> & Record<Money, Packed>> {
  const { count, t } = batch
  const all = (value: string | null): ColumnValues => new Array(count).fill(value)
  const amounts = (of: (i: number) => number) => packDoubles(count, null, i => of(i) / MINOR)
  const zeros: Packed = { bytes: new Uint8Array(8 * count), isThere: null }
  const at = (seconds: Uint32Array) =>
    packLongs(count, timedRows(isOpened, seconds), i => toLocal(seconds[i]!) * 1e6)
  const zone = (cells: Uint32Array): ColumnValues =>
    Array.from({ length: count }, (_, i) =>
      zones.size > 0 && isOpened[i] === 1
        ? (zones.get(cellText(cells[2 * i]!, cells[2 * i + 1]!)) ?? null)
        : null,
    )
  const flag = (is: (i: number) => number): ColumnValues =>
    Array.from({ length: count }, (_, i) => (isOpened[i] === 0 ? null : is(i) === 0 ? 'N' : 'Y'))
  const pay = amounts(
    i => numberOf(batch, i, 'fare') - numberOf(batch, i, 'levy') + numberOf(batch, i, 'wait'),
  )
  const levies = Object.fromEntries(LEVY_COLUMNS.map(name => [name, zeros])) as Record<
    (typeof LEVY_COLUMNS)[number],
    Packed
  >
  return {
    hvfhs_license_num: all(licence),
    dispatching_base_num: all(base),
    originating_base_num: all(null),
    request_datetime: at(t.requestedAtS),
    on_scene_datetime: at(t.arrivedAtS),
    pickup_datetime: at(t.startedAtS),
    dropoff_datetime: at(t.finishedAtS),
    PULocationID: zone(t.pickupCell),
    DOLocationID: zone(t.destCell),
    trip_miles: packDoubles(count, isOpened, i => t.metres[i]! / METRES_PER_MILE),
    trip_time: packInts(count, isOpened, i => Math.min(t.secs[i]!, MOST_INT)),
    base_passenger_fare: pay,
    tolls: amounts(i => numberOf(batch, i, 'toll')),
    ...levies,
    [levyColumn]: amounts(i => numberOf(batch, i, 'levy')),
    tips: amounts(i => numberOf(batch, i, 'tip')),
    driver_pay: pay,
    shared_request_flag: flag(i => t.pooled[i]! & 1),
    shared_match_flag: flag(i => t.pooled[i]! & 2),
    access_a_ride_flag: flag(() => 0),
    wav_request_flag: flag(i => t.needs[i]! & 1),
    wav_match_flag: flag(i => t.served[i]! & 1),
  }
}
