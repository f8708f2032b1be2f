import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import { positionAlong } from '@hexhail/streets/along.ts'
import type { Route } from '@hexhail/streets/router.ts'

/** A car that drives along routes by a clock that it is told. */
export interface Car {
  readonly at: LngLat
  readonly headingDeg: number
  /** Metres driven in all. */
  readonly odometerM: number
  /** True while there is way left. */
  readonly moving: boolean
  /** Takes a way; null stops the car where it is. */
  follow(route: Route | null): void
  /** Drives on for so many seconds of the road. */
  drive(seconds: number): void
}

/** A car at a place, standing. */
export function createCar(start: LngLat): Car {
  let at = start
  let headingDeg = 0
  let odometerM = 0
  let route: Route | null = null
  let lengthM = 0
  let doneM = 0
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
      return route !== null && doneM < lengthM
    },
    follow: next => {
      route = next
      doneM = 0
      lengthM = next ? lengthOf(next.geometry) : 0
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
