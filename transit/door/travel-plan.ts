import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { Tariff } from '@hexhail/protocol/tariff.ts'
import type { FarePayer, LineFare } from '../fares/line-fares.ts'
import type { DoorKind } from '../search/door-plan.ts'

/** What a rider asks: from where to where, when, and what he needs. All moments are unix ms. */
export interface TravelQuery {
  readonly from: LngLat
  readonly to: LngLat
  readonly nowMs: number
  /** The earliest departure. */
  readonly departMs: number
  /** Until a car can be where the rider is, seconds; null: no rides. */
  readonly etaS: number | null
  /** What rides are weighed by; the exact price of those that are found is the page's to say. */
  readonly tariff: Tariff
  readonly bp: number
  /** Who pays the lines. */
  readonly payer: FarePayer
  /** Takes stops and vehicles that nobody said no of. */
  readonly wheelchair: boolean
  /** Takes it along, and rides it to the stop and from it. */
  readonly bicycle: boolean
}

/** An end of a leg; doors have no name. */
export interface TravelPlace {
  readonly name: string
  readonly at: LngLat
}

interface AnyLeg {
  readonly from: TravelPlace
  readonly to: TravelPlace
  readonly departMs: number
  readonly arriveMs: number
  /** The line to draw: two places at least. */
  readonly line: readonly LngLat[]
}

/** On foot, or by the rider's own bicycle. */
export interface OwnLeg extends AnyLeg {
  readonly kind: 'walk' | 'cycle'
  readonly metres: number
}

/** By car. It departs when the car is to be there, the latest time. */
export interface RideLeg extends AnyLeg {
  readonly kind: 'ride'
  readonly end: 'origin' | 'goal' | 'through'
  readonly metres: number
  readonly secs: number
  /** From the ride's end to the line's departure, or from the line's arrival to the car's: seconds that one waits for the other. */
  readonly bufferS: number
}

/** A trip of the timetable by what names it in news: `day` is its service day, days since 1970-01-01. */
export interface LineRef {
  readonly trip: string
  readonly day: number
  /** GTFS's `stop_sequence` of the two calls. */
  readonly boardSequence: number
  readonly alightSequence: number
}

/** By a line. `stops` are those on the way without the two ends, with the planned arrival. */
export interface LineLeg extends AnyLeg {
  readonly kind: 'line'
  readonly ref: LineRef
  /** What riders call it. */
  readonly name: string
  readonly headsign: string
  readonly agency: string
  /** Six hex digits, or empty. */
  readonly colour: string
  /** GTFS's `route_type`. */
  readonly type: number
  readonly plannedDepartMs: number
  readonly plannedArriveMs: number
  readonly metres: number
  readonly stops: readonly (TravelPlace & { readonly atMs: number })[]
  /** GTFS's answer for the trip and both stops together: 0 nobody said of one of them. */
  readonly wheelchair: 0 | 1
  /** What it costs in this way, after the lines before it; null where nobody told. */
  readonly fare: LineFare | null
}

export type TravelLeg = OwnLeg | RideLeg | LineLeg

/** A way from door to door. */
export interface TravelPlan {
  readonly kind: DoorKind
  readonly departMs: number
  readonly arriveMs: number
  /** Metres on foot. */
  readonly walkM: number
  /** Of its rides by the tariff alone, minor units. */
  readonly rides: bigint
  readonly co2G: number
  readonly legs: readonly TravelLeg[]
}
