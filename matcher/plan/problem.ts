/**
 * A day of booked rides, paratransit or shuttles to plan: who is to be carried from where to where and when, and by which
 * vehicles (dial-a-ride with time windows; Cordeau 2006). All times are whole seconds on one clock of the caller's, below
 * 2^29 s from the earliest to the latest. Source: reference/matching.md 1 and 4.
 */

/** From when until when something may begin, both included. */
export interface TimeWindow {
  readonly fromS: number
  readonly untilS: number
}

/** A booked ride. Places are numbers of rows of the travel times. */
export interface PlanRequest {
  readonly id: string
  readonly pickup: number
  readonly dropoff: number
  /** When boarding may begin. */
  readonly pickupWindow: TimeWindow
  /** When alighting may begin. */
  readonly dropoffWindow: TimeWindow
  readonly pickupServiceS: number
  readonly dropoffServiceS: number
  readonly seats: number
  readonly wheelchairs: number
  /** The longest that the rider may be under way, from the end of boarding to the beginning of alighting. */
  readonly mostRideS: number
  /** Nobody is to be carried any more; kept because a car already drives to the pickup. Made by `cancelRequest`. */
  readonly cancelled?: true
}

/** A stop of a vehicle: whom it takes up or sets down, and when. */
export interface PlanStop {
  readonly request: string
  readonly kind: 'pickup' | 'dropoff'
  /** When boarding or alighting begins. */
  readonly beginS: number
}

/** What a vehicle has done and will do come what may. Made by `advance`. */
export interface UnderWay {
  /** When it left its start. */
  readonly leftS: number
  /** Stops made, and the one it drives to; never changed by planning. */
  readonly stops: readonly PlanStop[]
  /** Riders on board after them, in the order in which they were to be set down. */
  readonly onBoard: readonly string[]
}

/** A vehicle with its shift. */
export interface PlanVehicle {
  readonly id: string
  readonly seats: number
  readonly wheelchairs: number
  readonly start: number
  readonly end: number
  /** It leaves its start and is back at its end within this. */
  readonly shift: TimeWindow
  /** The longest from leaving the start to reaching the end. */
  readonly mostDutyS: number
  readonly underWay?: UnderWay
}

/**
 * What a good plan is. Both serve as many requests as they can first; then `least-driving` wants the least travel time
 * (Cordeau), `fewest-vehicles` the fewest vehicles used and then the least travel time (Li and Lim).
 */
export type PlanGoal = 'least-driving' | 'fewest-vehicles'

/** All that planning needs to know. */
export interface PlanProblem {
  readonly goal: PlanGoal
  /** No vehicle leaves its start, or the last stop of what is under way, before this. */
  readonly nowS: number
  /** How many places there are. */
  readonly places: number
  /** Seconds from place a to place b at `a * places + b`: shortest times, whole. */
  readonly travelS: ArrayLike<number>
  readonly vehicles: readonly PlanVehicle[]
  readonly requests: readonly PlanRequest[]
}

/** Why nobody carries a rider. */
export type UnservedReason =
  /** No vehicle has so many places. */
  | 'no-room'
  /** No vehicle could do it, were it the only request: windows, ride time or shifts forbid it. */
  | 'no-time'
  /** It could be done alone, but not beside the others. */
  | 'full'

/** What one vehicle does. */
export interface PlanRoute {
  readonly vehicle: string
  readonly leaveS: number
  readonly stops: readonly PlanStop[]
  readonly backS: number
}

/** Who carries whom and when. */
export interface Plan {
  /** One for each vehicle that leaves its start, in the order of the problem. */
  readonly routes: readonly PlanRoute[]
  readonly unserved: readonly { readonly request: string; readonly reason: UnservedReason }[]
  /**
   * Riders on board who cannot be set down in time, and vehicles that cannot be back in time, although they drive straight
   * there; planning makes it no worse. What is under way is not in here: its times are given.
   */
  readonly late: readonly { readonly id: string; readonly byS: number }[]
  /** Travel time of all vehicles, without waiting and service. */
  readonly drivingS: number
}
