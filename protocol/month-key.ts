/** The authority's key of a month: records are sealed to it, and when it is destroyed nobody opens them again. */
import { delegationDomain } from './delegation.ts'
import { fromHex, isHex, toHex } from './hex.ts'
import { recoverAccount } from './recover.ts'
import type { Hex } from './terms.ts'
import { structHasher, typedDigest } from './typed-data.ts'

/** A month's public key with the word of the authority's account. */
export interface MonthKey {
  readonly authority: Hex
  /** Year * 100 + month, UTC. */
  readonly month: number
  /** X25519, 32 bytes. */
  readonly publicKey: Hex
  /** 65 bytes, over `monthKeyDigest`. */
  readonly signature: Hex
}

/** Types for a wallet's typed-data request. */
export const MONTH_KEY_TYPES = {
  RecordKey: [
    { type: 'address', name: 'authority' },
    { type: 'uint32', name: 'month' },
    { type: 'bytes32', name: 'publicKey' },
  ],
}

const hashKey = structHasher<Omit<MonthKey, 'signature'>>(MONTH_KEY_TYPES, 'RecordKey')
const hashDomain = structHasher<ReturnType<typeof delegationDomain>>(
  {
    EIP712Domain: [
      { type: 'string', name: 'name' },
      { type: 'string', name: 'version' },
      { type: 'uint256', name: 'chainId' },
    ],
  },
  'EIP712Domain',
)

/** Digest that the authority's wallet signs; the domain is that of delegations. */
export const monthKeyDigest = (chainId: number, key: Omit<MonthKey, 'signature'>): Hex =>
  toHex(typedDigest(hashDomain(delegationDomain(chainId)), hashKey(key)))

/** Month of a moment, UTC. */
export function monthOf(atMs: number): number {
  const date = new Date(atMs)
  return date.getUTCFullYear() * 100 + date.getUTCMonth() + 1
}

/** The month after. */
export const monthAfter = (month: number): number => (month % 100 === 12 ? month + 89 : month + 1)

/** Whether a key is in order and the authority's own. Never throws. */
export function isMonthKey(chainId: number, authority: Hex, key: unknown): key is MonthKey {
  const { month, publicKey, signature, authority: named } = (key ?? {}) as Partial<MonthKey>
  if (!Number.isSafeInteger(month) || !isHex(publicKey, 32) || !isHex(signature, 65)) return false
  if (!isHex(named, 20) || named.toLowerCase() !== authority.toLowerCase()) return false
  const digest = monthKeyDigest(chainId, { authority: named, month: month as number, publicKey })
  return recoverAccount(digest, fromHex(signature)) === authority.toLowerCase()
}
