import type { ChainReader } from '@hexhail/chain/ports.ts'
import { readVehicle } from '@hexhail/chain/read-vehicle.ts'
import type { OfficeClient } from '@hexhail/permits/office-client.ts'
import { openStatusList, type StatusList } from '@hexhail/permits/status-list.ts'
import { checkTripCard } from '@hexhail/permits/trip-card.ts'
import type { ShownCard, TripRules } from '@hexhail/protocol/rider-state.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { Verdict } from '@hexhail/protocol/verdict.ts'
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
/** A list is taken again for so long, ms: a suspension is known a minute later, and at the next hold by the chain. */
const LIST_MS = 60_000

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
  let list: { readonly value: StatusList; readonly atMs: number } | null = null

  const statuses = async (): Promise<StatusList | null> => {
    if (list && now() - list.atMs < LIST_MS) return list.value
    const { issuer, url } = await office.office()
    const newestS = (await store.get<number>(NEWEST)) ?? 0
    const token = await office.statusList()
    const nowS = Math.floor(now() / 1_000)
    const opened = await openStatusList(token, { uri: `${url}/permits/status`, issuer, nowS, newestS })
    if (opened.verdict !== 'accept') return list?.value ?? null
    list = { value: opened.value, atMs: now() }
    await store.set(NEWEST, opened.value.issuedAtS)
    return opened.value
  }
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
