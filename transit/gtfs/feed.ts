import type { FeedFares } from './read-fares.ts'
import type { FeedFlex } from './read-flex.ts'

/** A GTFS Schedule feed whose ids all lead somewhere; indices are those of the lists here. */
export interface Feed {
  /** IANA time zone of all its times. */
  readonly timezone: string
  readonly agencies: readonly FeedAgency[]
  readonly stops: readonly FeedStop[]
  readonly routes: readonly FeedRoute[]
  readonly services: readonly FeedService[]
  /** Trips with fixed calls, at least two each. */
  readonly trips: readonly FeedTrip[]
  readonly calls: FeedCalls
  readonly frequencies: readonly FeedFrequency[]
  readonly transfers: readonly FeedTransfer[]
  readonly fares: FeedFares
  readonly flex: FeedFlex
}

/** An agency as riders know it. */
export interface FeedAgency {
  readonly id: string
  readonly name: string
  readonly url: string
  readonly phone: string
}

/** A stop, a station or a part of one; its place in degrees (its parent's where it has none). */
export interface FeedStop {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly lng: number
  readonly lat: number
  /** GTFS's location_type: 0 platform, 1 station, 2 entrance, 3 node, 4 boarding area. */
  readonly kind: number
  /** Stop index, or -1. */
  readonly parent: number
  readonly zone: string
  readonly platform: string
  /** 0 nobody said (asked of the parent first), 1 yes, 2 no. */
  readonly wheelchair: number
}

/** A route; `type` is GTFS's route_type, `agency` an index. */
export interface FeedRoute {
  readonly id: string
  readonly agency: number
  readonly shortName: string
  readonly longName: string
  readonly type: number
  readonly colour: string
  /** Network that fare rules name, or ''. */
  readonly network: string
}

/** Days that something runs: days since 1970-01-01, rising. */
export interface FeedService {
  readonly id: string
  readonly days: readonly number[]
}

/** A vehicle's way; its calls are `callStart` … `callEnd` in `FeedCalls`. */
export interface FeedTrip {
  readonly id: string
  readonly route: number
  readonly service: number
  readonly headsign: string
  readonly shortName: string
  /** 0, 1, or -1 where nobody said. */
  readonly direction: number
  readonly block: string
  readonly shape: string
  readonly wheelchair: number
  readonly bikes: number
  readonly callStart: number
  readonly callEnd: number
}

/** Calls of all trips by column; times in seconds of the service day, none blank, never falling in a trip. */
export interface FeedCalls {
  readonly stop: Int32Array
  readonly sequence: Int32Array
  readonly arrS: Int32Array
  readonly depS: Int32Array
  /** GTFS's pickup_type and drop_off_type. */
  readonly pickup: Uint8Array
  readonly dropOff: Uint8Array
}

/** A trip that runs again and again: departures from `startS` to before `endS`; `isExact` false: about so often. */
export interface FeedFrequency {
  readonly trip: number
  readonly startS: number
  readonly endS: number
  readonly headwayS: number
  readonly isExact: boolean
}

/** A change of vehicle as the agency has it: GTFS's transfer_type; -1 for what is not said. */
export interface FeedTransfer {
  readonly from: number
  readonly to: number
  readonly type: number
  readonly seconds: number
  readonly fromRoute: string
  readonly toRoute: string
  readonly fromTrip: string
  readonly toTrip: string
}
