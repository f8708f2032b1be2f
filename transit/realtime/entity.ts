/**
 * What vehicles and trips say of themselves: the part of GTFS-Realtime 2.0 that operators gossip. `null` is a field that is
 * not told, empty text is no id. Times are unix seconds.
 */
import type { LngLat } from '@hexhail/protocol/geo.ts'

/** `schedule_relationship` of a trip: the ones that are told apart. */
export const TRIP_AS = { scheduled: 0, added: 1, unscheduled: 2, cancelled: 3 } as const
/** `schedule_relationship` of a call. */
export const CALL_AS = { scheduled: 0, skipped: 1, noData: 2, unscheduled: 3 } as const
/** `current_status` of a vehicle. */
export const VEHICLE_IS = { incoming: 0, stopped: 1, onTheWay: 2 } as const

/** Which trip: `TripDescriptor`. */
export interface TripRef {
  readonly trip: string
  /** HH:MM:SS, or empty. */
  readonly startTime: string
  /** YYYYMMDD of the service day, or empty. */
  readonly startDate: string
  /** A number of `TRIP_AS`. */
  readonly as: number | null
  readonly route: string
  readonly direction: number | null
}

/** Where a vehicle is: `VehiclePosition`. */
export interface VehicleEntity {
  readonly kind: 'vehicle'
  /** Of the entity in its feed. */
  readonly id: string
  readonly trip: TripRef | null
  readonly vehicle: string
  /** What stands on it for riders. */
  readonly label: string
  /** In single precision, as it travels. */
  readonly at: LngLat
  readonly bearingDeg: number | null
  readonly speedMps: number | null
  /** `stop_sequence` and id of the call that `status` speaks of. */
  readonly sequence: number | null
  readonly stop: string
  /** A number of `VEHICLE_IS`. */
  readonly status: number | null
  /** GTFS-Realtime's `OccupancyStatus`. */
  readonly occupancy: number | null
  readonly atS: number
}

/** Late by so much, or at that time: `StopTimeEvent`. */
export interface CallTime {
  readonly lateS: number | null
  readonly timeS: number | null
}

/** News of one call: `StopTimeUpdate`. */
export interface CallNews {
  readonly sequence: number | null
  readonly stop: string
  readonly arrival: CallTime | null
  readonly departure: CallTime | null
  /** A number of `CALL_AS`. */
  readonly as: number | null
}

/** News of a trip: `TripUpdate`. */
export interface TripEntity {
  readonly kind: 'trip'
  readonly id: string
  readonly trip: TripRef
  readonly vehicle: string
  readonly calls: readonly CallNews[]
  readonly atS: number
  /** Of the whole trip. */
  readonly lateS: number | null
}

/** One entity of a feed. */
export type Entity = VehicleEntity | TripEntity

/** Names the vehicle or the trip of a day that an entity speaks of, inside its agency. */
export const subjectOf = (entity: Entity): string =>
  entity.kind === 'vehicle'
    ? `vehicle ${entity.vehicle}`
    : `trip ${entity.trip.startDate} ${entity.trip.startTime} ${entity.trip.trip}`
