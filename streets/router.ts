import type { LngLat } from '@hexhail/protocol/geo.ts'

/** A place on a street: `fraction` (0..1) of the way along directed edge `edge`, at `at`. */
export interface Place {
  readonly edge: number
  readonly fraction: number
  readonly at: LngLat
  /** On which side of the street, seen along `edge`, what was looked for lies; absent where it lies on the street. */
  readonly side?: 'left' | 'right'
}

/** One stretch of a route along a single street; `name` is empty where the street has none. */
export interface Leg {
  readonly name: string
  readonly distanceM: number
  readonly durationS: number
}

/** A way by car, to the decimetre and the tenth of a second, with the line to draw (two places at least). */
export interface Route {
  readonly distanceM: number
  readonly durationS: number
  readonly geometry: readonly LngLat[]
  readonly legs: readonly Leg[]
}

/** A driver and the street place he stands at. */
export interface PlacedDriver {
  readonly id: string
  readonly place: Place
}

/** A driver and the seconds he needs to the rider. */
export interface DriverEta {
  readonly id: string
  readonly etaS: number
}

/** Exact shortest ways by time over one city bundle; the same inputs give the same numbers on every machine. */
export interface Router {
  /** Content hash of the bundle: name it beside every figure that comes from here. */
  readonly hash: string
  /** Nearest place on a street that cars may use, or null beyond 1 km. */
  snap(at: LngLat): Place | null
  /** Seconds by car, `Infinity` where there is no way. */
  distanceS(from: Place, to: Place): number
  /** The `k` drivers who reach the rider first, soonest first; ties by id; the unreachable left out. */
  nearest(drivers: readonly PlacedDriver[], rider: Place, k: number): DriverEta[]
  /** The quickest way, or null where there is none. */
  route(from: Place, to: Place): Route | null
}
