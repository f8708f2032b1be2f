import { u32At } from '@hexhail/protocol/codec.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { ByteWriter } from 'hyparquet-writer'
import { u64At } from '../checks/byte-read.ts'
import { SETTLED_BYTES } from '../checks/settled-row.ts'
import { FILED } from '../checks/trip-columns.ts'
import { type Amount, amountOf, createSum, FIGURES, type Figure } from './amount.ts'
import type { Format } from './format.ts'
import { packBytes, packDoubles, packInts, packLongs } from './pack-column.ts'
import { FILINGS, PLAIN_COLUMNS, type PlainColumn } from './plain-columns.ts'
import { type ColumnValues, encodeRowGroup, type Packed, type RowGroup } from './row-group.ts'
import { cellText } from './text.ts'
import type { TripBatch } from './trip-batch.ts'

/** A group without its bytes, and sums of the figures in their order, of the amounts that were written. */
export interface ParquetNotes {
  readonly group: Omit<RowGroup, 'bytes'>
  readonly sums: readonly bigint[]
}

const MOST_LONG = 2n ** 63n - 1n
/** Group after group in the same memory. */
const ROOM = 2 ** 22

/** Groups of rows of `trips.parquet`. */
export function createFormat(): Format<ParquetNotes> {
  const writer = new ByteWriter(ROOM)
  return {
    looksAt: 'figures',
    format(batch) {
      const sums = FIGURES.map(createSum)
      const isOpened = openedRows(batch)
      const values = PLAIN_COLUMNS.map(column => valuesOf(batch, column, isOpened, sums))
      const { bytes, ...group } = encodeRowGroup(PLAIN_COLUMNS, values, batch.count, writer)
      return { parts: [bytes], notes: { group, sums: sums.map(({ total }) => total) } }
    },
  }
}

/** A 1 for each row whose record is opened. */
export const openedRows = ({ count, t }: TripBatch): Uint8Array =>
  Uint8Array.from({ length: count }, (_, i) => (t.filed[i] === FILED.opened ? 1 : 0))

/** A 1 for each of those rows that has a time. */
export const timedRows = (isOpened: Uint8Array, seconds: ArrayLike<number>): Uint8Array =>
  isOpened.map((is, i) => (is === 1 && seconds[i]! > 0 ? 1 : 0))

function valuesOf(
  batch: TripBatch,
  column: PlainColumn,
  isOpened: Uint8Array,
  sums: readonly { add(amount: Amount): void }[],
): ColumnValues {
  const { count, settled, t } = batch
  switch (column.from) {
    case 'settled': {
      const width = column.kind === 'bytes32' ? 32 : 20
      return packBytes(count, settled, { at: column.at, stride: SETTLED_BYTES, width })
    }
    case 'u32': {
      const pack = column.kind === 'int' ? packInts : packDoubles
      return pack(count, null, i => u32At(settled, i * SETTLED_BYTES + column.at))
    }
    case 'u64': {
      const of = (i: number) => u64At(settled, i * SETTLED_BYTES + column.at)
      return column.kind === 'moment'
        ? packLongs(count, null, i => of(i) * 1e6)
        : packDoubles(count, null, of)
    }
    case 'money':
      return amountsOf(batch, column.figure, sums[FIGURES.indexOf(column.figure)]!)
    case 'filing':
      return Array.from({ length: count }, (_, i) => FILINGS[t.filed[i]!] ?? '')
    case 'record': {
      const numbers = t[column.of]
      if (column.kind === 'moment')
        return packLongs(count, timedRows(isOpened, numbers), i => numbers[i]! * 1e6)
      return (column.kind === 'int' ? packInts : packDoubles)(count, isOpened, i => numbers[i]!)
    }
    case 'cell': {
      const cells = t[column.of]
      return Array.from({ length: count }, (_, i) =>
        isOpened[i] === 1 ? cellText(cells[2 * i]!, cells[2 * i + 1]!) : null,
      )
    }
  }
}

/** A figure of all rows. @throws {HexhailError} 'amount' where one is beyond 2^63 */
function amountsOf(batch: TripBatch, figure: Figure, sum: { add(amount: Amount): void }): Packed {
  const whole = new BigInt64Array(0)
  let large = whole
  const packed = packLongs(batch.count, null, i => {
    const amount = amountOf(batch, i, figure)
    sum.add(amount)
    if (typeof amount === 'number') return amount
    if (amount > MOST_LONG)
      throw new HexhailError('amount', `A ${figure} of ${amount} fits no column: export csv.`)
    if (large === whole) large = new BigInt64Array(batch.count)
    large[i] = amount
    return 0
  })
  if (large === whole) return packed
  const all = new BigInt64Array(packed.bytes.buffer)
  for (let i = 0; i < batch.count; i++) if (large[i] !== 0n) all[i] = large[i]!
  return packed
}
