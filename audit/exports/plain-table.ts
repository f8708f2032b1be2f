/** The settled trips as a table, one row each: what the chain says, and of opened records what they say. */
import { u32At } from '@hexhail/protocol/codec.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { u64At } from '../checks/byte-read.ts'
import { SETTLED_BYTES } from '../checks/settled-row.ts'
import { FILED, type TripColumns } from '../checks/trip-columns.ts'
import { type Amount, amountOf, createSum, FIGURES, type Figure } from './amount.ts'
import type { OutFiles } from './out-files.ts'
import { createParquetFile, type ParquetColumn } from './parquet-file.ts'
import type { Export } from './run-export.ts'
import { cellText, hexAt, momentText } from './text.ts'
import type { Written } from './totals.ts'
import type { TripBatch } from './trip-batch.ts'

/** Where the fields that no figure is stand in a settlement's row (checks/settled-row.ts). */
const AT = {
  record: 32,
  rider: 64,
  driver: 84,
  tariff: 104,
  timestampS: 188,
  block: 196,
  logIndex: 204,
  tx: 240,
}

const MOST_LONG = 2n ** 63n - 1n

type Cell = string | number | null
/** A column: what stands in row i; `money` columns come apart, so that they are exact. */
type Column = ParquetColumn &
  (
    | { readonly kind: 'text' | 'int' | 'double' | 'moment'; readonly of: (b: TripBatch, i: number) => Cell }
    | { readonly kind: 'bytes20' | 'bytes32'; readonly at: number }
    | { readonly kind: 'long'; readonly money: Figure }
  )

const ofRecord =
  (value: (t: TripColumns, i: number) => Cell) =>
  ({ t }: TripBatch, i: number): Cell =>
    t.filed[i] === FILED.opened ? value(t, i) : null
const time = (column: 'requestedAtS' | 'acceptedAtS' | 'arrivedAtS' | 'startedAtS' | 'finishedAtS') =>
  ofRecord((t, i) => t[column][i] || null)
const isEmptyable = true
const bytes = (name: string, kind: 'bytes20' | 'bytes32', at: number): Column => ({
  name,
  kind,
  at,
  isEmptyable: false,
})
const fact = (
  name: string,
  kind: 'int' | 'double' | 'moment',
  read: (row: Uint8Array, at: number) => number,
) => ({
  name,
  kind,
  isEmptyable: false,
  of: ({ settled }: TripBatch, i: number) => read(settled, i * SETTLED_BYTES),
})
const record = (
  name: string,
  kind: 'text' | 'int' | 'double' | 'moment',
  of: (b: TripBatch, i: number) => Cell,
) => ({
  name,
  kind,
  isEmptyable,
  of,
})
const FILINGS = Object.fromEntries(Object.entries(FILED).map(([name, code]) => [code, name]))

const COLUMNS: readonly Column[] = [
  bytes('trip', 'bytes32', 0),
  fact('settled_at', 'moment', (row, at) => u64At(row, at + AT.timestampS)),
  fact('block', 'double', (row, at) => u64At(row, at + AT.block)),
  bytes('transaction', 'bytes32', AT.tx),
  fact('log_index', 'int', (row, at) => u32At(row, at + AT.logIndex)),
  bytes('rider', 'bytes20', AT.rider),
  bytes('driver', 'bytes20', AT.driver),
  fact('tariff', 'double', (row, at) => u32At(row, at + AT.tariff)),
  ...FIGURES.map(money => ({ name: money, kind: 'long', isEmptyable: false, money }) as const),
  bytes('record_root', 'bytes32', AT.record),
  { name: 'record', kind: 'text', isEmptyable: false, of: ({ t }, i) => FILINGS[t.filed[i]!] ?? '' },
  record(
    'factor_bp',
    'int',
    ofRecord((t, i) => t.bp[i]!),
  ),
  record(
    'quote_metres',
    'double',
    ofRecord((t, i) => t.quoteMetres[i]!),
  ),
  record(
    'quote_seconds',
    'double',
    ofRecord((t, i) => t.quoteSecs[i]!),
  ),
  record(
    'metres',
    'double',
    ofRecord((t, i) => t.metres[i]!),
  ),
  record(
    'seconds',
    'double',
    ofRecord((t, i) => t.secs[i]!),
  ),
  record(
    'wait_seconds',
    'double',
    ofRecord((t, i) => t.waitSecs[i]!),
  ),
  record(
    'pickup_cell',
    'text',
    ofRecord((t, i) => cellText(t.pickupCell[2 * i]!, t.pickupCell[2 * i + 1]!)),
  ),
  record(
    'destination_cell',
    'text',
    ofRecord((t, i) => cellText(t.destCell[2 * i]!, t.destCell[2 * i + 1]!)),
  ),
  record('requested_at', 'moment', time('requestedAtS')),
  record('accepted_at', 'moment', time('acceptedAtS')),
  record('arrived_at', 'moment', time('arrivedAtS')),
  record('started_at', 'moment', time('startedAtS')),
  record('finished_at', 'moment', time('finishedAtS')),
]

/** Names of the columns, in order. */
export const PLAIN_COLUMNS: readonly string[] = COLUMNS.map(({ name }) => name)

/** `trips.csv`: money as decimals of the token, times ISO 8601 UTC. */
export function plainCsv(files: OutFiles): Export {
  const file = files.text('trips.csv')
  const adding = createWritten()
  file.write(`${PLAIN_COLUMNS.join(',')}\r\n`)
  const cell = (batch: TripBatch, i: number, column: Column): string => {
    if ('at' in column)
      return hexAt(batch.settled, i * SETTLED_BYTES + column.at, column.kind === 'bytes32' ? 32 : 20)
    if ('money' in column) return adding.take(column.money, amountOf(batch, i, column.money))
    const value = column.of(batch, i)
    if (value === null) return ''
    return column.kind === 'moment' ? `${momentText(value as number)}Z` : String(value)
  }
  return {
    take(batch) {
      for (let i = 0; i < batch.count; i++) {
        adding.trips++
        let line = ''
        for (const column of COLUMNS)
          line += line === '' ? cell(batch, i, column) : `,${cell(batch, i, column)}`
        file.write(`${line}\r\n`)
      }
    },
    end: () => adding.written(),
  }
}

/** `trips.parquet`: money as whole minor units, a millionth of the token; hashes and accounts as bytes; times in UTC. */
export function plainParquet(files: OutFiles): Export {
  const file = createParquetFile(files.bytes('trips.parquet'), COLUMNS, { money: 'millionths of the token' })
  const adding = createWritten()
  return {
    take(batch) {
      const { count, settled } = batch
      adding.trips += count
      const rows = <T>(of: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => of(i))
      file.write(
        COLUMNS.map(column => {
          if ('at' in column) {
            const size = column.kind === 'bytes32' ? 32 : 20
            return rows(i => {
              const from = i * SETTLED_BYTES + column.at
              return settled.slice(from, from + size)
            })
          }
          if ('money' in column) {
            const amounts = new BigInt64Array(count)
            for (let i = 0; i < count; i++) {
              const amount = BigInt(amountOf(batch, i, column.money))
              if (amount > MOST_LONG)
                throw new HexhailError('amount', `A ${column.money} of ${amount} fits no column: export csv.`)
              amounts[i] = amount
              adding.add(column.money, amounts[i]!)
            }
            return amounts
          }
          if (column.kind === 'moment')
            return rows(i => {
              const seconds = column.of(batch, i)
              return seconds === null ? null : BigInt(Math.round((seconds as number) * 1e6))
            })
          return rows(i => column.of(batch, i))
        }),
      )
    },
    end() {
      file.end()
      return adding.written()
    },
  }
}

/** What was written of each figure, added up from the text or number that went into the file. */
function createWritten() {
  const sums = new Map(FIGURES.map(figure => [figure, createSum()]))
  return {
    trips: 0,
    add(figure: Figure, amount: Amount): void {
      sums.get(figure)!.add(amount)
    },
    take(figure: Figure, amount: Amount): string {
      const text = tokenText(amount)
      const at = text.length - 7
      const whole = Number(text.slice(0, at))
      this.add(
        figure,
        whole < 2 ** 32
          ? whole * 1e6 + Number(text.slice(at + 1))
          : BigInt(text.slice(0, at) + text.slice(at + 1)),
      )
      return text
    },
    written(): Written {
      return {
        trips: this.trips,
        sums: Object.fromEntries([...sums].map(([figure, sum]) => [figure, sum.total])),
      }
    },
  }
}

/** Minor units as `12.345678`. */
function tokenText(amount: Amount): string {
  const digits = String(amount).padStart(7, '0')
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`
}
