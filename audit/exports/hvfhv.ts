/** Trips as New York's TLC takes them of high-volume for-hire services: its 25 columns in a Parquet file. */
import { createSum } from './amount.ts'
import type { HvfhvNotes } from './hvfhv-format.ts'
import type { OutFiles } from './out-files.ts'
import { createParquetFile } from './parquet-file.ts'
import { GROUP_ROWS, type ParquetColumn } from './row-group.ts'
import type { Export } from './run-export.ts'

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

/** Name of a column. */
export type HvfhvColumn = (typeof HVFHV_COLUMNS)[number]['name']

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
  /** IANA zone of the times. */
  readonly zone: string
}

/** `hvfhv.parquet` and a file of notes on what is blank. */
export const hvfhv =
  (options: HvfhvOptions) =>
  (files: OutFiles): Export<HvfhvNotes> => {
    const file = createParquetFile(files.bytes('hvfhv.parquet'), HVFHV_COLUMNS)
    const sums = { paid: createSum(), levy: createSum(), toll: createSum(), tip: createSum() }
    let trips = 0
    let bare = 0
    return {
      format: { module: new URL('./hvfhv-format.ts', import.meta.url).href, options },
      batchTrips: GROUP_ROWS,
      take({ count, parts: [bytes], notes }) {
        file.write({ ...notes.group, bytes: bytes! })
        trips += count
        bare += notes.bare
        for (const [name, sum] of Object.entries(sums)) sum.add(notes.sums[name as keyof typeof sums])
      },
      end() {
        file.end()
        files.text('hvfhv-notes.txt').write(notes(options, bare))
        const { paid, levy, toll, tip } = sums
        return {
          trips,
          sums: { 'fare+wait': paid.total, levy: levy.total, toll: toll.total, tip: tip.total },
        }
      },
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
