import { address, bytes, message, money, u32, u64 } from '@hexhail/protocol/fields.ts'
import { fromHex, toHex } from '@hexhail/protocol/hex.ts'
import type { Settled } from '../settled.ts'

/** A settlement as fixed bytes: how a million of them are read without making an object of each. Never on the wire. */
const SETTLED_ROW = message(0, 'settledRow', {
  terms: bytes(32),
  record: bytes(32),
  rider: address,
  driver: address,
  tariff: u32,
  fare: money,
  wait: money,
  toll: money,
  tip: money,
  levy: money,
  timestampS: u64,
  blockNumber: u64,
  logIndex: u32,
  blockHash: bytes(32),
  txHash: bytes(32),
})

/** Bytes of a settlement's row. */
export const SETTLED_BYTES = SETTLED_ROW.maxBytes

/** Where in a row each figure begins. */
export const SETTLED_AT = {
  terms: 0,
  record: 32,
  rider: 64,
  driver: 84,
  tariff: 104,
  fare: 108,
  wait: 124,
  toll: 140,
  tip: 156,
  levy: 172,
  timestampS: 188,
} as const

/** A settlement as bytes. */
export function settledRow({ fact: _, terms, record, txHash, blockHash, ...rest }: Settled): Uint8Array {
  return SETTLED_ROW.encode({
    ...rest,
    terms: fromHex(terms, 32),
    record: fromHex(record, 32),
    txHash: fromHex(txHash, 32),
    blockHash: fromHex(blockHash, 32),
  })
}

/** A settlement out of its bytes, or null where they are none. */
export function settledOf(row: Uint8Array): Settled | null {
  const read = SETTLED_ROW.decode(row)
  if (read.verdict !== 'accept') return null
  const { terms, record, txHash, blockHash, ...rest } = read.value
  return {
    fact: 'settled',
    ...rest,
    terms: toHex(terms),
    record: toHex(record),
    txHash: toHex(txHash),
    blockHash: toHex(blockHash),
  }
}
