/** The two wire types that only trip records have. Both are SSZ: two's complement, and a container of two. */
import { type Field, merkleRoot } from './codec.ts'
import { money, u16 } from './fields.ts'
import { concat } from './hex.ts'
import { HexhailError } from './hexhail-error.ts'

const MOST = 2n ** 96n - 1n

/** Minor units above or below zero, 16 bytes, two's complement; as far from zero as `money` goes. */
export const signedMoney: Field<bigint> = (() => {
  const wide: Field<bigint> = { ...money, type: 'signed' }
  const write = (value: bigint) => {
    if (typeof value !== 'bigint' || value > MOST || value < -MOST)
      throw new HexhailError('field', `${String(value)} does not fit a field of type signed.`, {})
    const out = new Uint8Array(16)
    for (let i = 0, rest = BigInt.asUintN(128, value); i < 16; i++, rest >>= 8n) out[i] = Number(rest & 0xffn)
    return out
  }
  const read = (raw: Uint8Array) => {
    let value = 0n
    for (let i = 15; i >= 0; i--) value = (value << 8n) | BigInt(raw[i]!)
    return BigInt.asIntN(128, value)
  }
  const check: Field<bigint>['check'] = (raw, start, end) => {
    const value = read(raw.subarray(start, end))
    return value > MOST || value < -MOST ? 'range' : null
  }
  return {
    ...wide,
    write,
    read,
    check,
    root: value => merkleRoot([concat(write(value), new Uint8Array(16))]),
  }
})()

/** An amount for one entry of the tariff's document: a toll, a zone's charge, a levy. */
export interface RecordLine {
  /** Place of the entry in its list of the document, from 0; `NO_ENTRY` where the amount stands for the list as a whole. */
  readonly id: number
  readonly amount: bigint
}

/** A line that no entry of a published document stands behind. */
export const NO_ENTRY = 0xffff

/** A number and an amount, 18 bytes. */
export const line: Field<RecordLine> = {
  type: 'line',
  size: 18,
  minBytes: 18,
  maxBytes: 18,
  basic: false,
  write: ({ id, amount }) => concat(u16.write(id), money.write(amount)),
  check: (raw, start) => money.check(raw, start + 2, start + 18),
  read: raw => ({ id: u16.read(raw.subarray(0, 2)), amount: money.read(raw.subarray(2, 18)) }),
  root: ({ id, amount }) => merkleRoot([u16.root(id), money.root(amount)]),
}
