import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import type { AsyncCity } from '@hexhail/streets/city-client.ts'
import { positionAlong } from '@hexhail/streets/route/along.ts'
import type { Route } from '@hexhail/streets/router.ts'

/** A car that drives along routes by a clock that it is told: of the fleet, and of a page that shows the demo. */
export interface SimulatedCar {
  readonly at: LngLat
  readonly headingDeg: number
  /** Metres driven in all. */
  readonly odometerM: number
  /** True while there is way left. */
  readonly moving: boolean
  /** True when it has a place to go to, and stands there. */
  readonly there: boolean
  /** Goes to a place by the quickest way from now on; null stops the car where it is. */
  aim(target: LngLat | null): Promise<void>
  /** Drives on for so many seconds of the road. */
  drive(seconds: number): void
  /** Puts the car somewhere else, with no place to go to. */
  put(at: LngLat): void
}

/** A car at a place, standing. */
export function createSimulatedCar(city: Pick<AsyncCity, 'snap' | 'route'>, start: LngLat): SimulatedCar {
  let at = start
  let headingDeg = 0
  let odometerM = 0
  let route: Route | null = null
  let lengthM = 0
  let doneM = 0
  let goal: LngLat | null = null
  let looking = false
  const follow = (next: Route | null) => {
    route = next
    doneM = 0
    lengthM = next ? lengthOf(next.geometry) : 0
  }
  const isMoving = () => route !== null && doneM < lengthM
  return {
    get at() {
      return at
    },
    get headingDeg() {
      return headingDeg
    },
    get odometerM() {
      return odometerM
    },
    get moving() {
      return isMoving()
    },
    get there() {
      return goal !== null && !looking && !isMoving()
    },
    aim: async target => {
      if (target === goal || (target && goal && target[0] === goal[0] && target[1] === goal[1])) return
      goal = target
      follow(null)
      looking = target !== null
      if (!target) return
      const [from, to] = await Promise.all([city.snap(at), city.snap(target)])
      const way = from && to ? await city.route(from, to) : null
      if (goal !== target) return
      looking = false
      follow(way)
    },
    put: next => {
      at = next
      goal = null
      looking = false
      follow(null)
    },
    drive: seconds => {
      if (!route || doneM >= lengthM) return
      const speedMps = lengthM / Math.max(1, route.durationS)
      const stepM = Math.min(lengthM - doneM, speedMps * seconds)
      doneM += stepM
      odometerM += stepM
      ;({ at, headingDeg } = positionAlong(route.geometry, doneM))
    },
  }
}

const lengthOf = (line: readonly LngLat[]): number =>
  line.reduce((sum, point, i) => (i ? sum + greatCircleM(line[i - 1]!, point) : 0), 0)
