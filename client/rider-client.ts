import { rankOffers } from '@hexhail/matcher/rank.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import { hexDigits, toHex } from '@hexhail/protocol/hex.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { isBookable } from '@hexhail/protocol/later.ts'
import { holdFor } from '@hexhail/protocol/quote.ts'
import { rider, riderStart } from '@hexhail/protocol/rider.ts'
import { cancelPreview } from '@hexhail/protocol/rider-choice.ts'
import type { RidePlan, RiderEffect, RiderEvent, RiderState } from '@hexhail/protocol/rider-state.ts'
import { fareOf } from '@hexhail/protocol/tariff.ts'
import { CASES, ENDED } from '@hexhail/protocol/trip.ts'
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core'
import { mayGoDirect } from './direct.ts'
import { createRecords, type DriverRecords } from './driver-records.ts'
import { closeDueCases, isDue } from './due-cases.ts'
import { openHistory } from './history.ts'
import { noRoom } from './no-room.ts'
import { offerStands } from './offer-stands.ts'
import type { ClientPorts } from './ports.ts'
import { driversAround } from './publish-request.ts'
import type { RankedOffer } from './ranked-offer.ts'
import { runRiderEffect } from './rider-effects.ts'
import { createRuntime, type Runtime } from './runtime.ts'
import { openSession, type Session } from './session.ts'
import { createTalk, forgetTalk, type Talk } from './talk.ts'

/** The rider's side of the protocol: one trip at a time, kept on disk, with all that a page shows of it. */
export interface RiderClient {
  /** The trip under way or just ended; null before the first request and after `close`. */
  readonly trip: ReadonlySignal<RiderState | null>
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
   * Rejects with `HexhailError` BUSY, FUNDS, OFFLINE, STORAGE or TIME.
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

/** A trip with its machine, its keys and its conversations. */
interface Live {
  readonly runtime: Runtime<RiderState, RiderEvent>
  readonly session: Session
  readonly talk: Talk
  readonly stop: () => Promise<void>
}

const TRIP = 'rider/trip'
const HISTORY = 'rider/history'
const SESSION = 'rider/session'
const TALK = 'rider/talk'
/** Ended trips kept on the device. */
const KEPT = 200

/** Opens the rider's client and takes up the trip that was under way. */
export async function createRiderClient(ports: ClientPorts): Promise<RiderClient> {
  const { store, rules, now, random, report } = ports
  const live: Signal<Live | null> = signal(null)
  const linked = signal(false)
  const direct = signal(false)
  const history = await openHistory<RiderState>({
    store,
    key: HISTORY,
    most: KEPT,
    beganAtMs: trip => trip.requestedAtMs,
    now,
  })
  const records: DriverRecords = createRecords(ports)
  const trip = computed(() => live.value?.runtime.state.value ?? null)

  const open = async (initial: RiderState): Promise<Live> => {
    const session = await openSession(store, SESSION)
    const talk = await createTalk({ ports, session, role: 'rider', key: TALK })
    const runtime: Runtime<RiderState, RiderEvent> = await createRuntime<RiderState, RiderEvent, RiderEffect>(
      {
        key: TRIP,
        store,
        initial,
        now,
        report,
        reduce: (state, event, nowMs) => rider(state, event, nowMs, rules),
        run: (effect, dispatch) =>
          runRiderEffect({ ports, session, talk, state: () => runtime.state.value }, effect, dispatch),
      },
    )
    talk.onMessage(async heard => {
      if (heard.message.name === 'offer') {
        if (!(await offerStands(ports, records, heard.key, heard.message.body))) return talk.drop(heard.tag)
      }
      await runtime.dispatch({ type: 'message', ...heard })
    })
    const relink = () => {
      const { chosen, phase, told } = runtime.state.value
      linked.value = chosen !== null && talk.linked(chosen.tag)
      talk.allowDirect(chosen && mayGoDirect(phase, told) ? chosen.tag : null)
    }
    talk.onLinked(relink)
    talk.direct.subscribe(tag => {
      direct.value = tag !== null
    })
    const stops = [
      runtime.state.subscribe(relink),
      ports.every(1000, () => void runtime.dispatch({ type: 'tick' }).catch(report)),
      ports.follower.on(({ type, fact }) => {
        if (fact.terms !== runtime.state.value.digest) return
        void runtime
          .dispatch(type === 'fact' ? { type: 'chain', fact } : { type: 'undone', fact })
          .catch(report)
      }),
    ]
    runtime.resume()
    const stop = async () => {
      for (const end of stops) end()
      runtime.stop()
      await talk.stop()
    }
    return { runtime, session, talk, stop }
  }

  let renewed: Promise<unknown> | undefined
  const kept = await store.get<{ state: RiderState }>(TRIP)
  if (kept) live.value = await open(kept.state)

  const need = (): Live => {
    if (!live.value) throw new HexhailError('NO_TRIP', 'There is no trip: ask for one first.')
    return live.value
  }
  const close = async () => {
    const ended = live.value
    if (!ended) return
    const { phase } = ended.runtime.state.value
    if (!ENDED.has(phase) && !CASES.has(phase)) return
    const state = ended.runtime.state.value
    await ended.runtime.idle()
    await ended.stop()
    if (state.facts.length) await history.add(state)
    await Promise.all([store.delete(TRIP), store.delete(SESSION), forgetTalk(store, TALK)])
    live.value = null
    linked.value = false
    // The next trip has other addresses as well: nothing ties it to this one.
    renewed = ports.leaf.renew?.().catch(report)
  }

  /** Money of trips that ended in a case comes back on its day, whoever opens the page then. */
  const settleHistory = async () => {
    const seen = history.trips.value
    if (!seen.some(kept => isDue(kept, now()))) return
    const after = await closeDueCases(seen, now(), terms => ports.writer.finalize(terms))
    // A trip may have ended in the meantime: only what was looked at is replaced.
    await history.replace(history.trips.value.map(kept => after[seen.indexOf(kept)] ?? kept))
  }
  void settleHistory().catch(report)
  const stopHistory = ports.every(60_000, () => void settleHistory().then(history.tidy).catch(report))

  return {
    trip,
    linked,
    direct,
    history: history.trips,
    ranked: computed(() => {
      const offers =
        trip.value?.phase === 'offered' || trip.value?.phase === 'selected' ? trip.value.offers : []
      return rankOffers(offers.map(offer => ({ ...offer, ...records.of(offer.account).value })))
    }),
    request: async plan => {
      await close()
      if (live.value)
        throw new HexhailError('BUSY', 'A trip is under way: end it before you ask for another.')
      if (!isBookable(plan.pickupAtMs, now()))
        throw new HexhailError('TIME', 'A ride can be booked from 15 minutes to 24 hours ahead.')
      if (!(await store.hasRoom())) throw noRoom()
      await renewed
      if (ports.leaf.connectedRelays() === 0)
        throw new HexhailError('OFFLINE', 'No relay is connected: check the network and try again.')
      const need = holdFor(rules.tariff, fareOf(rules.tariff, plan.metres, plan.secs, 10_000))
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
      const begun = riderStart(plan, made, now())
      await forgetTalk(store, TALK)
      await store.set(TRIP, {
        state: begun.state,
        pending: begun.effects.map((effect, i) => ({ id: i + 1, effect })),
        nextId: begun.effects.length + 1,
      })
      live.value = await open(begun.state)
    },
    around: place => driversAround(ports.leaf, ports.chainId, place),
    choose: async tag => {
      const { runtime, session } = need()
      const lane = await ports.reader.lane(ports.signer.address, 0)
      await runtime.dispatch({
        type: 'choose',
        tag,
        rider: ports.signer.address,
        session: session.receiptKey.address,
        lane: 0,
        seq: lane.seq,
      })
    },
    dispatch: event => need().runtime.dispatch(event),
    cancelPreview: (atMs = now()) =>
      trip.value ? cancelPreview(trip.value, atMs, rules) : { fee: 0n, free: 'early' },
    close,
    forgetTrips: async () => {
      await close()
      await history.forget()
    },
    stop: async () => {
      stopHistory()
      await live.value?.stop()
    },
  }
}

/** A new conversation's tag: 16 random bytes, hex digits. */
export const newTag = (random: (size: number) => Uint8Array): string => hexDigits(random(16))
