import type { DayView } from './day-view.ts'
import type { Labels } from './labels.ts'
import type { DoorWay } from './query.ts'
import type { Asked } from './read-query.ts'
import type { Targets } from './targets.ts'

/** A way between a door and a stop. An access way is left as late as its line allows. */
export interface DoorLeg {
  readonly kind: 'access' | 'egress'
  readonly way: DoorWay
  readonly departS: number
  readonly arriveS: number
}

/** A way on foot between two stops, begun when the vehicle before it arrives. */
export interface FootLeg {
  readonly kind: 'foot'
  readonly from: number
  readonly to: number
  readonly metres: number
  readonly departS: number
  readonly arriveS: number
}

/** A part of a line's trip. All but the times (delays are in them) are indices of the timetable. */
export interface LineLeg {
  readonly kind: 'line'
  readonly line: number
  readonly trip: number
  /** The service day that the trip belongs to, counted from `startDay`. */
  readonly day: number
  readonly boardCall: number
  readonly alightCall: number
  readonly from: number
  readonly to: number
  readonly departS: number
  readonly arriveS: number
  /** The same by the timetable, without delays. */
  readonly plannedDepartS: number
  readonly plannedArriveS: number
}

export type Leg = DoorLeg | FootLeg | LineLeg

/**
 * A journey from door to door: access, lines with ways on foot between some of them, egress. Seconds are of the view's day.
 * `walkSteps` and `moneySteps` are what the search counted, `walkM` and `money` the sums of the legs themselves.
 */
export interface Journey {
  /** The departure on the query's grid that found it; the door is left at `departS`, no earlier. */
  readonly gridS: number
  readonly departS: number
  readonly arriveS: number
  readonly lines: number
  readonly walkSteps: number
  readonly moneySteps: number
  readonly walkM: number
  /** Of access and egress ways; lines' fares are not in it. */
  readonly money: number
  readonly legs: readonly Leg[]
}

/** Follows the labels of a journey back from the door. Valid until the search goes on to an earlier departure. */
export function journeyOf(
  view: DayView,
  labels: Labels,
  targets: Targets,
  asked: Asked,
  rides: number,
  layer: number,
  gridS: number,
): Journey {
  const { shape, layers } = asked
  const { stops } = labels
  const { feet } = view.timetable
  const wide = shape.money + 1
  const goal = rides * layers + layer
  const legs: Leg[] = []
  let stop = targets.from[goal]! % stops
  let at = Math.floor(targets.from[goal]! / stops)
  const arriveS = targets.arrivalS[goal]!
  const egress = asked.egress[targets.way[goal]!]!
  legs.push({ kind: 'egress', way: egress, departS: arriveS - egress.seconds, arriveS })
  for (let ride = rides; ride > 0; ride--) {
    const cell = (ride * layers + at) * stops + stop
    const line = lineLeg(view, labels.arrivalRun[cell]!, labels.arrivalCalls[cell]!)
    legs.push(line)
    if (asked.lineSteps !== null) at -= asked.lineSteps[line.line]!
    stop = line.from
    const by = labels.readyBy[((ride - 1) * layers + at) * stops + stop]!
    if (by <= -2) {
      const way = asked.access[-2 - by]!
      legs.push({ kind: 'access', way, departS: line.departS - way.seconds, arriveS: line.departS })
    } else if (by >= 0) {
      const [from, metres] = [view.footFrom[by]!, feet.metres[by]!]
      const departS =
        labels.readyS[((ride - 1) * layers + at) * stops + stop]! - feet.seconds[by]! - asked.changeS
      legs.push({ kind: 'foot', from, to: stop, metres, departS, arriveS: departS + feet.seconds[by]! })
      if (asked.footSteps !== null) at -= asked.footSteps[by]! * wide
      stop = from
    }
  }
  legs.reverse()
  return {
    ...{ gridS, departS: legs[0]!.departS, arriveS, lines: rides },
    ...{ walkSteps: Math.floor(layer / wide), moneySteps: layer % wide },
    walkM: sum(legs, leg => (leg.kind === 'foot' ? leg.metres : leg.kind === 'line' ? 0 : leg.way.metres)),
    money: sum(legs, leg => (leg.kind === 'access' || leg.kind === 'egress' ? leg.way.money : 0)),
    legs,
  }
}

const sum = (legs: readonly Leg[], of: (leg: Leg) => number): number =>
  legs.reduce((total, leg) => total + of(leg), 0)

function lineLeg({ columns, day, timetable }: DayView, run: number, calls: number): LineLeg {
  const { lines, trips } = timetable
  const trip = columns.trip[run]!
  const shift = columns.shift[run]!
  const line = lineOfTrip(lines.tripStart, trip)
  const [boardCall, alightCall] = [calls >>> 16, calls & 0xffff]
  const first = lines.stopStart[line]!
  const [startS, times] = [columns.startS[run]!, columns.timesAt[run]!]
  const plannedS = trips.startS[trip]! + shift * 86_400
  const planned = lines.profileAt[trips.profile[trip]!]!
  return {
    ...{ kind: 'line', line, trip, day: day + shift, boardCall, alightCall },
    from: lines.stops[first + boardCall]!,
    to: lines.stops[first + alightCall]!,
    departS: startS + columns.depS[times + boardCall]!,
    arriveS: startS + columns.arrS[times + alightCall]!,
    plannedDepartS: plannedS + lines.depS[planned + boardCall]!,
    plannedArriveS: plannedS + lines.arrS[planned + alightCall]!,
  }
}

/** The line whose trips hold one. */
function lineOfTrip(tripStart: Uint32Array, trip: number): number {
  let [low, high] = [0, tripStart.length - 1]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (tripStart[middle]! <= trip) low = middle
    else high = middle
  }
  return low
}
