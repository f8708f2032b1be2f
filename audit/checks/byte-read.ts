/** Reads of integers out of bytes without a view or a bigint; all little-endian, as SSZ has them. */
import { u32At } from '@hexhail/protocol/codec.ts'

const HIGH = 2 ** 32
/** Upper halves from this on do not fit a number exactly. */
const TOP = 2 ** 21

/** A u64 as a number; NaN where it is above 2^53 - 1. */
export function u64At(bytes: Uint8Array, at: number): number {
  const high = u32At(bytes, at + 4)
  return high < TOP ? high * HIGH + u32At(bytes, at) : Number.NaN
}

/** Minor units as a number; NaN where they are above 2^53 - 1, which is nine thousand million of a token. */
export function moneyAt(bytes: Uint8Array, at: number): number {
  return u32At(bytes, at + 8) === 0 && u32At(bytes, at + 12) === 0 ? u64At(bytes, at) : Number.NaN
}

/** Minor units above or below zero (`signedMoney`); NaN beyond 2^53 - 1. */
export function signedAt(bytes: Uint8Array, at: number): number {
  if (bytes[at + 15]! < 0x80) return moneyAt(bytes, at)
  if (u32At(bytes, at + 12) !== 0xffffffff || u32At(bytes, at + 8) !== 0xffffffff) return Number.NaN
  const high = HIGH - 1 - u32At(bytes, at + 4)
  return high < TOP ? -(high * HIGH + (HIGH - 1 - u32At(bytes, at))) - 1 : Number.NaN
}

/** True where so many bytes are all zero. */
export function isZero(bytes: Uint8Array, at: number, size: number): boolean {
  for (let i = 0; i < size; i++) if (bytes[at + i] !== 0) return false
  return true
}

/** True where the bytes at a place are those of `wanted`. */
export function isAt(wanted: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false
  return true
}
