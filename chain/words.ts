/** ABI words by hand: every field that Hexhail reads is static, and this is about 20 times quicker than a decoder. */
import type { Hex } from '@hexhail/protocol/terms.ts'

/** The 32-byte words of returned data or of a log, 64 digits each; a ragged end is dropped. */
export function wordsOf(data: string): string[] {
  const words: string[] = []
  for (let at = 2; at + 64 <= data.length; at += 64) words.push(data.slice(at, at + 64))
  return words
}

/** A word as an unsigned integer. */
export const uintOf = (word: string): bigint => BigInt(`0x${word}`)

/** A word as an unsigned integer of at most 48 bits. */
export const numberOf = (word: string): number => Number.parseInt(word.slice(52), 16)

/** A word as a signed 16-bit integer. */
export const int16Of = (word: string): number => (Number.parseInt(word.slice(60), 16) << 16) >> 16

/** A word as an address, lower case. */
export const addressOf = (word: string): Hex => `0x${word.slice(24).toLowerCase()}`

/** A word as 32 bytes, lower case. */
export const bytes32Of = (word: string): Hex => `0x${word.toLowerCase()}`

/** An address or a number as a word. */
export function wordOf(value: Hex | number | bigint): string {
  const digits = typeof value === 'string' ? value.slice(2).toLowerCase() : value.toString(16)
  return digits.padStart(64, '0')
}
