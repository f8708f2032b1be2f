import { checkConcession } from '@hexhail/permits/concession.ts'
import type { ConcessionClient } from '@hexhail/permits/concession-client.ts'
import { VCT } from '@hexhail/permits/vct.ts'
import type { TripRules } from '@hexhail/protocol/rider-state.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { createStatusReader } from './status-reader.ts'
import type { Store } from './store.ts'

/** A concession that came, and what it must be good for. */
export interface ComeConcession {
  /** Digest of the terms. */
  readonly trip: Hex
  /** Id in the tariff's document: what the price of the terms was reckoned by. */
  readonly id: string
  readonly bytes: Uint8Array
}

/** Judges a concession; accepts with the hash of the credential. */
export type ConcessionReader = (come: ComeConcession) => Promise<Verdict<Hex>>

const NEWEST = 'permits/newest-concessions'

/** Makes the judge of concessions: the office tells its key and its list, the rest is checked here. */
export function createConcessionReader(deps: {
  readonly office: Pick<ConcessionClient, 'office' | 'statusList'>
  readonly rules: Pick<TripRules, 'document'>
  readonly store: Pick<Store, 'get' | 'set'>
  readonly now: () => number
}): ConcessionReader {
  const { office, rules, store, now } = deps
  const path = '/permits/concessions/status'
  const statuses = createStatusReader({ office, path, newestKey: NEWEST, store, now })
  return async ({ trip, id, bytes }) => {
    const rule = rules.document?.document.concessions.find(each => each.id === id)
    if (!rule) return reject('concession-class')
    const text = textOf(bytes)
    if (text === null) return reject('concession-form')
    const [{ issuer }, newest] = await Promise.all([office.office(), statuses()])
    const nowS = Math.floor(now() / 1_000)
    const list = newest && newest.untilS > nowS ? newest : null
    const checked = await checkConcession(text, { issuer, trip, statuses: list, nowS })
    if (checked.verdict !== 'accept') return checked
    const fits = rule.vct === VCT.concession && rule.category === checked.value.category
    return fits ? accept(checked.value.proof) : reject('concession-class')
  }
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
