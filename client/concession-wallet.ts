import { presentConcession } from '@hexhail/permits/concession.ts'
import type { ConcessionClaim } from '@hexhail/permits/concession-claim.ts'
import type { ConcessionClient, ConcessionStanding } from '@hexhail/permits/concession-client.ts'
import { BATCH_MOST } from '@hexhail/permits/concession-desk.ts'
import { credentialHash } from '@hexhail/permits/credential-hash.ts'
import { makeSigningKey, signingOf } from '@hexhail/permits/es256.ts'
import { decodeJwt } from '@hexhail/permits/jwt.ts'
import type { FiledTicket } from '@hexhail/permits/office-client.ts'
import type { Concession } from '@hexhail/permits/vct.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { Store } from './store.ts'

/** What is left to show. */
export interface HeldConcession {
  readonly category: Concession
  /** Rides that it is enough for. */
  readonly left: number
  /** The end of the month that the credentials are good for, unix seconds. */
  readonly untilS: number
}

/** A concession as it is shown to one driver. */
export interface Showing {
  readonly presentation: string
  /** Hash of the credential, for the record. */
  readonly proof: Hex
}

/** The rider's concession on this device: the claim under way, and one-time credentials, each with a key of its own. */
export interface ConcessionWallet {
  /** Sends a claim to the office; what was collected before stays until there is something new. */
  apply(claim: ConcessionClaim): Promise<void>
  /**
   * Asks how the claim stands, and collects the next batch where few are left. Null: nothing was claimed on this device.
   * Rejects with the `HexhailError`s of the office.
   */
  look(): Promise<ConcessionStanding | null>
  /** What is left; null without. */
  held(): Promise<HeldConcession | null>
  /**
   * Shows the class for one trip and uses a credential up; for the same trip the same one again.
   * @throws {HexhailError} CONCESSION when none of that class is left
   */
  present(category: string, trip: Hex): Promise<Showing>
}

interface OneTime {
  readonly credential: string
  readonly pair: CryptoKeyPair
}

interface Pouch {
  readonly category: Concession
  readonly untilS: number
  readonly fresh: readonly OneTime[]
  /** What was shown lately, for a reload in between. */
  readonly shown: readonly (OneTime & { readonly trip: Hex })[]
}

const FILED = 'rider/concession-filed'
const POUCH = 'rider/concession'
/** A new batch is collected where fewer are left. */
const FEW = 6
const KEPT_SHOWN = 8

/** Keeps concessions in the page's store; the keys are handles that no one can read. */
export function createConcessionWallet(deps: {
  readonly office: Pick<ConcessionClient, 'apply' | 'ask' | 'collect'>
  readonly store: Pick<Store, 'get' | 'set' | 'delete'>
  readonly now: () => number
}): ConcessionWallet {
  const { office, store, now } = deps
  const nowS = () => Math.floor(now() / 1_000)
  let tail: Promise<unknown> = Promise.resolve()
  /** One change of the pouch at a time: two trips must not show one credential. */
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const done = tail.then(run)
    tail = done.catch(() => undefined)
    return done
  }
  const pouch = async (): Promise<Pouch | undefined> => {
    const kept = await store.get<Pouch>(POUCH)
    return kept && kept.untilS > nowS() ? kept : undefined
  }
  const collect = async (category: Concession, offer: unknown): Promise<void> => {
    const pairs = await Promise.all(Array.from({ length: BATCH_MOST }, () => makeSigningKey()))
    const credentials = await office.collect(offer, await Promise.all(pairs.map(signingOf)))
    const untilS = Math.min(...credentials.map(endOf))
    const before = await pouch()
    const isMore = before?.category === category && before.untilS === untilS
    const fresh = credentials.map((credential, i) => ({ credential, pair: pairs[i]! }))
    await store.set(POUCH, {
      ...{ category, untilS },
      fresh: [...(isMore ? before.fresh : []), ...fresh],
      shown: before?.shown ?? [],
    } satisfies Pouch)
  }
  return {
    async apply(claim) {
      await store.set(FILED, await office.apply(claim))
    },
    look: () =>
      inTurn(async () => {
        const filed = await store.get<FiledTicket>(FILED)
        if (!filed) return null
        const standing = await office.ask(filed)
        const { state, category, offer } = standing
        if (state === 'revoked') await store.delete(POUCH)
        const before = await pouch()
        const has = before?.category === category ? before.fresh.length : 0
        if (offer && category && has < FEW) await collect(category, offer)
        return standing
      }),
    async held() {
      const kept = await pouch()
      return kept ? { category: kept.category, left: kept.fresh.length, untilS: kept.untilS } : null
    },
    present: (category, trip) =>
      inTurn(async () => {
        const kept = await pouch()
        const again = kept?.shown.find(each => each.trip === trip)
        const one = again ?? kept?.fresh[0]
        if (!kept || !one || kept.category !== category)
          throw new HexhailError('CONCESSION', 'No reduced fare is left on this device: collect it anew.')
        if (!again) {
          const shown = [...kept.shown, { ...one, trip }].slice(-KEPT_SHOWN)
          await store.set(POUCH, { ...kept, fresh: kept.fresh.slice(1), shown } satisfies Pouch)
        }
        const presentation = await presentConcession(one.credential, await signingOf(one.pair), trip, nowS())
        return { presentation, proof: credentialHash(one.credential) }
      }),
  }
}

/** The end that a credential says of itself, unix seconds; 0 for what is none. */
function endOf(credential: string): number {
  const read = decodeJwt(credential.split('~', 1)[0]!)
  const exp = read.verdict === 'accept' ? read.value.payload.exp : 0
  return typeof exp === 'number' ? exp : 0
}
