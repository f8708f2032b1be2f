import type { ClientPorts } from '@hexhail/client/ports.ts'
import { bookedPlan, type FollowedPlan, followPlan } from '@hexhail/transit/door/follow-plan.ts'
import type { RideLeg, TravelPlan } from '@hexhail/transit/door/travel-plan.ts'
import type { Travel } from '@hexhail/transit/travel-client.ts'
import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals'

/** A way that the rider takes. Kept on the device, with the requests of its rides. */
export interface Journey {
  readonly plan: TravelPlan
  readonly fromName: string
  readonly toName: string
  /** Request ids by the place of the ride in `plan.legs`. */
  readonly asked: Readonly<Record<number, string>>
}

/** The journey under way, and how it goes. */
export interface JourneyModel {
  readonly journey: ReadonlySignal<Journey | null>
  /** Its plan with the times of now; null without a journey. */
  readonly followed: ReadonlySignal<FollowedPlan | null>
  take(journey: Journey): Promise<void>
  /** Notes which request a ride of it is, and the time it was booked for; 0 = now. */
  note(leg: number, requestId: string, pickupAtMs: number): Promise<void>
  /** A ride of it was not taken after all. */
  forget(leg: number): Promise<void>
  leave(): Promise<void>
}

const KEY = 'rider/journey'
const FOLLOW_MS = 20_000
/** A journey is forgotten so long after it should have ended, ms. */
const OVER_MS = 3_600_000

/** Opens the journey that was under way, and follows it by what lines tell of their delays. */
export async function createJourney(
  { store, now, every, report, delays }: Pick<ClientPorts, 'store' | 'now' | 'every' | 'report' | 'delays'>,
  travel: Pick<Travel, 'lineTimes' | 'setDelays'>,
): Promise<JourneyModel> {
  const kept = (await store.get<Journey | null>(KEY)) ?? null
  const isOver = kept !== null && kept.plan.arriveMs + OVER_MS < now()
  const journey = signal<Journey | null>(isOver ? null : kept)
  const followed = signal<FollowedPlan | null>(null)
  const set = async (next: Journey | null): Promise<void> => {
    journey.value = next
    followed.value = next && followPlan(next.plan, [], now())
    await store.set(KEY, next)
  }
  let asked = 0
  const follow = async (): Promise<void> => {
    const mine = ++asked
    const current = journey.peek()
    if (current === null) return
    const refs = current.plan.legs.flatMap(leg => (leg.kind === 'line' ? [leg.ref] : []))
    const times = refs.length === 0 ? [] : await travel.lineTimes(refs)
    if (mine === asked && journey.peek() === current) followed.value = followPlan(current.plan, times, now())
  }
  if (journey.value !== null) followed.value = followPlan(journey.value.plan, [], now())
  effect(() => {
    const news = delays?.value
    void journey.value
    untracked(() => {
      const told = news === undefined ? Promise.resolve() : travel.setDelays(news)
      void told.then(follow).catch(report)
    })
  })
  every(FOLLOW_MS, () => {
    if (journey.peek() !== null) void follow().catch(report)
  })
  return {
    journey,
    followed: computed(() => followed.value),
    take: set,
    note: async (leg, requestId, pickupAtMs) => {
      const current = journey.peek()
      if (current === null) return
      const plan = pickupAtMs === 0 ? current.plan : bookedPlan(current.plan, leg, pickupAtMs)
      await set({ ...current, plan, asked: { ...current.asked, [leg]: requestId } })
      await follow()
    },
    forget: async leg => {
      const current = journey.peek()
      if (current === null) return
      const { [leg]: _, ...asked } = current.asked
      await set({ ...current, asked })
    },
    leave: () => set(null),
  }
}

/** Rides of a journey that nobody has been asked for yet, with their place among its legs. */
export function ridesLeft({ plan, asked }: Journey): { readonly leg: RideLeg; readonly at: number }[] {
  return plan.legs.flatMap((leg, at) => (leg.kind === 'ride' && !(at in asked) ? [{ leg, at }] : []))
}
