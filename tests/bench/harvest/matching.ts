import { coarseRequest, publishRequest } from '@hexhail/client/publish-request.ts'
import { rankOffers } from '@hexhail/matcher/rank.ts'
import { cellAt } from '@hexhail/protocol/cells.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import type { Offer } from '@hexhail/protocol/messages.ts'
import { rider, riderStart } from '@hexhail/protocol/rider.ts'
import type { RiderEffect, RiderEvent, RiderState, TripRules } from '@hexhail/protocol/rider-state.ts'
import { createSessionKey } from '@hexhail/protocol/session-key.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { AsyncCity } from '@hexhail/streets/city-client.ts'
import type { Said, Town } from './town.ts'

/** How long a rider looks before he takes the best offer, s. */
const LOOK_S = 8
const KEY: Hex = `0x${'07'.repeat(64)}`

/** Seconds that the best driver needs to a pickup, and the one whom the product finds; null without any. */
export interface Match {
  readonly bestS: number
  readonly foundS: number
}

/** An honest rider's request, by the product's own code up to the ranked offers. Offers come in a random order. */
export async function match(
  town: Town,
  { city, rules, random }: { city: AsyncCity; rules: TripRules; random: () => number },
  pickup: LngLat,
): Promise<Match | null> {
  const session = await createSessionKey()
  const requestId = toHex(Uint8Array.from({ length: 16 }, () => random() * 256))
  const plan = {
    pickup,
    pickupName: '',
    dest: [pickup[0] + 0.02, pickup[1] + 0.02] as const,
    destName: '',
    metres: 3_400,
    secs: 540,
    seats: 1,
    needs: 0,
    pickupAtMs: 0,
    riderName: '',
  }
  const secrets = { secret: KEY, salt: KEY, pin: '0000' }
  const begun = riderStart(plan, { requestId, ...secrets }, town.now())
  let state: RiderState = begun.state
  const drivers = new Map<string, number>()
  const act = async (effects: readonly RiderEffect[]): Promise<void> => {
    for (const effect of effects) {
      if (effect.type === 'publish') {
        const made = { requestId, tariffId: rules.tariffId, sealKey: new Uint8Array(32), replyTo: [] }
        const deps = { leaf: town.leaf, session, chainId: rules.domain.chainId, now: town.now }
        const body = coarseRequest(plan, made)
        const published = await publishRequest(deps, plan, body, effect.step, state.radiusM)
        await tell({ type: 'published', step: effect.step, ...published })
      } else if (effect.type === 'refine') {
        const body = { cell: cellAt(pickup, 9), metres: effect.metres, secs: effect.secs }
        const message = { name: 'refine' as const, body }
        await town.drivers[drivers.get(effect.tag)!]!.dispatch({
          type: 'message',
          tag: effect.tag,
          key: toHex(session.publicKey),
          message,
        })
      }
    }
  }
  const tell = async (event: RiderEvent): Promise<void> => {
    const step = rider(state, event, town.now(), rules)
    state = step.state
    await act(step.effects)
  }
  const listen = async (): Promise<void> => {
    await town.settle()
    const heard = town.heard().filter(({ request }) => request === requestId)
    for (const said of heard.toSorted(() => random() - 0.5)) {
      drivers.set(said.tag, said.driver)
      const message = said.offer ? { name: 'offer' as const, body: offerOf(said) } : said.message
      if (message) await tell({ type: 'message', tag: said.tag, key: KEY, message })
    }
  }
  await act(begun.effects)
  for (let s = 0; s < LOOK_S; s++) {
    await listen()
    await town.pass(1000)
    await tell({ type: 'tick' })
  }
  await listen()
  const chosen = rankOffers(state.offers.map(offer => ({ ...offer, trips: 1 })))[0]
  const toPickup = await city.snap(pickup)
  if (!chosen || !toPickup) return null
  const secondsOf = async ({ at }: { at: LngLat }): Promise<number> => {
    const from = await city.snap(at)
    return from ? city.distanceS(from, toPickup) : Number.POSITIVE_INFINITY
  }
  const bestS = Math.min(...(await Promise.all(town.drivers.map(secondsOf))))
  return { bestS, foundS: await secondsOf(town.drivers[drivers.get(chosen.tag)!]!) }
}

function offerOf({ driver, offer, request }: Said): Offer {
  return {
    requestId: Uint8Array.from(Buffer.from(request.slice(2), 'hex')),
    account: `0x${(driver + 1).toString(16).padStart(40, '0')}`,
    sessionUntilMs: offer!.expiresAtMs,
    delegation: new Uint8Array(65),
    etaS: offer!.etaS,
    bp: offer!.bp,
    seats: 4,
    needs: 15,
    car: 'BYD Dolphin, white',
    permit: new Uint8Array(32),
    vehicle: new Uint8Array(32),
    vehicleClass: 0,
    propulsion: 0,
    document: new Uint8Array(32),
    expiresAtMs: offer!.expiresAtMs,
    replyTo: [],
  }
}
