import type { TakenFact } from '@hexhail/protocol/chain-fact.ts'
import { CASES, type TripState } from '@hexhail/protocol/trip.ts'
import { type Signal, signal } from '@preact/signals-core'
import type { Store } from './store.ts'

/** Ended trips with their places are kept this long, days; those with open money until it is closed. */
const KEEP_DAYS = 90

/** The ended trips of a device, newest first. */
export interface History<Trip> {
  readonly trips: Signal<readonly Trip[]>
  add(trip: Trip): Promise<void>
  /** Takes in how far the money of trips has come that are here: their phase and facts, nothing else. */
  learn(trips: readonly Trip[]): Promise<void>
  /** Deletes what is too old by now; a page may stay open for days. */
  tidy(): Promise<void>
  /** Deletes all but those whose money is not closed. */
  forget(): Promise<void>
}

/** What a history needs. `most`: trips kept at a time; `beganAtMs`: when a trip was; `idOf`: its name. */
export interface HistoryInit<Trip> {
  readonly store: Store
  readonly key: string
  readonly most: number
  readonly beganAtMs: (trip: Trip) => number
  readonly idOf: (trip: Trip) => string
  /** What is left of a trip at a time; the same object when that is all of it. */
  readonly leftOf?: (trip: Trip, nowMs: number) => Trip
  readonly now: () => number
}

/** Opens a history; what is too old goes. */
export async function openHistory<
  Trip extends { readonly phase: TripState; readonly facts: readonly TakenFact[] },
>(init: HistoryInit<Trip>): Promise<History<Trip>> {
  const { store, key, most, beganAtMs, leftOf = (trip: Trip) => trip, idOf, now } = init
  const isOpen = (trip: Trip): boolean => CASES.has(trip.phase)
  const trips = signal((await store.get<readonly Trip[]>(key)) ?? [])
  const replace = async (next: readonly Trip[]): Promise<void> => {
    trips.value = [...next]
    await store.set(key, trips.value)
  }
  const tidy = async (): Promise<void> => {
    const kept = trips.value
    const since = now() - KEEP_DAYS * 86_400_000
    const fresh = kept
      .filter(trip => isOpen(trip) || beganAtMs(trip) >= since)
      .map(trip => leftOf(trip, now()))
    if (fresh.length < kept.length || fresh.some((trip, i) => trip !== kept[i])) await replace(fresh)
  }
  await tidy()
  return {
    trips,
    learn: async known => {
      const next = trips.value.map(trip => {
        const newer = known.find(each => idOf(each) === idOf(trip))
        if (!newer || (newer.phase === trip.phase && newer.facts.length === trip.facts.length)) return trip
        return { ...trip, phase: newer.phase, facts: newer.facts }
      })
      if (next.some((trip, i) => trip !== trips.value[i])) await replace(next)
    },
    tidy,
    add: trip => replace([trip, ...trips.value].slice(0, most)),
    forget: () => replace(trips.value.filter(isOpen)),
  }
}
