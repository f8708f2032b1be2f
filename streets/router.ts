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

/** What a driver is told to do. */
export type StepKind =
  | 'depart'
  | 'straight'
  | `${'slight-' | '' | 'sharp-'}${'left' | 'right'}`
  | 'u-turn'
  | 'roundabout'
  | 'arrive'

/** One thing to do on the way, and how far it is from there to the next; `name` is the street after it, maybe empty. */
export interface Step {
  readonly kind: StepKind
  readonly name: string
  readonly distanceM: number
  /** Of a roundabout: which exit to take, counted from one; absent where the way ends in it. */
  readonly exit?: number
  /** Of the arrival: where the place lies, absent where it is on the street. */
  readonly side?: 'left' | 'right'
}

/** A way by car, to the decimetre and the tenth of a second. */
export interface Route {
  readonly distanceM: number
  readonly durationS: number
  /** The directed edges that are driven, in order; the first and the last only in part. */
  readonly edges: readonly number[]
  /** The junctions that are passed, by their numbers in the street table: one between each two edges. */
  readonly junctions: readonly number[]
  /** The line to draw: two places at least. */
  readonly geometry: readonly LngLat[]
  readonly legs: readonly Leg[]
  /** Turn by turn: `depart` first, `arrive` last; the distances sum up to the whole. */
  readonly steps: readonly Step[]
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

/** How a driver stands, for `DriverIndex`. */
export interface Stance {
  /** Which way the car looks, degrees from north; without it the car is parked and may leave in every direction. */
  readonly headingDeg?: number | undefined
  /** What the car is and can take: eight bits, as `car-classes.ts` makes them. Kept on a move that does not name it. */
  readonly classes?: number
}

/** Drivers who are kept between questions, so that the nearest are found without looking at all. */
export interface DriverIndex {
  readonly size: number
  /** Put a driver somewhere, or move him; false (and he is taken away) where the place is none of this city. */
  place(id: string, place: Place, stance?: Stance): boolean
  remove(id: string): void
  /** All drivers, in an order that stays until one is taken away. */
  readonly ids: readonly string[]
  /**
   * Seconds from each driver to a rider, in the order of `ids`; `Infinity` where there is no way. What follows from where
   * a driver stands is worked out when first asked for and kept until he moves or the times change.
   */
  secondsTo(rider: Place): Float64Array
  /** As `Router.nearest`, of those who have all class bits of `needs`. */
  nearest(rider: Place, k: number, needs?: number): DriverEta[]
}

/** Times of all arcs (tenths of a second, by arc) in place of those of free streets; `null`: free streets. */
export type ArcTimes = ArrayLike<number> | null

/**
 * Places prepared for many questions: what follows from a place alone is worked out once, and again after new times. To
 * be disposed of when no longer needed: their room goes to others.
 */
export interface PreparedPlaces extends Disposable {
  /** As `Router.distanceS`, between two of them by their numbers in the list. */
  distanceS(from: number, to: number): number
  /** Seconds from each of them to a place, as a column of `CityRouter.matrix`. */
  secondsTo(goal: Place): Float64Array
}

/** A router with all that a dispatcher needs. */
export interface CityRouter extends Router {
  /** All times are whole multiples of this, tenths of a second: 1 but in very large or jammed cities. */
  readonly unitDs: number
  readonly drivers: DriverIndex
  /** Seconds from each place to each other: `matrix[i * tos.length + j]`; `Infinity` where there is no way. */
  matrix(froms: readonly Place[], tos: readonly Place[]): Float64Array
  /** Prepares places that are asked for again and again. */
  prepare(places: readonly Place[]): PreparedPlaces
  /** Answer by other times from now on. */
  setTraffic(times: ArcTimes): void
  /**
   * The same in slices: each call of what it returns works for about `work` arcs and says whether it is done; until
   * then all is answered by the old times.
   */
  beginTraffic(times: ArcTimes): (work: number) => boolean
}
