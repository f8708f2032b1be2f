/** The town of the search: one tariff, one way, one rider, two drivers, and the moments at which anything can matter. */

import { toHex } from '@hexhail/protocol/hex.ts'
import type { OfferEntry, RidePlan, TripRules } from '@hexhail/protocol/rider-state.ts'
import { sessionAddress } from '@hexhail/protocol/session-key.ts'
import type { Hex, Receipt, Terms } from '@hexhail/protocol/terms.ts'
import { quotedFare, tariffOf } from '@hexhail/protocol/trip-tariff.ts'
import { termsDigest } from '@hexhail/protocol/typed-data.ts'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { DRIVER, RULES, START_MS, PLAN as WAY } from '../unit/protocol/table-top.ts'
import { createPool, type Pool, textOf } from './pool.ts'

export const TRIP_RULES: TripRules = RULES
export const PLAN: RidePlan = WAY
export const RIDER: Hex = `0x${'01'.repeat(20)}`
export const DRIVERS: readonly Hex[] = [DRIVER, `0x${'04'.repeat(20)}`]
export const TAGS: readonly string[] = ['ab'.repeat(16), 'cd'.repeat(16)]
export const RIDER_KEY = new Uint8Array(64).fill(7)
export const SESSION = sessionAddress(RIDER_KEY)
export const DRIVER_KEYS: readonly Hex[] = [`0x${'08'.repeat(64)}`, `0x${'09'.repeat(64)}`]
export const MADE = {
  requestId: `0x${'11'.repeat(16)}`,
  secret: `0x${'22'.repeat(32)}`,
  salt: `0x${'33'.repeat(32)}`,
  pin: '4711',
} as const
/** What the rider's balance is at first, minor units. */
export const BALANCE = 100_000_000n
export const ETA_S = 240

/**
 * Moments, seconds after the request: at once; a retry later; the hold is too late; cancelling costs and the ride may
 * end; the car is late and nobody came; after `expiry`; a case's day is over.
 */
export const MOMENTS_S = [0, 30, 70, 400, 1_000, 8_000, 95_000] as const
/** Moments beyond the search, in which what is left must come to its end: a case's day, a ruling, and once more. */
const BEYOND_S = [182_000, 1_400_000, 2_700_000, 2_800_000]
export const TIMES_MS = [...MOMENTS_S, ...BEYOND_S].map(s => START_MS + s * 1_000)
export const TIMES_S = TIMES_MS.map(ms => ms / 1_000)

/** An offer that has come, as the rider keeps it. */
export const offerOf = (n: number): OfferEntry => ({
  tag: TAGS[n]!,
  key: DRIVER_KEYS[n]!,
  account: DRIVERS[n]!,
  etaS: ETA_S,
  firm: true,
  bp: 10_000,
  fare: quotedFare(tariffOf(RULES, false), PLAN.metres, PLAN.secs, 10_000),
  charges: 0n,
  byDocument: false,
  seats: 4,
  needs: 0,
  car: 'BYD Dolphin, white',
  facts: {
    served: 0,
    propulsion: 4,
    vehicleClass: 0,
    permit: `0x${'09'.repeat(32)}`,
    vehicle: `0x${'00'.repeat(32)}`,
  },
  expiresAtMs: START_MS + 45_000,
  receivedAtMs: START_MS,
  refined: true,
})

/** A signature that says what it is over: nothing else makes it. */
const sign = (bytes: number, of: unknown): Hex => {
  const hash = keccak_256(new TextEncoder().encode(textOf(of)))
  const out = new Uint8Array(bytes)
  for (let at = 0; at < bytes; at += 32) out.set(hash.subarray(0, Math.min(32, bytes - at)), at)
  return toHex(out)
}
const termsSignatures = new Map<Hex, Hex>()
export function signTerms(digest: Hex): Hex {
  const signature = termsSignatures.get(digest) ?? sign(65, digest)
  termsSignatures.set(digest, signature)
  return signature
}
export const signReceipt = (receipt: Receipt): Hex => sign(128, receipt)

/** Every terms that was ever made in a search, by its digest. */
export function createTermsBook() {
  const book = new Map<Hex, Terms>()
  const digests = new WeakMap<Terms, Hex>()
  return {
    digestOf(terms: Terms): Hex {
      let digest = digests.get(terms)
      if (!digest) {
        digest = termsDigest(RULES.domain, terms)
        digests.set(terms, digest)
        book.set(digest, terms)
      }
      return digest
    },
    termsOf: (digest: Hex): Terms => book.get(digest)!,
    /** The terms that a signature is over. */
    signedBy: (signature: Hex): Hex | undefined =>
      [...book.keys()].find(each => signTerms(each) === signature),
    newest: (): Hex | undefined => [...book.keys()].at(-1),
  }
}
export type TermsBook = ReturnType<typeof createTermsBook>

/** Receipts by number. */
export const createReceipts = (): Pool<Receipt> => createPool<Receipt>()
