import type { Leaf } from '@hexhail/net/ports.ts'
import { peerName } from '@hexhail/protocol/peer-name.ts'
import { rider } from '@hexhail/protocol/rider.ts'
import { concerns } from '@hexhail/protocol/rider-promise.ts'
import type { RiderEffect, RiderEvent, RiderState } from '@hexhail/protocol/rider-state.ts'
import { type ReadonlySignal, signal } from '@preact/signals-core'
import { mayGoDirect } from './direct.ts'
import { openDoubleCommits } from './double-commits.ts'
import type { DriverRecords } from './driver-records.ts'
import { canBeShown } from './epoch-words.ts'
import type { Filing } from './filing.ts'
import { followFacts } from './follow-facts.ts'
import { offerStands } from './offer-stands.ts'
import type { ClientPorts } from './ports.ts'
import { runRiderEffect } from './rider-effects.ts'
import { createRiderEpoch, type RiderEpoch } from './rider-epoch.ts'
import { createRuntime, type Runtime } from './runtime.ts'
import { openSession, type Session } from './session.ts'
import type { Store } from './store.ts'
import { createTalk, forgetTalk } from './talk.ts'
import type { TripSlot } from './trip-slots.ts'

/** A trip with its machine, its keys and its conversations. */
export interface RiderTrip {
  readonly slot: TripSlot
  readonly runtime: Runtime<RiderState, RiderEvent>
  readonly session: Session
  /** True while the chosen driver's device is linked, and while it is without a relay. */
  readonly linked: ReadonlySignal<boolean>
  readonly direct: ReadonlySignal<boolean>
  stop(): Promise<void>
}

/** Keeps a new trip, with what is to be done first, in an empty place. */
export async function keepNewTrip(
  store: Store,
  slot: TripSlot,
  begun: { readonly state: RiderState; readonly effects: readonly RiderEffect[] },
): Promise<void> {
  await forgetTalk(store, slot.talk)
  await store.set(slot.trip, {
    state: begun.state,
    pending: begun.effects.map((effect, i) => ({ id: i + 1, effect })),
    nextId: begun.effects.length + 1,
  })
}

/** The trip that is kept in a place, or nothing. */
export const keptTrip = async (store: Store, slot: TripSlot): Promise<RiderState | undefined> =>
  (await store.get<{ state: RiderState }>(slot.trip))?.state

/** Empties a place. */
export async function forgetTrip(store: Store, { trip, session, talk }: TripSlot): Promise<void> {
  await Promise.all([store.delete(trip), store.delete(session), forgetTalk(store, talk)])
}

/** Opens the trip that is kept in a place, over a leaf that no other trip has. */
export async function openRiderTrip(
  shared: ClientPorts,
  leaf: Leaf,
  records: DriverRecords,
  filing: Filing,
  slot: TripSlot,
  initial: RiderState,
): Promise<RiderTrip> {
  const ports = { ...shared, leaf }
  const { store, rules, now, report } = ports
  const session = await openSession(store, slot.session)
  const talk = await createTalk({ ports, session, role: 'rider', key: slot.talk })
  const linked = signal(false)
  const direct = signal(false)
  const runtime: Runtime<RiderState, RiderEvent> = await createRuntime<RiderState, RiderEvent, RiderEffect>({
    key: slot.trip,
    store,
    initial,
    now,
    report,
    reduce: (state, event, nowMs) => rider(state, event, nowMs, rules),
    run: (effect, dispatch) =>
      runRiderEffect(
        { ports, session, talk, filing, epoch, slot, state: () => runtime.state.value },
        effect,
        dispatch,
      ),
  })
  const me = peerName(session.key.publicKey)
  const doubles = await openDoubleCommits(store)
  const epoch: RiderEpoch = createRiderEpoch(
    ports,
    { records, doubles },
    session,
    () => runtime.state.value,
    runtime.dispatch,
  )
  talk.onMessage(async heard => {
    if (heard.message.name === 'offer') {
      if (!(await offerStands(ports, records, heard.key, heard.message.body))) return talk.drop(heard.tag)
    }
    if (await canBeShown(heard.message, heard.key, me)) await runtime.dispatch({ type: 'message', ...heard })
  })
  const relink = () => {
    const { chosen, phase, told } = runtime.state.value
    linked.value = chosen !== null && talk.linked(chosen.tag)
    talk.allowDirect(chosen && mayGoDirect(phase, told) ? chosen.tag : null)
  }
  talk.onLinked(relink)
  const stops = [
    talk.direct.subscribe(tag => {
      direct.value = tag !== null
    }),
    runtime.state.subscribe(relink),
    ports.every(1000, () => void runtime.dispatch({ type: 'tick' }).catch(report)),
    followFacts(ports.follower, {
      known: () => runtime.state.value.facts.map(({ fact }) => fact),
      concerns: terms => concerns(runtime.state.value, terms),
      tell: change => void runtime.dispatch(change).catch(report),
    }),
  ]
  runtime.resume()
  const stop = async () => {
    for (const end of stops) end()
    epoch.stop()
    runtime.stop()
    await talk.stop()
  }
  return { slot, runtime, session, linked, direct, stop }
}
