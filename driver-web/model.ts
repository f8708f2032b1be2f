import type { ChainReader } from '@hexhail/chain/ports.ts'
import { goalOf } from '@hexhail/client/drive.ts'
import { createDriverClient, type DriverClient } from '@hexhail/client/driver-client.ts'
import { type LookUpRecord, recordLookUp } from '@hexhail/client/look-up-record.ts'
import type { ClientPorts } from '@hexhail/client/ports.ts'
import type { AppConfig } from '@hexhail/protocol/app-config.ts'
import type { Card, DriverEvent } from '@hexhail/protocol/driver-state.ts'
import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { boundBp } from '@hexhail/protocol/quote.ts'
import type { TripRules } from '@hexhail/protocol/rider-state.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { tariffOf, usualFactor } from '@hexhail/protocol/trip-tariff.ts'
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { type Alarm, createAlarm } from './alarm.ts'
import { type Conversation, createConversation } from './conversation.ts'
import { createDeeds, type Deeds } from './deeds.ts'
import { type OfferLine, offerBoard } from './offer-board.ts'
import { createPermitDesk, type PermitDesk } from './permit.ts'
import { BLANK_PROFILE, isComplete, type Profile, tidyProfile } from './profile.ts'
import { createPurse, type Purse } from './purse.ts'
import { startPlace } from './start-place.ts'
import { watchShift } from './watch-shift.ts'
import { type WayAhead, wayAhead } from './way-ahead.ts'
import { createWheels, PLACE_KEY, type Wheels } from './wheels.ts'

/** All that the driver's screens show and do. */
export interface DriverModel {
  readonly config: AppConfig
  readonly rules: TripRules
  readonly address: Hex
  readonly reader: ChainReader
  /** Looks the record of a trip up in the public log; null where there is none. */
  readonly lookUp: LookUpRecord | null
  readonly client: DriverClient
  readonly deeds: Deeds
  readonly alarm: Alarm
  readonly permits: PermitDesk
  readonly purse: Purse
  readonly wheels: Wheels
  /** The page's clock, ms: what counts down is drawn from it. */
  readonly clock: ReadonlySignal<number>
  readonly profile: ReadonlySignal<Profile>
  /** False while the rider would not find the car by the profile. */
  readonly ready: ReadonlySignal<boolean>
  /** Which card is open; the others are lines below it. */
  readonly card: ReadonlySignal<Card | null>
  readonly offers: ReadonlySignal<readonly OfferLine[]>
  readonly talk: Conversation
  readonly ahead: ReadonlySignal<WayAhead | null>
  /** Seconds of this world until the place to go to. */
  readonly etaS: ReadonlySignal<number | null>
  /** True at the pickup or at the destination. */
  readonly near: ReadonlySignal<boolean>
  /** The price factor that the driver has set for a request, basis points. */
  priceOf(requestId: Hex): number
  setPrice(requestId: Hex, bp: number): void
  openCard(requestId: Hex): void
  saveProfile(profile: Profile): Promise<boolean>
  goOnline(): Promise<boolean>
  goOffline(): Promise<boolean>
  offer(requestId: Hex): Promise<boolean>
  act(event: DriverEvent): Promise<boolean>
  withdraw(to: Hex, amount: bigint): Promise<boolean>
  finalize(terms: Hex): Promise<boolean>
  /** Puts the ended trip away. */
  next(): Promise<boolean>
  /** Deletes the ended trips of this device, and where the car stood last. */
  forgetTrips(): Promise<void>
  stop(): Promise<void>
}

/** What the page brings to the model. */
export interface DriverModelInit {
  readonly ports: ClientPorts
  readonly config: AppConfig
  readonly post?: typeof fetch
  readonly geolocation?: Geolocation | undefined
  /** Where the simulated car starts; by chance near the centre when not given. */
  readonly start?: LngLat | null
}

const PROFILE = 'driver-web/profile'
const MUTED = 'driver-web/muted'
const SIMULATED = 'driver-web/simulated'
/** This near to a place is there, metres. */
const NEAR_M = 60
const TICK_MS = 500

/** Makes the driver's model over the ports of a wallet; takes up what was under way. */
export async function createDriverModel(init: DriverModelInit): Promise<DriverModel> {
  const { ports, config, post = (input, options) => fetch(input, options) } = init
  const { rules, store, now, report, writer } = ports
  const address = ports.signer.address
  const profile = signal((await store.get<Profile>(PROFILE)) ?? BLANK_PROFILE)
  const client = await createDriverClient(ports, profile.value)
  const deeds = createDeeds(report)
  const permits = createPermitDesk(ports, config, post)
  const purse = createPurse(ports)
  const wheels = createWheels({
    ports,
    client,
    start: await startPlace(ports, config, client.shift.value.trip, init.start ?? null),
    simulated: config.demo && ((await store.get<boolean>(SIMULATED)) ?? true),
    geolocation: init.geolocation,
  })
  wheels.simulated.subscribe(on => void store.set(SIMULATED, on).catch(report))
  const alarm = createAlarm((await store.get<boolean>(MUTED)) ?? false, muted => {
    void store.set(MUTED, muted).catch(report)
  })
  const clock = signal(now())
  const opened = signal<Hex | null>(null)
  const prices: Signal<ReadonlyMap<Hex, number>> = signal(new Map())
  const offers = signal<readonly OfferLine[]>([])
  const talk = await createConversation(client, ports, clock)
  const { shift, here, route } = client

  const stopClock = ports.every(TICK_MS, () => {
    clock.value = now()
    const { offers: out, trip } = shift.value
    if (offers.value.length || out.length) offers.value = offerBoard(offers.value, out, trip, now())
  })
  const stopWatch = watchShift(client, alarm)
  const withCredentials = (car: Profile): Profile => {
    const credentials = permits.credentials.value
    return credentials ? { ...car, credentials } : car
  }
  // Offers and records name what was collected.
  const stopCredentials = permits.credentials.subscribe(found => {
    if (found && found.permit !== shift.value.car.credentials?.permit)
      void client.dispatch({ type: 'car', car: withCredentials(profile.value) }).catch(report)
  })
  await permits.refresh().catch(report)

  const ahead = computed(() => (route.value && here.value ? wayAhead(route.value, here.value.at) : null))
  const priceOf = (id: Hex): number => {
    const { request } = shift.value.cards.find(card => toHex(card.request.requestId) === id) ?? {}
    return (
      prices.value.get(id) ??
      usualFactor(tariffOf(rules, true), Math.floor((request?.pickupAtMs || now()) / 1000))
    )
  }
  return {
    config,
    rules,
    address,
    reader: ports.reader,
    lookUp: recordLookUp(config, store, now),
    client,
    deeds,
    alarm,
    permits,
    purse,
    wheels,
    clock,
    profile,
    ready: computed(() => isComplete(profile.value)),
    card: computed(() => {
      const { cards } = shift.value
      return cards.find(card => toHex(card.request.requestId) === opened.value) ?? cards[0] ?? null
    }),
    offers,
    talk,
    ahead,
    etaS: computed(() => (ahead.value ? ahead.value.leftS / rules.timeScale : null)),
    near: computed(() => {
      const target = goalOf(client)
      if (!target || !here.value) return false
      return wheels.there.value || greatCircleM(here.value.at, target) < NEAR_M
    }),
    priceOf,
    setPrice: (id, bp) => {
      prices.value = new Map(prices.value).set(id, boundBp(rules.tariff, bp))
    },
    openCard: id => {
      opened.value = id
    },
    saveProfile: wanted =>
      deeds.run('profile', async () => {
        const car = tidyProfile(wanted)
        await store.set(PROFILE, car)
        await client.dispatch({ type: 'car', car: withCredentials(car) })
        profile.value = car
      }),
    goOnline: () =>
      deeds.run('online', async () => {
        const at = wheels.at.value
        if (!at) throw new HexhailError('NO_PLACE', 'The device has not said yet where it is.')
        await client.goOnline(at)
      }),
    goOffline: () => deeds.run('online', () => client.goOffline()),
    offer: id => deeds.run(`offer ${id}`, () => client.offer(id, priceOf(id))),
    act: event => deeds.quick(() => client.dispatch(event)),
    withdraw: (to, amount) =>
      deeds.run('withdraw', async () => {
        await writer.withdraw(to, amount)
        await purse.refresh()
      }),
    finalize: terms =>
      deeds.run(`finalize ${terms}`, async () => {
        const trip = [shift.value.trip, ...client.history.value].find(each => each?.digest === terms)
        if (!trip) throw new HexhailError('NO_TERMS', 'This device does not have the terms of that trip.')
        await writer.finalize(trip.terms)
      }),
    next: () => deeds.run('next', () => client.close()),
    forgetTrips: async () => {
      await client.forgetTrips()
      await store.delete(PLACE_KEY)
    },
    stop: async () => {
      stopClock()
      talk.stop()
      stopWatch()
      stopCredentials()
      wheels.stop()
      purse.stop()
      permits.stop()
      await client.stop()
    },
  }
}
