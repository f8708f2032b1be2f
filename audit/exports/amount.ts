import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { moneyAt } from '../checks/byte-read.ts'
import { SETTLED_AT, SETTLED_BYTES } from '../checks/settled-row.ts'
import type { TripBatch } from './trip-batch.ts'

/** The figures of a settlement that every export adds up. */
export const FIGURES = ['fare', 'wait', 'toll', 'tip', 'levy'] as const
/** One of them. */
export type Figure = (typeof FIGURES)[number]

/** Minor units: a number as far as it is exact, else a bigint. */
export type Amount = number | bigint

/** A figure in a settlement's bytes that begin at `from`. */
export function amountAt(settled: Uint8Array, from: number, figure: Figure): Amount {
  const at = from + SETTLED_AT[figure]
  const quick = moneyAt(settled, at)
  return Number.isNaN(quick) ? largeAt(settled, at) : quick
}

/** A figure of row i. */
export const amountOf = ({ settled }: TripBatch, i: number, figure: Figure): Amount =>
  amountAt(settled, i * SETTLED_BYTES, figure)

/** A figure of row i as a number. @throws {HexhailError} 'amount' above 2^53, nine thousand million of a token */
export function numberOf(batch: TripBatch, i: number, figure: Figure): number {
  const amount = amountOf(batch, i, figure)
  if (typeof amount === 'number') return amount
  throw new HexhailError('amount', `A ${figure} of ${amount} does not fit this file: export csv instead.`)
}

/** A sum of very many amounts, exact. */
export interface Sum {
  add(amount: Amount): void
  readonly total: bigint
}

const SMALL = 2 ** 48
const FULL = 2 ** 52

/** An empty sum. */
export function createSum(): Sum {
  let exact = 0n
  let part = 0
  return {
    add(amount) {
      if (typeof amount === 'bigint' || amount > SMALL || amount < -SMALL) {
        exact += BigInt(amount)
        return
      }
      part += amount
      if (part < FULL && part > -FULL) return
      exact += BigInt(part)
      part = 0
    },
    get total() {
      return exact + BigInt(part)
    },
  }
}

function largeAt(bytes: Uint8Array, at: number): bigint {
  let amount = 0n
  for (let i = 15; i >= 0; i--) amount = amount * 256n + BigInt(bytes[at + i]!)
  return amount
}
