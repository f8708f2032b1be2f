import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { LineFare } from '../fares/line-fares.ts'
import type { DoorPlan, End } from '../search/door-plan.ts'
import type { DoorLeg, FootLeg, LineLeg as SearchedLine } from '../search/journey.ts'
import type { Timetable } from '../timetable/timetable.ts'
import type { CityWays } from './city-ways.ts'
import { co2Of } from './co2.ts'
import { type Door, REACH } from './query-ways.ts'
import type { LineLeg, OwnLeg, RideLeg, TravelLeg, TravelPlace, TravelPlan } from './travel-plan.ts'

/** What a plan is told with. `ms` turns seconds of the view's day into a moment. */
export interface Teller {
  readonly city: CityWays
  readonly timetable: Timetable
  readonly doors: Readonly<Record<End, Door>>
  readonly own: OwnLeg['kind']
  readonly bufferS: number
  readonly alightS: number
  ms(s: number): number
  /** Of the lines of one plan, in order. */
  faresOf(lines: readonly SearchedLine[]): readonly (LineFare | null)[]
}

/** A plan of the search as a page shows it: names, moments and lines to draw. */
export function tellPlan(plan: DoorPlan, teller: Teller): TravelPlan {
  const lines = plan.journey?.legs.filter(leg => leg.kind === 'line') ?? []
  const fares = new Map(teller.faresOf(lines).map((fare, i) => [lines[i]!, fare]))
  const legs = plan.journey
    ? plan.journey.legs.map(leg =>
        leg.kind === 'line' ? tellLine(leg, fares.get(leg) ?? null, teller) : tellLeg(leg, teller),
      )
    : [plan.kind === 'walk' ? throughOnFoot(plan, teller) : throughByCar(plan, teller)]
  return {
    ...{ kind: plan.kind, departMs: teller.ms(plan.departS), arriveMs: teller.ms(plan.arriveS) },
    ...{
      walkM: teller.own === 'walk' ? plan.walkM : footOf(legs),
      rides: BigInt(plan.rides),
      co2G: co2Of(legs),
      legs,
    },
  }
}

const footOf = (legs: readonly TravelLeg[]): number =>
  legs.reduce((sum, leg) => sum + (leg.kind === 'walk' ? leg.metres : 0), 0)

const DOORS: Readonly<Record<End, TravelPlace['name']>> = { origin: '', goal: '' }

function tellLeg(leg: DoorLeg | FootLeg, teller: Teller): TravelLeg {
  const { city, ms } = teller
  if (leg.kind === 'foot') {
    const [from, to] = [stopOf(teller, leg.from), stopOf(teller, leg.to)]
    const [a, b] = [city.footStop(leg.from), city.footStop(leg.to)]
    const line = (a && b && city.foot.line(a, b, leg.metres + 1)) ?? [from.at, to.at]
    return { kind: 'walk', from, to, metres: leg.metres, line, ...span(leg, ms) }
  }
  const end: End = leg.kind === 'access' ? 'origin' : 'goal'
  const door = { name: DOORS[end], at: teller.doors[end].at }
  const stop = stopOf(teller, leg.way.stop)
  const [from, to] = end === 'origin' ? [door, stop] : [stop, door]
  if (leg.way.by === 'ride') return byCar(leg, end, from, to, teller)
  const [doorFoot, stopFoot] = [teller.doors[end].foot, city.footStop(leg.way.stop)]
  const way = doorFoot && stopFoot && city.foot.line(doorFoot, stopFoot, REACH.cycleM)
  const line = way === null ? [from.at, to.at] : end === 'origin' ? way : way.toReversed()
  return { kind: teller.own, from, to, metres: leg.way.metres, line, ...span(leg, ms) }
}

const span = (leg: { departS: number; arriveS: number }, ms: Teller['ms']) => ({
  departMs: ms(leg.departS),
  arriveMs: ms(leg.arriveS),
})

const stopOf = ({ city, timetable }: Teller, stop: number): TravelPlace => ({
  name: timetable.stops.name[stop]!,
  at: city.at[stop]!,
})

function byCar(leg: DoorLeg, end: End, from: TravelPlace, to: TravelPlace, teller: Teller): RideLeg {
  const { city, doors, bufferS, alightS, ms } = teller
  const stop = city.carStop(leg.way.stop)
  const route = end === 'origin' ? city.route(doors.origin.car, stop) : city.route(stop, doors.goal.car)
  const [departS, arriveS] =
    end === 'origin' ? [leg.departS, leg.arriveS - bufferS] : [leg.departS + alightS, leg.arriveS]
  return {
    ...{
      kind: 'ride',
      end,
      from,
      to,
      metres: Math.round(route!.distanceM),
      secs: Math.round(route!.durationS),
    },
    ...{ bufferS: end === 'origin' ? bufferS : alightS, line: route!.geometry },
    ...span({ departS, arriveS }, ms),
  }
}

function throughByCar(plan: DoorPlan, { city, doors, ms }: Teller): RideLeg {
  const route = city.route(doors.origin.car, doors.goal.car)!
  return {
    ...{
      kind: 'ride',
      end: 'through',
      from: { name: '', at: doors.origin.at },
      to: { name: '', at: doors.goal.at },
    },
    ...{
      metres: Math.round(route.distanceM),
      secs: Math.round(route.durationS),
      bufferS: 0,
      line: route.geometry,
    },
    ...span(plan, ms),
  }
}

function throughOnFoot(plan: DoorPlan, { city, doors, own, ms }: Teller): OwnLeg {
  const { origin, goal } = doors
  const way = origin.foot && goal.foot && city.foot.line(origin.foot, goal.foot, plan.walkM + 1)
  return {
    ...{ kind: own, from: { name: '', at: origin.at }, to: { name: '', at: goal.at }, metres: plan.walkM },
    ...{ line: way ?? [origin.at, goal.at], ...span(plan, ms) },
  }
}

function tellLine(leg: SearchedLine, fare: LineFare | null, teller: Teller): LineLeg {
  const { timetable, city, ms } = teller
  const { lines, trips, routes, agencies, stops, info } = timetable
  const route = routes[lines.route[leg.line]!]!
  const first = lines.stopStart[leg.line]!
  const profileAt = lines.profileAt[trips.profile[leg.trip]!]!
  // From the trip's own seconds to those of the view's day.
  const shiftS = leg.plannedDepartS - lines.depS[profileAt + leg.boardCall]!
  const line: LngLat[] = []
  let metres = 0
  for (let call = leg.boardCall; call < leg.alightCall; call++) {
    const part = city.stretch(lines.stops[first + call]!, lines.stops[first + call + 1]!)
    metres += part.metres
    line.push(...(line.length === 0 ? part.line : part.line.slice(1)))
  }
  const between = Array.from({ length: leg.alightCall - leg.boardCall - 1 }, (_, n) => {
    const call = leg.boardCall + 1 + n
    return { ...stopOf(teller, lines.stops[first + call]!), atMs: ms(shiftS + lines.arrS[profileAt + call]!) }
  })
  const isOpen = trips.wheelchair[leg.trip] === 1 && [leg.from, leg.to].every(s => stops.wheelchair[s] === 1)
  return {
    kind: 'line',
    ref: {
      ...{ trip: trips.id[leg.trip]!, day: info.startDay + leg.day },
      boardSequence: lines.sequence[first + leg.boardCall]!,
      alightSequence: lines.sequence[first + leg.alightCall]!,
    },
    ...{ from: stopOf(teller, leg.from), to: stopOf(teller, leg.to), ...span(leg, ms), line },
    ...{
      name: route.shortName || route.longName,
      headsign: trips.headsigns[trips.headsign[leg.trip]!] ?? '',
    },
    ...{ agency: agencies[route.agency]!.name, colour: route.colour, type: route.type },
    ...{ plannedDepartMs: ms(leg.plannedDepartS), plannedArriveMs: ms(leg.plannedArriveS) },
    ...{ metres: Math.round(metres), stops: between, wheelchair: isOpen ? 1 : 0, fare },
  }
}
