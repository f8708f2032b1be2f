/** Trips as New York's TLC takes them of high-volume for-hire services: its 25 columns in a Parquet file. */
import { FILED } from '../checks/trip-columns.ts'
import { createSum, numberOf } from './amount.ts'
import type { OutFiles } from './out-files.ts'
import { type ColumnValues, createParquetFile, type ParquetColumn } from './parquet-file.ts'
import type { Export } from './run-export.ts'
import { cellText, type ToLocal } from './text.ts'
import type { TripBatch } from './trip-batch.ts'

const column = <const N extends string>(name: N, kind: ParquetColumn['kind'], isEmptyable = true) => ({
  name,
  kind,
  isEmptyable,
})
const money = <const N extends string>(name: N) => column(name, 'double', false)

/** The columns, in the TLC's order. */
export const HVFHV_COLUMNS = [
  column('hvfhs_license_num', 'text'),
  column('dispatching_base_num', 'text'),
  column('originating_base_num', 'text'),
  column('request_datetime', 'moment'),
  column('on_scene_datetime', 'moment'),
  column('pickup_datetime', 'moment'),
  column('dropoff_datetime', 'moment'),
  column('PULocationID', 'int'),
  column('DOLocationID', 'int'),
  column('trip_miles', 'double'),
  column('trip_time', 'int'),
  money('base_passenger_fare'),
  money('tolls'),
  money('bcf'),
  money('sales_tax'),
  money('congestion_surcharge'),
  money('airport_fee'),
  money('cbd_congestion_fee'),
  money('tips'),
  money('driver_pay'),
  column('shared_request_flag', 'text'),
  column('shared_match_flag', 'text'),
  column('access_a_ride_flag', 'text'),
  column('wav_request_flag', 'text'),
  column('wav_match_flag', 'text'),
] as const satisfies readonly ParquetColumn[]

type Name = (typeof HVFHV_COLUMNS)[number]['name']

/** Columns that a levy may be put into: the authority says which one its levy is. */
export const LEVY_COLUMNS = [
  ...(['bcf', 'sales_tax', 'congestion_surcharge', 'airport_fee', 'cbd_congestion_fee'] as const),
]

/** What the trips do not say. */
export interface HvfhvOptions {
  /** HV0000 number, and number of the base; null: there is none. */
  readonly licence: string | null
  readonly base: string | null
  readonly levyColumn: (typeof LEVY_COLUMNS)[number]
  /** Number of a taxi zone by its res-7 cell. */
  readonly zones: ReadonlyMap<string, number>
  readonly toLocal: ToLocal
}

const METRES_PER_MILE = 1_609.344
const MINOR = 1e6

/** `hvfhv.parquet` and a file of notes on what is blank. */
export const hvfhv =
  (options: HvfhvOptions) =>
  (files: OutFiles): Export => {
    const file = createParquetFile(files.bytes('hvfhv.parquet'), HVFHV_COLUMNS)
    const sums = { paid: createSum(), levy: createSum(), tolls: createSum(), tips: createSum() }
    let trips = 0
    let bare = 0
    return {
      take(batch) {
        trips += batch.count
        const values = columnsOf(batch, options)
        for (let i = 0; i < batch.count; i++) {
          if (batch.t.filed[i] !== FILED.opened) bare++
          const levy = minor(values[options.levyColumn][i])
          sums.paid.add(minor(values.base_passenger_fare[i]) + levy)
          sums.levy.add(levy)
          sums.tolls.add(minor(values.tolls[i]))
          sums.tips.add(minor(values.tips[i]))
        }
        file.write(HVFHV_COLUMNS.map(({ name }) => values[name]))
      },
      end() {
        file.end()
        files.text('hvfhv-notes.txt').write(notes(options, bare))
        const { paid, levy, tolls, tips } = sums
        return {
          trips,
          sums: { 'fare+wait': paid.total, levy: levy.total, toll: tolls.total, tip: tips.total },
        }
      },
    }
  }

/** Back to minor units from what stands in the file. */
const minor = (written: unknown): number => Math.round((written as number) * MINOR)

function columnsOf(batch: TripBatch, options: HvfhvOptions): Record<Name, ColumnValues> {
  const { count, t } = batch
  const rows = <T>(of: (i: number) => T): (T | null)[] =>
    Array.from({ length: count }, (_, i) => (t.filed[i] === FILED.opened ? of(i) : null))
  const all = (value: string | null) => Array.from({ length: count }, () => value)
  const amounts = (of: (i: number) => number) => Float64Array.from({ length: count }, (_, i) => of(i) / MINOR)
  const zeros = () => new Float64Array(count)
  const at = (seconds: ArrayLike<number>) =>
    rows(i => (seconds[i]! > 0 ? BigInt(Math.round(options.toLocal(seconds[i]!) * 1e6)) : null))
  const zone = (cells: Uint32Array) =>
    rows(i => options.zones.get(cellText(cells[2 * i]!, cells[2 * i + 1]!)) ?? null)
  const flag = (is: (i: number) => boolean) => rows(i => (is(i) ? 'Y' : 'N'))
  const pay = amounts(
    i => numberOf(batch, i, 'fare') - numberOf(batch, i, 'levy') + numberOf(batch, i, 'wait'),
  )
  const levies = { bcf: zeros(), sales_tax: zeros(), congestion_surcharge: zeros() }
  const fees = { airport_fee: zeros(), cbd_congestion_fee: zeros() }
  return {
    hvfhs_license_num: all(options.licence),
    dispatching_base_num: all(options.base),
    originating_base_num: all(null),
    request_datetime: at(t.requestedAtS),
    on_scene_datetime: at(t.arrivedAtS),
    pickup_datetime: at(t.startedAtS),
    dropoff_datetime: at(t.finishedAtS),
    PULocationID: zone(t.pickupCell),
    DOLocationID: zone(t.destCell),
    trip_miles: rows(i => t.metres[i]! / METRES_PER_MILE),
    trip_time: rows(i => t.secs[i]!),
    base_passenger_fare: pay,
    tolls: amounts(i => numberOf(batch, i, 'toll')),
    ...levies,
    ...fees,
    [options.levyColumn]: amounts(i => numberOf(batch, i, 'levy')),
    tips: amounts(i => numberOf(batch, i, 'tip')),
    driver_pay: pay,
    shared_request_flag: flag(i => (t.pooled[i]! & 1) !== 0),
    shared_match_flag: flag(i => (t.pooled[i]! & 2) !== 0),
    access_a_ride_flag: flag(() => false),
    wav_request_flag: flag(i => (t.needs[i]! & 1) !== 0),
    wav_match_flag: flag(i => (t.served[i]! & 1) !== 0),
  }
}

const notes = ({ licence, base, levyColumn, zones }: HvfhvOptions, bare: number): string =>
  [
    'Each settlement is a row; money is exact to a millionth, trips never begun (a cancel fee) have no pickup time.',
    `base_passenger_fare is fare and waiting without the levy; the levy stands in ${levyColumn}, and driver_pay equals`,
    'base_passenger_fare, since nobody takes a commission. Times are local, as the TLC has them.',
    `${bare} rows have no opened record: only their money is filled.`,
    ...(licence === null ? ['hvfhs_license_num is blank: no company sends this.'] : []),
    ...(base === null ? ['dispatching_base_num is blank: there is no base.'] : []),
    'originating_base_num is blank: there is no base.',
    ...(zones.size === 0 ? ['PULocationID and DOLocationID are blank: no list of zones was given.'] : []),
    'wav_match_flag says what of an asked-for ramp was served; a car with one that nobody asked for counts as N.',
    '',
  ].join('\n')
