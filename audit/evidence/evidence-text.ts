import { toHex } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { sha256 } from '@noble/hashes/sha2.js'
import type { Evidence } from './evidence.ts'

/** A whole number of money as text: digits and an `n`, as in JavaScript. */
const MONEY = /^-?\d{1,40}n$/

/** A file's text: JSON, two spaces, money as `"123n"`. */
export const evidenceText = (evidence: Evidence): string => `${JSON.stringify(evidence, withMoney, 2)}\n`

/** What a text says, whatever it is; null where it is no JSON. */
export function parseEvidence(text: string): unknown {
  try {
    return JSON.parse(text, (_, value) =>
      typeof value === 'string' && MONEY.test(value) ? BigInt(value.slice(0, -1)) : value,
    )
  } catch {
    return null
  }
}

/** sha256 over an evidence's fields but the digest itself, keys sorted. */
export const evidenceDigest = (evidence: Omit<Evidence, 'digest'>): Hex =>
  toHex(sha256(new TextEncoder().encode(canonical({ ...evidence, digest: null }))))

/** The same text for the same value, in whatever order its keys stand. */
export function canonical(value: unknown): string {
  if (typeof value === 'bigint') return `"${value}n"`
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const fields = value as Readonly<Record<string, unknown>>
  const keys = Object.keys(fields).sort()
  return `{${keys.map(key => `${JSON.stringify(key)}:${canonical(fields[key])}`).join(',')}}`
}

const withMoney = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value)
