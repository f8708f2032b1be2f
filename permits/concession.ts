/** A rider's right to a lower fare, shown without a name: a category, and a number that repeats only within a period. */
import { concat, toHex } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { sha256 } from '@noble/hashes/sha2.js'
import { fromBase64url } from './base64url.ts'
import type { PublicJwk, Signing } from './es256.ts'
import { presentCredential } from './present.ts'
import type { StatusList } from './status-list.ts'
import { CONCESSIONS, type Concession, type ConcessionClaims } from './vct.ts'
import { verifyCredential } from './verify.ts'

/** What the driver's device learns, and what of it may stand in a record. */
export interface ShownConcession {
  readonly category: Concession
  /** The same for one credential in one period and category, and unlike any other: caps are counted by it. */
  readonly nullifier: Hex
}

/** Why a concession is not believed. */
export type ConcessionCode =
  | 'concession-form'
  | 'concession-signature'
  | 'concession-trip'
  | 'concession-ended'

const MOST_AGE_S = 900
const TITLE = new TextEncoder().encode('hexhail concession\n')
const audienceOf = (trip: Hex): string => `hexhail:trip:${trip.toLowerCase()}`

/** The number of a credential in a period (`2026-11`) and a category; null for a seed that is none. */
export function nullifierOf({ seed, category }: ConcessionClaims, period: string): Hex | null {
  const bytes = fromBase64url(seed)
  if (bytes?.length !== 32) return null
  return toHex(sha256(concat(TITLE, bytes, new TextEncoder().encode(`${category}\n${period}`))))
}

/** Shows a concession for one trip; `nonce` is made by the driver. */
export function presentConcession(
  credential: string,
  holder: Signing,
  { trip, nonce, nowS }: { readonly trip: Hex; readonly nonce: string; readonly nowS: number },
): Promise<string> {
  const claims = ['category', 'seed']
  return presentCredential(credential, claims, holder, { audience: audienceOf(trip), nonce, issuedAtS: nowS })
}

/** Checks a concession that was shown for a trip. Never throws. */
export async function checkConcession(
  presentation: string,
  wanted: {
    readonly issuer: PublicJwk
    readonly trip: Hex
    readonly nonce: string
    readonly period: string
    readonly statuses: StatusList | null
    readonly nowS: number
  },
): Promise<Verdict<ShownConcession, ConcessionCode>> {
  const { issuer, trip, nonce, period, statuses, nowS } = wanted
  const binding = { audience: audienceOf(trip), nonce, mostAgeS: MOST_AGE_S }
  const shown = await verifyCredential(presentation, 'concession', issuer, nowS, binding)
  if (shown.verdict !== 'accept')
    return reject(shown.code === 'binding' ? 'concession-trip' : 'concession-signature')
  const { status, claims } = shown.value
  if (statuses && status.uri === statuses.uri && statuses.statusOf(status.index) !== 'valid')
    return reject('concession-ended')
  const { category, seed } = claims
  if (!CONCESSIONS.includes(category!) || typeof seed !== 'string') return reject('concession-form')
  const nullifier = nullifierOf({ category: category!, seed }, period)
  return nullifier ? accept({ category: category!, nullifier }) : reject('concession-form')
}
