import { driver, driverStart } from '@hexhail/protocol/driver.ts'
import { concernsDriver, tripsOf } from '@hexhail/protocol/driver-away.ts'
import type { DriverEffect, DriverEvent, DriverState, DriverTrip } from '@hexhail/protocol/driver-state.ts'
import { forgetPlaces } from '@hexhail/protocol/forget.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Request } from '@hexhail/protocol/messages.ts'
import { isShareable } from '@hexhail/protocol/sharing.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { CASES, ENDED } from '@hexhail/protocol/trip.ts'
import type { Route } from '@hexhail/streets/router.ts'
import { type ReadonlySignal, signal } from '@preact/signals-core'
import type { CarStop } from './car-stops.ts'
import { mayGoDirect } from './direct.ts'
import { openDoubleCommits } from './double-commits.ts'
import { createDrive } from './drive.ts'
import { runDriverEffect } from './driver-effects.ts'
import { createDriverEpoch, type DriverEpoch } from './driver-epoch.ts'
import { createDriverEta } from './driver-eta.ts'
import { yieldStands } from './epoch-words.ts'
import { createFiling } from './filing.ts'
import { followFacts } from './follow-facts.ts'
import { createHearing } from './hearing.ts'
import { openHistory } from './history.ts'
import { noRoom } from './no-room.ts'
import type { ClientPorts } from './ports.ts'
import { randomShare } from './random-share.ts'
import { refuseAuthors } from './refuse-authors.ts'
import { newTag } from './rider-client.ts'
import { createRuntime, type Runtime } from './runtime.ts'
import { createSharedCar } from './shared-car.ts'
import { forgetShiftKeys, openShiftKeys } from './shift-keys.ts'
import { createStickyCell } from './sticky-cell.ts'

/** The driver's side of the protocol: a shift, kept on disk, with all that a page shows of it. */
export interface DriverClient {
  readonly shift: ReadonlySignal<DriverState>
  /** Where the car is; null before the first position. */
  readonly here: ReadonlySignal<{ readonly at: LngLat; readonly headingDeg: number } | null>
  /** The way to the pickup or to the destination, from the last time it was computed. */
  readonly route: ReadonlySignal<Route | null>
  /** Where the car goes while two share it, the next stop first; else empty. */
  readonly stops: ReadonlySignal<readonly CarStop[]>
  readonly linked: ReadonlySignal<boolean>
  /** True while the rider's device is reached without a relay. */
  readonly direct: ReadonlySignal<boolean>
  /** Ended trips of this device, newest first. */
  readonly history: ReadonlySignal<readonly DriverTrip[]>
  /**
   * Begins to hear requests around the place, under new keys: the wallet is asked to vouch for them. Rejects with `HexhailError` PERMIT when the account has none, STORAGE when the disk is full.
   */
  goOnline(at: LngLat): Promise<void>
  goOffline(): Promise<void>
  /** A new position: follows the cells, tells the rider, runs the meter. `odometerM` counts up while driving. */
  moveTo(at: LngLat, headingDeg: number, odometerM: number): Promise<void>
  /** Answers a request with a price factor, basis points. Rejects with `HexhailError` STORAGE when the disk is full. */
  offer(requestId: Hex, bp: number): Promise<void>
  dispatch(event: DriverEvent): Promise<void>
  /** Puts the ended trip into the history and is free for the next. */
  close(): Promise<void>
  /** Deletes the ended trips of this device, with their places; those whose money is not closed stay. */
  forgetTrips(): Promise<void>
  stop(): Promise<void>
}

const HISTORY = 'driver/history'
/** Ended trips kept on the device. */
const KEPT = 500

/** Whether a driver hears who asks for a ride now. */
const hears = (state: DriverState): boolean => state.online && (!state.trip || isShareable(state))

/** Opens the driver's client and takes up the shift and the trip that were under way. */
export async function createDriverClient(ports: ClientPorts, car: DriverState['car']): Promise<DriverClient> {
  const { store, rules, now, report, signer } = ports
  let shiftKeys = await openShiftKeys(ports)
  const linked = signal(false)
  const direct = signal(false)
  const history = await openHistory<DriverTrip>({
    store,
    key: HISTORY,
    most: KEPT,
    beganAtMs: trip => trip.selectedAtMs,
    idOf: trip => trip.digest,
    leftOf: forgetPlaces,
    now,
  })
  const eta = createDriverEta(
    ports,
    createStickyCell(() => randomShare(ports.random)),
  )
  const filing = createFiling(ports)
  const doubles = await openDoubleCommits(store)
  const here = signal<{ at: LngLat; headingDeg: number } | null>(null)

  const runtime: Runtime<DriverState, DriverEvent> = await createRuntime<
    DriverState,
    DriverEvent,
    DriverEffect
  >({
    key: 'driver/shift',
    store,
    initial: driverStart(signer.address, car),
    now,
    report,
    reduce: (state, event, nowMs) => driver(state, event, nowMs, rules),
    run: (effect, dispatch) =>
      runDriverEffect(
        {
          ports,
          ...shiftKeys,
          epoch,
          state: () => runtime.state.value,
          here: () => here.value?.at ?? null,
          firmS: (at, tag, cell) => {
            const out = runtime.state.value.offers.find(offer => offer.tag === tag)
            return eta.firmS(at, cell, out && joining(out.card.request))
          },
          filing,
        },
        effect,
        dispatch,
      ),
  })
  const shared = createSharedCar(ports, runtime, () => here.value?.at ?? null)
  /** How long the way to a rider is for a car that carries another one, by its stops. */
  const joining = (request: Request) =>
    runtime.state.value.trip && !request.pickupAtMs
      ? (from: LngLat, cell: string) => shared.joinS(from, request, cell)
      : undefined
  const hearing = createHearing(
    ports,
    eta,
    (at, request) => eta.coarseS(at, request.cell, joining(request)),
    () => here.value?.at ?? null,
    request => runtime.dispatch({ type: 'request', ...request }),
  )
  const epoch: DriverEpoch = createDriverEpoch({
    ports,
    eta,
    voice: () => shiftKeys,
    state: () => runtime.state.value,
    dispatch: runtime.dispatch,
    hearing,
    doubles,
  })
  const drive = createDrive(ports, runtime, () => shared.stops.value)
  const relink = () => {
    const { trip } = runtime.state.value
    linked.value = trip !== null && shiftKeys.talk.linked(trip.tag)
    shiftKeys.talk.allowDirect(trip && mayGoDirect(trip.phase, trip.pickup !== null) ? trip.tag : null)
  }
  const listen = () => {
    shiftKeys.talk.onMessage(async heard => {
      if (await yieldStands(heard.message, heard.key)) await runtime.dispatch({ type: 'message', ...heard })
    })
    shiftKeys.talk.onLinked(relink)
    shiftKeys.talk.direct.subscribe(tag => {
      direct.value = tag !== null
    })
  }
  listen()
  /** A new shift has new keys, where no promise is open under the old ones. */
  const renewKeys = async () => {
    const { online, trip, booked, offers, away } = runtime.state.value
    if (online || trip || booked.length || offers.length || away.some(each => each.phase === 'selected'))
      return
    await runtime.idle()
    await shiftKeys.talk.stop()
    await forgetShiftKeys(store)
    await ports.leaf.renew?.()
    shiftKeys = await openShiftKeys(ports)
    listen()
  }
  const stops = [
    runtime.state.subscribe(relink),
    runtime.state.subscribe(({ away }) => void history.learn(away).catch(report)),
    // Who is on a trip that nobody shares hears no requests, and is not counted among those who do.
    runtime.state.subscribe(state => {
      const { online } = state
      if (hears(state) && here.value) hearing.follow(here.value.at)
      else hearing.rest()
      if (online && here.value) epoch.follow(here.value.at)
      else epoch.rest()
    }),
    ports.every(1000, () => void runtime.dispatch({ type: 'tick' }).catch(report)),
    refuseAuthors(
      ports.contradictions,
      () => runtime.state.value,
      event => void runtime.dispatch(event).catch(report),
    ),
    ports.every(60_000, () => void history.tidy().catch(report)),
    followFacts(ports.follower, {
      known: () => tripsOf(runtime.state.value).flatMap(trip => trip.facts.map(({ fact }) => fact)),
      concerns: terms => concernsDriver(runtime.state.value, terms),
      tell: change => void runtime.dispatch(change).catch(report),
    }),
  ]
  runtime.resume()

  return {
    shift: runtime.state,
    here,
    route: drive.route,
    stops: shared.stops,
    linked,
    direct,
    history: history.trips,
    forgetTrips: history.forget,
    goOnline: async at => {
      const permit = await ports.reader.permit(rules.tariff.authority, signer.address)
      if (permit.untilS * 1000 <= now())
        throw new HexhailError('PERMIT', 'This account has no permit to drive here: apply for one first.')
      if (!(await store.hasRoom())) throw noRoom()
      await renewKeys()
      await shiftKeys.delegation.ready()
      here.value = { at, headingDeg: here.value?.headingDeg ?? 0 }
      const key = toHex(shiftKeys.session.key.publicKey)
      const isNew = runtime.state.value.shift?.key !== key
      const shift = { id: toHex(ports.random(16)), key }
      await runtime.dispatch({ type: 'online', online: true, ...(isNew && { shift }) })
    },
    goOffline: async () => {
      await runtime.dispatch({ type: 'online', online: false })
    },
    moveTo: async (at, headingDeg, odometerM) => {
      here.value = { at, headingDeg }
      if (hears(runtime.state.value)) hearing.follow(at)
      await drive.moved(at, headingDeg, odometerM)
    },
    offer: async (requestId, bp) => {
      if (!(await store.hasRoom())) throw noRoom()
      await runtime.dispatch({ type: 'offer', requestId, tag: newTag(ports.random), bp })
    },
    dispatch: runtime.dispatch,
    close: async () => {
      const { trip } = runtime.state.value
      if (!trip || !(ENDED.has(trip.phase) || CASES.has(trip.phase))) return
      if (trip.facts.length) await history.add(trip)
      await runtime.dispatch({ type: 'clear' })
      await shiftKeys.talk.drop(trip.tag)
    },
    stop: async () => {
      for (const end of stops) end()
      hearing.rest()
      epoch.stop()
      drive.stop()
      shared.stop()
      runtime.stop()
      filing.stop()
      await shiftKeys.talk.stop()
    },
  }
}
