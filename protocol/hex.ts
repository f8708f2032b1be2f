import { HexhailError } from './hexhail-error.ts'
import type { Hex } from './terms.ts'

const DIGITS = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'))

/** Lower-case hex digits of bytes, without `0x`. */
export function hexDigits(bytes: Uint8Array): string {
  let out = ''
  for (let i = 0; i < bytes.length; i++) out += DIGITS[bytes[i]!]
  return out
}

/** Lower-case hex of bytes, with `0x`. */
export function toHex(bytes: Uint8Array): Hex {
  return `0x${hexDigits(bytes)}`
}

/** True for `0x` hex of whole bytes, of exactly `size` bytes when given. */
export function isHex(text: unknown, size?: number): text is Hex {
  if (typeof text !== 'string' || !/^0x(?:[0-9a-fA-F]{2})*$/.test(text)) return false
  return size === undefined || text.length === 2 + 2 * size
}

/** Bytes of a hex text, of exactly `size` bytes when given; throws for anything else (the caller's fault). */
export function fromHex(text: string, size?: number): Uint8Array<ArrayBuffer> {
  if (!isHex(text, size)) {
    const want = size === undefined ? 'whole bytes' : `${size} bytes`
    throw new HexhailError('hex', `"${String(text).slice(0, 80)}" is not 0x hex of ${want}.`, { size })
  }
  const out = new Uint8Array((text.length - 2) / 2)
  for (let i = 0; i < out.length; i++) out[i] = Number.parseInt(text.slice(2 + 2 * i, 4 + 2 * i), 16)
  return out
}

/** One array out of many. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let length = 0
  for (const part of parts) length += part.length
  const out = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** True when both hold the same bytes. Not for secrets: it stops at the first difference. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
