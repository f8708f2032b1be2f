import { goalOf } from '@hexhail/client/drive.ts'
import type { DriverClient } from '@hexhail/client/driver-client.ts'
import type { ClientPorts } from '@hexhail/client/ports.ts'
import { createSimulatedCar } from '@hexhail/client/simulated-car.ts'
import { bearingDeg, greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import { type ReadonlySignal, signal } from '@preact/signals'

/** What moves the car: the device's own place, or in the demo a program. */
export interface Wheels {
  readonly simulated: ReadonlySignal<boolean>
  /** True when the simulated car stands at the place it had to go to. */
  readonly there: ReadonlySignal<boolean>
  /** True when the device gives no place: not allowed, or not able. */
  readonly blind: ReadonlySignal<boolean>
  /** Where the car is; null until the device has said. */
  readonly at: ReadonlySignal<LngLat | null>
  simulate(on: boolean): void
  /** Puts the simulated car somewhere else while it has nowhere to go. */
  put(at: LngLat): void
  stop(): void
}

/** What `createWheels` works with. */
export interface WheelsInit {
  readonly ports: ClientPorts
  readonly client: DriverClient
  readonly start: LngLat
  readonly simulated: boolean
  /** The device's; absent in tests and where there is none. */
  readonly geolocation?: Pick<Geolocation, 'watchPosition' | 'clearWatch'> | undefined
}

/** The simulated car moves this often, ms. */
const STEP_MS = 500
/** Where the simulated car stood last, for the next visit. */
export const PLACE_KEY = 'driver-web/place'
/** A fix less sure than this is no way driven, metres. */
const SURE_M = 80

/** Moves the driver's client. */
export function createWheels({ ports, client, start, simulated: first, geolocation }: WheelsInit): Wheels {
  const { city, rules, every, store, report } = ports
  const simulated = signal(first)
  const there = signal(false)
  const blind = signal(false)
  const at = signal<LngLat | null>(first ? start : null)
  const car = createSimulatedCar(city, start)
  let busy = false
  let odometerM = 0
  let watch: number | null = null

  const tell = async (place: LngLat, headingDeg: number, drivenM: number) => {
    at.value = place
    await client.moveTo(place, headingDeg, drivenM)
  }
  const step = async () => {
    if (busy || !simulated.value) return
    busy = true
    try {
      const { trip } = client.shift.value
      const halted = trip?.phase === 'stopped' || trip?.phase === 'finished'
      if (!halted) car.drive((STEP_MS / 1000) * rules.timeScale)
      await car.aim(goalOf(client))
      there.value = car.there
      await tell(car.at, car.headingDeg, car.odometerM)
    } catch (error) {
      report(error)
    } finally {
      busy = false
    }
  }
  const onFix = ({ coords }: GeolocationPosition) => {
    blind.value = false
    if (simulated.value) return
    const place: LngLat = [coords.longitude, coords.latitude]
    const before = at.value
    const stepM = before ? greatCircleM(before, place) : 0
    if (coords.accuracy <= SURE_M) odometerM += stepM
    const heading = coords.heading ?? (before && stepM > 3 ? bearingDeg(before, place) : 0)
    tell(place, heading, odometerM).catch(report)
  }
  const follow = () => {
    if (watch !== null || !geolocation) {
      blind.value = !geolocation
      return
    }
    watch = geolocation.watchPosition(
      onFix,
      () => {
        blind.value = true
      },
      { enableHighAccuracy: true, maximumAge: 2_000, timeout: 30_000 },
    )
  }
  const rest = () => {
    if (watch !== null) geolocation?.clearWatch(watch)
    watch = null
  }
  if (!first) follow()
  const stopSteps = every(STEP_MS, () => void step())
  return {
    simulated,
    there,
    blind,
    at,
    simulate: on => {
      simulated.value = on
      there.value = false
      blind.value = false
      if (on) {
        rest()
        if (at.value) car.put(at.value)
      } else follow()
    },
    put: place => {
      if (!simulated.value || goalOf(client)) return
      car.put(place)
      void store.set(PLACE_KEY, place).catch(report)
      void step()
    },
    stop: () => {
      stopSteps()
      rest()
    },
  }
}
