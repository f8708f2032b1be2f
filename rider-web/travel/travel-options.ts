import type { ClientPorts } from '@hexhail/client/ports.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { TripRules } from '@hexhail/protocol/rider-state.ts'
import { tariffOf, usualFactor } from '@hexhail/protocol/trip-tariff.ts'
import { type Mode, modeOf } from '@hexhail/transit/door/pick-plans.ts'
import type { RideLeg, TravelPlan } from '@hexhail/transit/door/travel-plan.ts'
import type { FarePayer } from '@hexhail/transit/fares/line-fares.ts'
import type { TimetableInfo } from '@hexhail/transit/timetable/timetable.ts'
import type { Travel } from '@hexhail/transit/travel-client.ts'
import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals'
import { type Estimate, estimateOf } from '../estimate.ts'
import type { Hearers } from '../hearers.ts'
import type { Spot } from '../model.ts'
import { carEta } from './car-eta.ts'
import { linesFare } from './way-fare.ts'

/** A way from door to door with its price: its rides by the tariff, and its lines by theirs where it is known. */
export interface TravelOption {
  readonly plan: TravelPlan
  readonly mode: Mode
  readonly total: bigint
  /** Of its rides alone, and of its lines; null where nobody told what they cost. */
  readonly rides: bigint
  readonly fare: bigint | null
  /** Of each ride of the plan, in order. */
  readonly estimates: readonly Estimate[]
}

/** How far the search of ways has come. */
export type TravelState = 'none' | 'asking' | 'ready' | 'failed'

/** The ways that stand side by side, and which of them is looked at. */
export interface TravelOptions {
  readonly info: ReadonlySignal<TimetableInfo | null>
  readonly state: ReadonlySignal<TravelState>
  /** Why it failed, by code. */
  readonly fault: ReadonlySignal<string | null>
  readonly options: ReadonlySignal<readonly TravelOption[]>
  readonly mode: Signal<Mode>
  /** The one looked at: of the mode, the first one until another is picked. */
  readonly shown: ReadonlySignal<TravelOption | null>
  readonly bicycle: Signal<boolean>
  pick(option: TravelOption): void
  /** Searches again, from now. */
  refresh(): Promise<void>
}

/** What the options are found for. */
export interface TravelWish {
  readonly pickup: ReadonlySignal<Spot | null>
  readonly destination: ReadonlySignal<Spot | null>
  /** Unix ms; 0 = now. */
  readonly pickupAt: ReadonlySignal<number>
  readonly around: ReadonlySignal<Hearers | null>
  /** Bit 0: a wheelchair. */
  readonly needs: ReadonlySignal<number>
  readonly concession: ReadonlySignal<string | null>
  /** False while a trip is shown: nothing is searched for then. */
  readonly isPlanning: ReadonlySignal<boolean>
}

/** Plans that leave now are searched for again so often, and those that lines have had news since, ms. */
const STALE_MS = 60_000
const NEWS_MS = 10_000

/** Finds ways whenever what is wished for changes. */
export function createTravelOptions(
  { rules, now, every, report, delays }: ClientPorts,
  travel: Travel,
  wish: TravelWish,
): TravelOptions {
  const info = signal<TimetableInfo | null>(null)
  const state = signal<TravelState>('none')
  const fault = signal<string | null>(null)
  const plans = signal<readonly TravelPlan[]>([])
  const mode = signal<Mode>('ride')
  const picked = signal<string | null>(null)
  const bicycle = signal(false)
  const options = computed(() => {
    const concession = wish.concession.value
    return plans.value.map((plan): TravelOption => {
      const estimates = plan.legs
        .filter(leg => leg.kind === 'ride')
        .map(leg => estimateOf(rules, wayOf(leg), leg.departMs, concession))
      const rides = estimates.reduce((sum, { total }) => sum + total, 0n)
      const fare = linesFare(plan)
      return { plan, mode: modeOf(plan), estimates, rides, fare, total: rides + (fare ?? 0n) }
    })
  })
  let asked = 0
  let searchedWith = delays?.peek()
  const refresh = async (): Promise<void> => {
    const mine = ++asked
    searchedWith = delays?.peek()
    const [from, to] = [wish.pickup.peek()?.at, wish.destination.peek()?.at]
    if (!from || !to || !wish.isPlanning.peek()) {
      plans.value = []
      state.value = 'none'
      return
    }
    if (state.peek() !== 'ready') state.value = 'asking'
    const nowMs = now()
    const departMs = Math.max(nowMs, wish.pickupAt.peek())
    try {
      info.value = await travel.info()
      const found = await travel.plan({
        ...{ from, to, nowMs, departMs, etaS: carEta(wish.around.peek()), tariff: rules.tariff },
        payer: payerOf(rules, wish.concession.peek()),
        bp: usualFactor(tariffOf(rules, true), Math.floor(departMs / 1000)),
        ...{ wheelchair: (wish.needs.peek() & 1) !== 0, bicycle: bicycle.peek() },
      })
      if (mine !== asked) return
      plans.value = found
      fault.value = null
      state.value = 'ready'
    } catch (error) {
      if (mine !== asked) return
      plans.value = []
      fault.value = error instanceof HexhailError ? error.code : 'UNKNOWN'
      state.value = 'failed'
      report(error)
    }
  }
  effect(() => {
    // Another pair of places is another question: what stood there is no answer to it.
    void [wish.pickup.value, wish.destination.value, wish.isPlanning.value]
    untracked(() => {
      plans.value = []
      picked.value = null
      state.value = 'none'
    })
  })
  effect(() => {
    void [wish.pickup.value, wish.destination.value, wish.pickupAt.value, wish.around.value]
    void [wish.concession.value, wish.needs.value & 1, bicycle.value, wish.isPlanning.value]
    untracked(() => void refresh())
  })
  every(NEWS_MS, () => {
    if (state.peek() === 'ready' && delays !== undefined && delays.peek() !== searchedWith) void refresh()
  })
  every(STALE_MS, () => {
    if (state.peek() === 'ready' && wish.pickupAt.peek() === 0) void refresh()
  })
  return {
    ...{ info, state, fault, options, mode, bicycle, refresh },
    shown: computed(() => {
      const all = options.value.filter(option => option.mode === mode.value)
      return all.find(option => keyOf(option.plan) === picked.value) ?? all[0] ?? null
    }),
    pick: option => {
      picked.value = keyOf(option.plan)
    },
  }
}

/** Lines take the currency of the tariff, and believe in the same credentials. */
const payerOf = ({ document }: TripRules, concession: string | null): FarePayer => ({
  currency: document?.document.currency ?? '',
  category: document?.document.concessions.find(({ id }) => id === concession)?.category ?? '',
})

const wayOf = ({ metres, secs, line }: RideLeg) => ({ distanceM: metres, durationS: secs, geometry: line })

/** The lines it takes: the same plan, searched for a minute later, has the same. */
const keyOf = ({ kind, legs }: TravelPlan): string =>
  [kind, ...legs.map(leg => (leg.kind === 'line' ? `${leg.ref.day} ${leg.ref.trip}` : leg.to.name))].join()
