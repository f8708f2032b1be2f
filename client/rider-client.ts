import { rankOffers } from '@hexhail/matcher/rank.ts'
import type { Leaf } from '@hexhail/net/ports.ts'
import { reachable } from '@hexhail/net/renewing-leaf.ts'
import { isOver, mayBeside } from '@hexhail/protocol/beside.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import { hexDigits, toHex } from '@hexhail/protocol/hex.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { isBookable } from '@hexhail/protocol/later.ts'
import { plannedCharges } from '@hexhail/protocol/planned-charges.ts'
import { holdFor } from '@hexhail/protocol/quote.ts'
import { riderStart } from '@hexhail/protocol/rider.ts'
import { cancelPreview } from '@hexhail/protocol/rider-choice.ts'
import type { RidePlan, RiderEvent, RiderState } from '@hexhail/protocol/rider-state.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { CASES } from '@hexhail/protocol/trip.ts'
import { quotedFare, tariffOf } from '@hexhail/protocol/trip-tariff.ts'
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core'
import { createRecords, type DriverRecords } from './driver-records.ts'
import { createFiling } from './filing.ts'
import { freeLane } from './free-lane.ts'
import { openHistory } from './history.ts'
import { noRoom } from './no-room.ts'
import type { ClientPorts } from './ports.ts'
import { driversAround } from './publish-request.ts'
import { openPutAway } from './put-away.ts'
import type { RankedOffer } from './ranked-offer.ts'
import { forgetTrip, keepNewTrip, keptTrip, openRiderTrip, type RiderTrip } from './rider-trip.ts'
import { SLOTS, type TripSlot } from './trip-slots.ts'

/**
 * The rider's side of the protocol: one trip now and one booked for later beside it, kept on disk, with all that a page
 * shows of them. What is said of «the trip» is of the one shown.
 */
export interface RiderClient {
  /** The trip shown: under way or just ended; null where there is none, or another is planned. */
  readonly trip: ReadonlySignal<RiderState | null>
  /** All trips on the device that are not closed; two of them share no key, peer id, conversation or lane. */
  readonly trips: ReadonlySignal<readonly RiderState[]>
  /** Shows one of them; null: none, to plan another. */
  show(requestId: Hex | null): void
  /** Whether another can be planned beside those under way; `mayAsk` says for when. */
  readonly free: ReadonlySignal<boolean>
  /** Whether a ride at this time (0 = now) can be asked for beside those under way. */
  mayAsk(pickupAtMs: number): boolean
  /** Offers best first, with what the rank came from. */
  readonly ranked: ReadonlySignal<readonly RankedOffer[]>
  /** Ended trips, newest first. */
  readonly history: ReadonlySignal<readonly RiderState[]>
  /** True while the chosen driver's device is linked. */
  readonly linked: ReadonlySignal<boolean>
  /** True while the chosen driver's device is reached without a relay. */
  readonly direct: ReadonlySignal<boolean>
  /**
   * Asks for a ride: now (`pickupAtMs` 0), or for a time 15 minutes to a day ahead (`isBookable`), rounded up to five
   * minutes. A request for later is said again each minute until its time; offers for it have no ETA and stand ten
   * minutes. The chosen driver holds at once, `trip.phase` is `held` from then on, and while `isAhead(pickupAtMs, now)`
   * nobody drives: the exact place is told, and the driver sets off, half an hour before. Cancelling is free until then.
   * Beside a trip under way it must be for another time (`mayAsk`). Rejects with `HexhailError` BUSY, FUNDS, OFFLINE, STORAGE or TIME.
   */
  request(plan: RidePlan): Promise<void>
  /**
   * Drivers who would hear a request from this place, in its three widening steps; null when no relay tells. It tells
   * the relay no more than a request would: the cells around. Of a request under way `trip.heard` says it.
   */
  around(place: LngLat): Promise<readonly number[] | null>
  /** Takes an offer: reads the lane from the chain, then the wallet signs. */
  choose(tag: string): Promise<void>
  /** Everything else that a rider can do; the reducer ignores what does not fit the state. */
  dispatch(event: RiderEvent): Promise<void>
  /** What a cancel would cost now, or at a moment: a pure preview. */
  cancelPreview(atMs?: number): { readonly fee: bigint; readonly free: 'early' | 'late' | 'notCloser' | null }
  /** Puts the ended trip into the history. */
  close(): Promise<void>
  /** Deletes the ended trips of this device, with their places; those whose money is not closed stay. */
  forgetTrips(): Promise<void>
  stop(): Promise<void>
}

const HISTORY = 'rider/history'
/** Ended trips kept on the device. */
const KEPT = 200

/** Opens the rider's client and takes up the trips that were under way. */
export async function createRiderClient(ports: ClientPorts): Promise<RiderClient> {
  const { store, rules, now, random, report } = ports
  const lives: Signal<readonly RiderTrip[]> = signal([])
  /** Request id of the trip to show; null while another is planned. */
  const wanted = signal<Hex | null>(null)
  const beat = signal(now())
  const history = await openHistory<RiderState>({
    store,
    key: HISTORY,
    most: KEPT,
    beganAtMs: trip => trip.requestedAtMs,
    idOf: trip => trip.requestId,
    now,
  })
  const away = await openPutAway(ports)
  const records: DriverRecords = createRecords(ports)
  const filing = createFiling(ports)
  const stateOf = (live: RiderTrip): RiderState => live.runtime.state.value
  const trips = computed(() => lives.value.map(stateOf))
  const isFree = computed(
    () => trips.value.filter(trip => !isOver(trip)).length < (ports.otherLeaf ? SLOTS.length : 1),
  )
  const mayAsk = (pickupAtMs: number): boolean =>
    isFree.value && trips.value.every(trip => mayBeside(trip, pickupAtMs, beat.value))
  const shown = computed(() => lives.value.find(live => stateOf(live).requestId === wanted.value) ?? null)
  /** The trip that wants to be looked at now, if any. */
  const urgent = (): Hex | null =>
    trips.value.find(each => !mayBeside(each, 0, beat.value))?.requestId ?? null
  const trip = computed(() => shown.value && stateOf(shown.value))

  /** The first trip goes by the page's own leaf; another has one of its own, which ends with it. */
  const leaves = new Map<TripSlot, Leaf>()
  const leafOf = async (slot: TripSlot): Promise<Leaf> => {
    const leaf = slot.number === 0 || !ports.otherLeaf ? ports.leaf : await ports.otherLeaf()
    leaves.set(slot, leaf)
    return leaf
  }
  const open = async (slot: TripSlot, leaf: Leaf, initial: RiderState): Promise<void> => {
    const live = await openRiderTrip(ports, leaf, records, filing, slot, initial)
    lives.value = [...lives.value, live]
  }
  const letGo = async (slot: TripSlot): Promise<void> => {
    const leaf = leaves.get(slot)
    leaves.delete(slot)
    if (leaf !== undefined && leaf !== ports.leaf) await leaf.stop()
  }

  let renewed: Promise<unknown> | undefined
  for (const slot of SLOTS) {
    const kept = await keptTrip(store, slot)
    if (kept) await open(slot, await leafOf(slot), kept)
  }
  wanted.value = urgent() ?? trips.value[0]?.requestId ?? null

  const need = (): RiderTrip => {
    if (!shown.value) throw new HexhailError('NO_TRIP', 'There is no trip: ask for one first.')
    return shown.value
  }
  const end = async (ended: RiderTrip): Promise<void> => {
    const state = stateOf(ended)
    if (!isOver(state)) return
    await ended.runtime.idle()
    await ended.stop()
    await away.add(state)
    const { path: _, ...plan } = state.plan
    if (state.facts.length) await history.add({ ...state, plan })
    await forgetTrip(store, ended.slot)
    lives.value = lives.value.filter(live => live !== ended)
    if (wanted.value === state.requestId) wanted.value = urgent()
    // The next trip has other addresses as well: nothing ties it to this one.
    if (leaves.get(ended.slot) === ports.leaf) renewed = ports.leaf.renew?.().catch(report)
    await letGo(ended.slot)
  }
  const close = async (): Promise<void> => {
    if (shown.value) await end(shown.value)
  }

  // What a page of yesterday kept with its money open is watched as well.
  for (const kept of history.trips.value) if (CASES.has(kept.phase)) await away.add(kept)
  const stops = [
    away.state.subscribe(({ trips: known }) => void history.learn(known).catch(report)),
    ports.every(60_000, () => void history.tidy().catch(report)),
    ports.every(1000, () => {
      const before = urgent()
      beat.value = now()
      // Whoever plans another ride sees the booked one when its driver sets off.
      if (wanted.value === null && urgent() !== before) wanted.value = urgent()
    }),
  ]

  return {
    trip,
    trips,
    show: requestId => {
      wanted.value = requestId
    },
    free: isFree,
    mayAsk,
    linked: computed(() => shown.value?.linked.value ?? false),
    direct: computed(() => shown.value?.direct.value ?? false),
    history: history.trips,
    ranked: computed(() => {
      const offers =
        trip.value?.phase === 'offered' || trip.value?.phase === 'selected' ? trip.value.offers : []
      return rankOffers(offers.map(offer => ({ ...offer, ...records.of(offer.account).value })))
    }),
    request: async plan => {
      await Promise.all(lives.value.map(end))
      beat.value = now()
      const slot = SLOTS.find(each => lives.value.every(live => live.slot !== each))
      if (!slot || !mayAsk(plan.pickupAtMs))
        throw new HexhailError('BUSY', 'A trip is under way at that time: end it before you ask for another.')
      if (!isBookable(plan.pickupAtMs, now()))
        throw new HexhailError('TIME', 'A ride can be booked from 15 minutes to 24 hours ahead.')
      if (!(await store.hasRoom())) throw noRoom()
      await renewed
      const of = tariffOf(rules, true, plan.concession ? { id: plan.concession } : null)
      const fare = quotedFare(of, plan.metres, plan.secs, 10_000)
      const ride = { path: plan.path ?? [], beginsAtMs: plan.pickupAtMs || now(), propulsion: 0, fare }
      const charges = plannedCharges(of, ride).reduce((sum, line) => sum + line.amount, 0n)
      const need = holdFor(rules.tariff, fare, charges)
      const { free } = await ports.reader.account(ports.signer.address)
      if (free < need)
        throw new HexhailError(
          'FUNDS',
          `The vault holds ${free} and this trip needs ${need} set aside: add money first.`,
          { free, need },
        )
      const digits = String(new DataView(random(4).buffer).getUint32(0) % 10_000).padStart(4, '0')
      const made = {
        requestId: toHex(random(16)),
        secret: toHex(random(32)),
        salt: toHex(random(32)),
        pin: digits,
      }
      const leaf = await leafOf(slot)
      if (leaf !== ports.leaf) await reachable(leaf, 1)
      if (leaf.connectedRelays() === 0) {
        await letGo(slot)
        throw new HexhailError('OFFLINE', 'No relay is connected: check the network and try again.')
      }
      const begun = riderStart(plan, made, now())
      await keepNewTrip(store, slot, begun)
      await open(slot, leaf, begun.state)
      wanted.value = made.requestId
    },
    around: place => driversAround(ports.leaf, ports.chainId, place),
    choose: async tag => {
      const { runtime, session, slot } = need()
      const { lane, seq } = await freeLane(ports, slot.number)
      await runtime.dispatch({
        type: 'choose',
        tag,
        rider: ports.signer.address,
        session: session.receiptKey.address,
        lane,
        seq,
      })
    },
    dispatch: event => need().runtime.dispatch(event),
    cancelPreview: (atMs = now()) =>
      trip.value ? cancelPreview(trip.value, atMs, rules) : { fee: 0n, free: 'early' },
    close,
    forgetTrips: async () => {
      await Promise.all(lives.value.map(end))
      await history.forget()
    },
    stop: async () => {
      for (const stop of stops) stop()
      away.stop()
      filing.stop()
      await Promise.all(lives.value.map(live => live.stop()))
      await Promise.all([...leaves.keys()].map(letGo))
    },
  }
}

/** A new conversation's tag: 16 random bytes, hex digits. */
export const newTag = (random: (size: number) => Uint8Array): string => hexDigits(random(16))
