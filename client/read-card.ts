import type { ChainReader } from '@hexhail/chain/ports.ts'
import { readVehicle } from '@hexhail/chain/read-vehicle.ts'
import type { OfficeClient } from '@hexhail/permits/office-client.ts'
import { checkTripCard } from '@hexhail/permits/trip-card.ts'
import type { ShownCard } from '@hexhail/protocol/rider-card.ts'
import type { TripRules } from '@hexhail/protocol/rider-state.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { Verdict } from '@hexhail/protocol/verdict.ts'
import { createStatusReader } from './status-reader.ts'
import type { Store } from './store.ts'

/** A card that came, and what it must be tied to. */
export interface ComeCard {
  readonly trip: Hex
  readonly requestId: Hex
  /** The driver's account in the terms. */
  readonly account: Hex
  /** The key by which he speaks, x‖y. */
  readonly session: Hex
  readonly bytes: Uint8Array
}

/** Judges a card. */
export type CardReader = (card: ComeCard) => Promise<Verdict<ShownCard>>

/** Where the newest list's time is kept: an older one is refused even after a reload. */
const NEWEST = 'permits/newest-list'

/** Makes the judge of cards: office, chain and status list are asked, the card itself is checked here. */
export function createCardReader(deps: {
  readonly office: Pick<OfficeClient, 'office' | 'statusList'>
  readonly reader: Pick<ChainReader, 'permit' | 'config'>
  readonly rules: Pick<TripRules, 'tariff'>
  readonly store: Pick<Store, 'get' | 'set'>
  readonly now: () => number
  readonly report: (error: unknown) => void
}): CardReader {
  const { office, reader, rules, store, now, report } = deps
  const { authority } = rules.tariff
  const path = '/permits/status'
  const statuses = createStatusReader({ office, path, newestKey: NEWEST, store, now })
  const chainWord = async (account: Hex) => {
    const { credential, vehicle } = await reader.permit(authority, account)
    const car = vehicle && (await readVehicle(reader.config, { authority, vehicle }))
    const isHis = car && car.driver === account.toLowerCase()
    return { credential, vehicleCredential: isHis ? car.credential : null }
  }

  return async ({ trip, requestId, account, session, bytes }) => {
    const [{ issuer }, chain, newest] = await Promise.all([
      office.office(),
      chainWord(account),
      // Without a list the chain's word stands alone: a stopped permit is off it.
      statuses().catch(error => {
        report(error)
        return null
      }),
    ])
    const nowS = Math.floor(now() / 1_000)
    return checkTripCard(bytes, { trip, requestId, session, issuer, chain, statuses: newest, nowS })
  }
}
