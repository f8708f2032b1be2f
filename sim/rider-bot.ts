import type { ClientPorts } from '@hexhail/client/ports.ts'
import { createRiderClient, type RiderClient } from '@hexhail/client/rider-client.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { RidePlan, RiderState } from '@hexhail/protocol/rider-state.ts'
import { ENDED } from '@hexhail/protocol/trip.ts'
import { plannedPath } from '@hexhail/protocol/trip-way.ts'
import type { Seeded } from './seeded.ts'

/** A simulated rider: a real peer with a real wallet who rides, pays and asks again. */
export interface RiderBot {
  readonly client: RiderClient
  stop(): Promise<void>
}

/** How a simulated rider behaves. */
export interface RiderBotInit {
  readonly ports: ClientPorts
  readonly name: string
  readonly seeded: Seeded
  /** A place to begin or to end a ride. */
  readonly place: () => LngLat
  /** Seconds between two rides. */
  readonly pauseS: number
}

const LOOK_MS = 700
/** The rider looks over the offers this long before he takes the best, ms. */
const CHOICE_MS = 3_000

/** Plans a ride between two random places; null when there is no way. */
export async function randomPlan({
  ports,
  name,
  place,
}: Pick<RiderBotInit, 'ports' | 'name' | 'place'>): Promise<RidePlan | null> {
  const { city } = ports
  const pickup = place()
  const dest = place()
  const [from, to] = await Promise.all([city.snap(pickup), city.snap(dest)])
  const route = from && to ? await city.route(from, to) : null
  if (!from || !to || !route || route.distanceM < 800) return null
  return {
    pickup: from.at,
    pickupName: await city.nameAt(from.at),
    dest: to.at,
    destName: await city.nameAt(to.at),
    metres: Math.round(route.distanceM),
    secs: Math.round(route.durationS),
    path: plannedPath(route.geometry),
    seats: 1,
    needs: 0,
    pickupAtMs: 0,
    riderName: name,
  }
}

/** Starts a simulated rider. */
export async function createRiderBot(init: RiderBotInit): Promise<RiderBot> {
  const { ports, seeded, pauseS } = init
  const { now, report } = ports
  const client = await createRiderClient(ports)
  let nextAtMs = now() + seeded.below(Math.max(1, pauseS)) * 1000
  let offeredAtMs = 0
  let told = ''
  let busy = false

  const act = async (trip: RiderState) => {
    // Where cars are scarce the device itself takes the one that an epoch gives.
    if (trip.phase === 'offered' && !trip.part) {
      offeredAtMs ||= now()
      const best = client.ranked.value[0]
      if (best && now() - offeredAtMs > CHOICE_MS) {
        offeredAtMs = 0
        await client.choose(best.tag)
      }
    }
    if (trip.phase === 'arrived' && told !== trip.digest) {
      told = trip.digest ?? ''
      await client.dispatch({ type: 'chat', text: `My PIN is ${trip.pin}` })
    }
    if (trip.phase === 'settled' && trip.stars === 0)
      await client.dispatch({ type: 'rate', stars: 4 + seeded.below(2) })
    if (ENDED.has(trip.phase)) {
      nextAtMs = now() + (pauseS / 2 + seeded.below(Math.max(1, pauseS))) * 1000
      await client.close()
    }
  }
  const step = async () => {
    if (busy) return
    busy = true
    try {
      const trip = client.trip.value
      if (trip) await act(trip)
      else if (now() >= nextAtMs) {
        const plan = await randomPlan(init)
        if (plan) await client.request(plan)
      }
    } catch (error) {
      nextAtMs = now() + 5_000
      report(error)
    } finally {
      busy = false
    }
  }
  const stopSteps = ports.every(LOOK_MS, () => void step())
  return {
    client,
    stop: async () => {
      stopSteps()
      await client.stop()
    },
  }
}
