import type { LiveVehicle } from '@hexhail/client/live-transit.ts'
import type { ClientPorts } from '@hexhail/client/ports.ts'
import type { RiderClient } from '@hexhail/client/rider-client.ts'
import type { RidePlan } from '@hexhail/protocol/rider-state.ts'
import type { RideLeg, TravelPlan } from '@hexhail/transit/door/travel-plan.ts'
import { computed, effect, type ReadonlySignal, type Signal, untracked } from '@preact/signals'
import { estimateOf } from '../estimate.ts'
import type { Spot } from '../model.ts'
import { createJourney, type JourneyModel, ridesLeft } from './journey.ts'
import { type RideTime, rideTime } from './ride-time.ts'
import { createTravelOptions, type TravelOptions, type TravelWish } from './travel-options.ts'

/** Ways from door to door by lines, and by lines and rides: to look at, and to take. */
export interface Ways {
  readonly options: TravelOptions
  readonly journey: JourneyModel
  /** The way taken, else the one looked at; null where that is a ride. */
  readonly plan: ReadonlySignal<TravelPlan | null>
  /** The vehicles of its lines that are heard now. */
  readonly vehicles: ReadonlySignal<readonly LiveVehicle[]>
  /** The rides of the journey that nobody has been asked for, by the times of now. */
  readonly rides: ReadonlySignal<readonly { readonly leg: RideLeg; readonly at: number }[]>
  /** Takes the way that is looked at, and asks for its first ride where that can be asked for. */
  take(): Promise<void>
  /** Asks for a ride of the journey, by its place among the legs. */
  askFor(at: number): Promise<void>
  /** When a ride is to be asked for. */
  timeOf(leg: Pick<RideLeg, 'end' | 'departMs'>): RideTime
  /** Ends the journey and plans the rest of it from where it broke. */
  planRest(): Promise<void>
}

/** What the ways are made over: the model's own places and deeds. */
export interface WaysInit extends Omit<TravelWish, 'isPlanning'> {
  readonly ports: ClientPorts
  readonly client: RiderClient
  readonly pickup: Signal<Spot | null>
  readonly destination: Signal<Spot | null>
  readonly pickupAt: Signal<number>
  readonly deed: (what: string, run: () => Promise<void>) => Promise<void>
  readonly ask: (plan: Omit<RidePlan, 'seats' | 'needs' | 'riderName' | 'concession'>) => Promise<void>
}

/** Makes the ways over the city's timetable; null where it has none. */
export async function createWays(init: WaysInit): Promise<Ways | null> {
  const { ports, client, pickup, destination, pickupAt, concession, deed, ask } = init
  const { travel, now, rules, report } = ports
  if (travel === undefined) return null
  const journey = await createJourney(ports, travel)
  const isPlanning = computed(() => client.trip.value === null && journey.journey.value === null)
  const options = createTravelOptions(ports, travel, { ...init, isPlanning })
  const rides = computed(() => {
    const current = journey.journey.value
    const legs = journey.followed.value?.plan.legs
    return current === null
      ? []
      : ridesLeft(current).map(({ leg, at }) => ({ at, leg: legs?.[at]?.kind === 'ride' ? legs[at] : leg }))
  })
  const planShown = computed(() => {
    const taken = journey.followed.value?.plan
    if (taken || !isPlanning.value || options.mode.value === 'ride') return taken ?? null
    return options.shown.value?.plan ?? null
  })
  const vehicles = computed(() => {
    const trips = new Set(planShown.value?.legs.flatMap(leg => (leg.kind === 'line' ? [leg.ref.trip] : [])))
    return ports.transit?.vehicles.value.filter(vehicle => trips.has(vehicle.trip)) ?? []
  })
  const askLeg = async (at: number): Promise<void> => {
    const current = journey.journey.peek()
    const leg = rides.peek().find(each => each.at === at)?.leg
    const time = leg && rideTime(leg, now())
    if (!current || !leg || !time || time.ask === 'later') return
    const pickupAtMs = time.ask === 'at' ? time.pickupAtMs : 0
    const way = { distanceM: leg.metres, durationS: leg.secs, geometry: leg.line }
    const quote = estimateOf(rules, way, pickupAtMs || now(), concession.peek())
    await ask({
      ...{ pickup: leg.from.at, pickupName: leg.from.name || current.fromName },
      ...{ dest: leg.to.at, destName: leg.to.name || current.toName },
      ...{ metres: quote.metres, secs: quote.secs, path: quote.path, pickupAtMs },
    })
    const id = client.trip.peek()?.requestId
    if (id !== undefined) await journey.note(at, id, pickupAtMs)
  }
  effect(() => {
    // A ride that nobody took, or that was cancelled, can be asked for again.
    const ended = client.trips.value.filter(trip => GIVEN_UP.has(trip.phase)).map(trip => trip.requestId)
    untracked(() => {
      for (const [at, id] of Object.entries(journey.journey.peek()?.asked ?? {}))
        if (ended.includes(id as `0x${string}`)) void journey.forget(Number(at)).catch(report)
    })
  })
  effect(() => {
    // Vehicles are listened to where the way goes that is taken or looked at, and nowhere else.
    const plan = planShown.value
    const stops = plan?.legs.flatMap(leg =>
      leg.kind === 'line' ? [leg.from, ...leg.stops, leg.to].map(stop => stop.at) : [],
    )
    ports.transit?.watch(stops ?? [])
  })
  return {
    ...{ options, journey, rides, plan: planShown, vehicles },
    timeOf: leg => rideTime(leg, now()),
    take: () =>
      deed('way', async () => {
        const option = options.shown.peek()
        const [from, to] = [pickup.peek(), destination.peek()]
        if (!option || !from || !to) return
        await journey.take({ plan: option.plan, fromName: from.name, toName: to.name, asked: {} })
        const first = rides.peek()[0]
        if (first === undefined) return
        try {
          await askLeg(first.at)
        } catch (error) {
          // Nobody was asked: the ways are shown again, with what is wrong.
          await journey.leave()
          throw error
        }
      }),
    askFor: at => deed('way', () => askLeg(at)),
    planRest: () =>
      deed('plan', async () => {
        const followed = journey.followed.peek()
        const current = journey.journey.peek()
        if (!followed?.broken || !current) return
        const leg = followed.plan.legs[followed.broken.leg]!
        await journey.leave()
        pickup.value = { at: leg.from.at, name: leg.from.name || current.fromName }
        const goal = current.plan.legs.at(-1)!.to
        destination.value = { at: goal.at, name: current.toName }
        pickupAt.value = 0
      }),
  }
}

const GIVEN_UP: ReadonlySet<string> = new Set(['expired', 'withdrawn', 'cancelled', 'released', 'noShow'])
