import { createDriverEta } from '@hexhail/client/driver-eta.ts'
import { cellAt, cellCentre, driverTopics } from '@hexhail/protocol/cells.ts'
import { sealEnvelope } from '@hexhail/protocol/envelope.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { REQUEST } from '@hexhail/protocol/messages.ts'
import type { TripRules } from '@hexhail/protocol/rider-state.ts'
import { createSessionKey } from '@hexhail/protocol/session-key.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { AsyncCity } from '@hexhail/streets/city-client.ts'
import { middleOf } from './middle.ts'
import type { Town } from './town.ts'

/** One thing that a driver told: the seconds to a cell. */
interface Sight {
  readonly cell: string
  readonly firm: boolean
  readonly etaS: number
}

/** Between two fake requests, ms. */
const PAUSE_MS = 12_000

/**
 * Asks for rides that nobody wants, around the places given, each under a key of its own, and asks everybody who
 * answers for a firm time as well. What each driver told, by his number.
 */
export async function harvest(
  town: Town,
  rules: TripRules,
  places: readonly LngLat[],
): Promise<Map<number, Sight[]>> {
  const sights = new Map<number, Sight[]>()
  const see = (driver: number, sight: Sight) => sights.set(driver, [...(sights.get(driver) ?? []), sight])
  for (const [i, place] of places.entries()) {
    const session = await createSessionKey()
    const [cell, refined] = [cellAt(place, 7), cellAt(place, 9)]
    const body = {
      requestId: new Uint8Array(16).fill(i),
      cell,
      tariff: rules.tariffId,
      distanceKm: 4,
      minutes: 9,
      heading: 1,
      seats: 1,
      needs: 0,
      pickupAtMs: 0,
      sealKey: new Uint8Array(32),
      replyTo: [],
    }
    for (const topic of driverTopics(rules.domain.chainId, place)) {
      const envelope = { topic, message: REQUEST, body, session, issuedAtMs: town.now(), lifeMs: 60_000 }
      await town.leaf.publish(topic, await sealEnvelope({ ...envelope, workBits: 0 }))
    }
    await town.settle()
    const key: Hex = toHex(session.publicKey)
    for (const { driver, tag, offer } of town.heard()) {
      if (!offer) continue
      see(driver, { cell, firm: false, etaS: offer.etaS })
      const body = { cell: refined, metres: 3_400, secs: 540 }
      await town.drivers[driver]!.dispatch({ type: 'message', tag, key, message: { name: 'refine', body } })
    }
    await town.settle()
    for (const { driver, message } of town.heard())
      if (message?.name === 'quote') see(driver, { cell: refined, firm: true, etaS: message.body.etaS })
    await town.pass(PAUSE_MS)
  }
  return sights
}

/** What an attacker knows beforehand: the scheme, the streets, and where cars are likely to be. */
export interface Knowledge {
  readonly city: AsyncCity
  readonly rules: TripRules
  /** Places where cars may be, each as likely as the next. */
  readonly likely: readonly LngLat[]
  /** A cell that the times of a driver at a place may be counted from, by chance as the scheme draws it. */
  readonly cellOf: (at: LngLat) => string
}

/** Makes the likeliest place of a driver out of what he told; null where nothing he told is possible. */
export function locator({
  city,
  rules,
  likely,
  cellOf,
}: Knowledge): (sights: readonly Sight[]) => Promise<LngLat | null> {
  const byCell = Map.groupBy(likely, cellOf)
  const told = new Map<string, number | null>()
  const wouldTell = async (cell: string, { cell: to, firm }: Sight): Promise<number | null> => {
    const name = `${cell} ${to} ${firm}`
    const known = told.get(name)
    if (known !== undefined) return known
    const eta = createDriverEta({ city, rules }, () => cell)
    const at = cellCentre(cell)
    const etaS = await (firm ? eta.firmS(at, to) : eta.coarseS(at, to))
    told.set(name, etaS)
    return etaS
  }
  return async sights => {
    const possible: LngLat[] = []
    cells: for (const [cell, places] of byCell) {
      for (const sight of sights) if ((await wouldTell(cell, sight)) !== sight.etaS) continue cells
      possible.push(...places)
    }
    return possible.length ? middleOf(possible) : null
  }
}
