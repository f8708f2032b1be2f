import { u32At } from '@hexhail/protocol/codec.ts'
import { u64At } from '../checks/byte-read.ts'
import { SETTLED_BYTES } from '../checks/settled-row.ts'
import { FILED } from '../checks/trip-columns.ts'
import { amountOf, createSum, FIGURES } from './amount.ts'
import { createPutMoment } from './byte-moments.ts'
import { ByteText, textBytes } from './byte-text.ts'
import type { Format } from './format.ts'
import { FILINGS, PLAIN_COLUMNS } from './plain-columns.ts'
import type { TripBatch } from './trip-batch.ts'

/** Sums of the figures, in their order, of the text that was written. */
export type PlainNotes = readonly bigint[]

/** Bytes of a row at most, but for money beyond every number. */
const ROW = 1_024
const COMMA = 44
const POINT = 46
const MINOR = 1e6

/** Rows of `trips.csv`. */
export function createFormat(): Format<PlainNotes> {
  const out = new ByteText()
  const filings = FILINGS.map(textBytes)
  const hexPrefix = textBytes('0x')
  const lineEnd = textBytes('\r\n')
  const putMoment = createPutMoment(seconds => seconds)

  const putRow = (batch: TripBatch, i: number, sums: readonly ReturnType<typeof createSum>[]): void => {
    const { t, settled } = batch
    const row = i * SETTLED_BYTES
    const isOpened = t.filed[i] === FILED.opened
    const moment = (seconds: number): void => {
      putMoment(out, seconds)
      out.byte(90)
    }
    for (let c = 0; c < PLAIN_COLUMNS.length; c++) {
      const column = PLAIN_COLUMNS[c]!
      if (c > 0) out.byte(COMMA)
      switch (column.from) {
        case 'settled':
          out.put(hexPrefix)
          out.hex(settled, row + column.at, column.kind === 'bytes32' ? 32 : 20)
          break
        case 'u32':
          out.uint(u32At(settled, row + column.at))
          break
        case 'u64': {
          const value = u64At(settled, row + column.at)
          if (column.kind === 'moment') moment(value)
          else out.number(value)
          break
        }
        case 'money': {
          const begin = out.at
          const amount = amountOf(batch, i, column.figure)
          if (typeof amount === 'number') putToken(out, amount)
          else out.text(tokenText(amount))
          sums[FIGURES.indexOf(column.figure)]!.add(writtenAmount(out, begin))
          break
        }
        case 'filing':
          out.put(filings[t.filed[i]!]!)
          break
        case 'record': {
          if (!isOpened) break
          const value = t[column.of][i]!
          if (column.kind !== 'moment') out.number(value)
          else if (value > 0) moment(value)
          break
        }
        case 'cell':
          if (isOpened) putCell(out, t[column.of][2 * i]!, t[column.of][2 * i + 1]!)
      }
    }
    out.put(lineEnd)
  }
  return {
    looksAt: 'figures',
    format(batch) {
      const sums = FIGURES.map(createSum)
      out.clear()
      for (let i = 0; i < batch.count; i++) {
        out.room(ROW)
        putRow(batch, i, sums)
      }
      return { parts: [out.written], notes: sums.map(({ total }) => total) }
    },
  }
}

/** Minor units as `12.345678`. */
function putToken(out: ByteText, amount: number): void {
  const whole = Math.floor(amount / MINOR)
  out.uint(whole)
  out.byte(POINT)
  out.padded(amount - whole * MINOR, 6)
}

function tokenText(amount: bigint): string {
  const digits = String(amount)
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`
}

/** The amount that stands from `begin` on, in minor units. */
function writtenAmount({ bytes, at }: ByteText, begin: number): number | bigint {
  if (at - begin > 16) return BigInt(Buffer.from(bytes.subarray(begin, at)).toString().replace('.', ''))
  let amount = 0
  for (let i = begin; i < at; i++) if (bytes[i] !== POINT) amount = amount * 10 + bytes[i]! - 48
  return amount
}

/** As `cellText`. */
function putCell(out: ByteText, low: number, high: number): void {
  if (low === 0 && high === 0) return
  let isBegun = false
  for (let shift = 28; shift >= 0; shift -= 4) {
    const digit = (high >>> shift) & 15
    isBegun ||= digit > 0 || shift === 0
    if (isBegun) out.byte(HEX[digit]!)
  }
  for (let shift = 28; shift >= 0; shift -= 4) out.byte(HEX[(low >>> shift) & 15]!)
}

const HEX = textBytes('0123456789abcdef')
