import type { FareTable } from '../fares/fare-table.ts'
import type { Access, Agency, Route, TimetableInfo } from './timetable.ts'

/** A feed in memory, checked: what `buildTimetable` makes a timetable of. Indices are those of the lists here. */
export interface TimetableSource {
  readonly info: TimetableInfo
  readonly agencies: readonly Agency[]
  readonly stops: readonly SourceStop[]
  readonly routes: readonly Route[]
  readonly services: readonly SourceService[]
  readonly trips: readonly SourceTrip[]
  readonly feet: readonly SourceFoot[]
  /** By the indices of the lists above; none where nobody said what lines cost. */
  readonly fares?: FareTable | null
}

/** Place in degrees; `parent` an index or -1. */
export interface SourceStop {
  readonly id: string
  readonly name: string
  readonly lng: number
  readonly lat: number
  readonly zone: string
  readonly wheelchair: Access
  readonly parent: number
}

/** The days it runs, counted from `info.startDay`. */
export interface SourceService {
  readonly id: string
  readonly days: readonly number[]
}

/** One vehicle's way: calls in order, at least two, times that never fall; `flags` as in `LineTable`. */
export interface SourceTrip {
  readonly id: string
  readonly route: number
  readonly service: number
  readonly headsign: string
  readonly direction: number
  readonly wheelchair: Access
  readonly bikes: Access
  readonly stops: ArrayLike<number>
  readonly sequence: ArrayLike<number>
  readonly flags: ArrayLike<number>
  readonly arrS: ArrayLike<number>
  readonly depS: ArrayLike<number>
}

/** A way on foot between two stops, one direction; above 65,535 s or m it is left out. */
export interface SourceFoot {
  readonly from: number
  readonly to: number
  readonly seconds: number
  readonly metres: number
}
