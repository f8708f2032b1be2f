/** A rider's right to a lower fare, shown once and without a name: the class alone, bound to the terms of one trip. */
import type { Hex } from '@hexhail/protocol/terms.ts'
import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { credentialHash } from './credential-hash.ts'
import type { PublicJwk, Signing } from './es256.ts'
import { presentCredential } from './present.ts'
import type { StatusList } from './status-list.ts'
import { CONCESSIONS, type Concession } from './vct.ts'
import { verifyCredential } from './verify.ts'

/** What the driver's device learns, and what of it stands in the record. */
export interface ProvenConcession {
  readonly category: Concession
  /** Hash of the credential: of one showing, since each credential is shown once. */
  readonly proof: Hex
}

/** Why a concession is not believed. `unread`: there is no list to look its status up in. */
export type ConcessionCode =
  | 'concession-form'
  | 'concession-signature'
  | 'concession-trip'
  | 'concession-over'
  | 'concession-ended'
  | 'concession-unread'

const MOST_AGE_S = 900
const audienceOf = (trip: Hex): string => `hexhail:trip:${trip.toLowerCase()}`

/** Shows a concession for one trip; `trip`: digest of the terms, which the rider has signed and the driver knows. */
export function presentConcession(
  credential: string,
  holder: Signing,
  trip: Hex,
  nowS: number,
): Promise<string> {
  return presentCredential(credential, ['category'], holder, {
    audience: audienceOf(trip),
    nonce: trip.toLowerCase(),
    issuedAtS: nowS,
  })
}

/** Checks a concession that was shown for a trip. Never throws. */
export async function checkConcession(
  presentation: string,
  wanted: {
    readonly issuer: PublicJwk
    readonly trip: Hex
    readonly statuses: StatusList | null
    readonly nowS: number
  },
): Promise<Verdict<ProvenConcession, ConcessionCode>> {
  const { issuer, trip, statuses, nowS } = wanted
  const binding = { audience: audienceOf(trip), nonce: trip.toLowerCase(), mostAgeS: MOST_AGE_S }
  const shown = await verifyCredential(presentation, 'concession', issuer, nowS, binding)
  if (shown.verdict !== 'accept') {
    if (shown.code === 'over' || shown.code === 'early') return reject('concession-over')
    return reject(shown.code === 'binding' ? 'concession-trip' : 'concession-signature')
  }
  const { status, claims } = shown.value
  if (!CONCESSIONS.includes(claims.category!)) return reject('concession-form')
  if (statuses === null || status.uri !== statuses.uri) return reject('concession-unread')
  if (statuses.statusOf(status.index) !== 'valid') return reject('concession-ended')
  return accept({ category: claims.category!, proof: credentialHash(presentation) })
}
