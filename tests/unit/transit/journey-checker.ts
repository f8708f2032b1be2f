import type { Needs } from '@hexhail/transit/search/day-view.ts'
import type { Journey, LineLeg } from '@hexhail/transit/search/journey.ts'
import type { Query } from '@hexhail/transit/search/query.ts'
import type { Timetable } from '@hexhail/transit/timetable/timetable.ts'
import type { TimetableSource } from '@hexhail/transit/timetable/timetable-source.ts'
import type { Live } from './search/plain-pareto.ts'

/**
 * What is wrong with a journey, by the raw feed: legs that do not join in place and time, lines that run on no such day or
 * at no such time, ways on foot that are not there, changes too short, stops or trips closed to the rider, sums that are
 * not those of the legs. Names trips by `timetable` alone; empty if it can be travelled.
 */
export function journeyFaults(
  source: TimetableSource,
  timetable: Pick<Timetable, 'trips'>,
  day: number,
  needs: Needs,
  query: Query,
  journey: Journey,
  live: readonly Live[] = [],
): string[] {
  const faults: string[] = []
  const must = (holds: boolean, fault: string): void => {
    if (!holds) faults.push(fault)
  }
  const { legs } = journey
  const [first, last] = [legs[0]!, legs.at(-1)!]
  must(first.kind === 'access' && query.access.includes(first.way), 'begins with no access way of the query')
  must(last.kind === 'egress' && query.egress.includes(last.way), 'ends with no egress way of the query')
  must(journey.departS >= journey.gridS && journey.departS >= query.departS, 'leaves before it may')
  must(
    journey.departS === first.departS && journey.arriveS === last.arriveS,
    'is not from its first to its last leg',
  )
  let place = -1
  let [walkM, money, lines] = [0, 0, 0]
  legs.forEach((leg, i) => {
    const before = legs[i - 1]
    must(leg.arriveS >= leg.departS, `leg ${i} ends before it begins`)
    must(before === undefined || leg.departS >= before.arriveS, `leg ${i} begins before the one before ends`)
    if (leg.kind !== 'line' && leg.kind !== 'foot') {
      must(
        leg.kind === (i === 0 ? 'access' : 'egress') && (i === 0 || i === legs.length - 1),
        `leg ${i} is out of place`,
      )
      must(leg.arriveS - leg.departS === leg.way.seconds, `leg ${i} takes another time than its way`)
      must(leg.departS >= (leg.way.notBeforeS ?? leg.departS), `leg ${i} begins before its car is there`)
      must(i === 0 || place === leg.way.stop, `leg ${i} begins at another stop`)
      must(leg.kind === 'access' || leg.departS === before!.arriveS, `leg ${i} waits at the last stop`)
      place = leg.way.stop
      walkM += leg.way.metres
      money += leg.way.money
    } else if (leg.kind === 'foot') {
      const way = source.feet.some(
        foot =>
          foot.from === leg.from &&
          foot.to === leg.to &&
          Math.ceil(foot.seconds) === leg.arriveS - leg.departS &&
          Math.round(foot.metres) === leg.metres,
      )
      must(way, `leg ${i} walks a way that is not there`)
      must(leg.metres <= (query.maxFootM ?? leg.metres), `leg ${i} walks too far`)
      must(before?.kind === 'line' && legs[i + 1]?.kind === 'line', `leg ${i} walks not between two lines`)
      must(place === leg.from, `leg ${i} begins at another stop`)
      place = leg.to
      walkM += leg.metres
    } else {
      lines++
      must(place === leg.from, `leg ${i} begins at another stop`)
      if (before?.kind !== 'access')
        must(leg.departS - before!.arriveS >= (query.changeS ?? 0), `leg ${i} is changed to too late`)
      place = leg.to
      for (const fault of lineFaults(source, timetable, day, needs, leg, live))
        faults.push(`leg ${i} ${fault}`)
    }
  })
  must(walkM === journey.walkM && money === journey.money, 'sums up its legs wrongly')
  must(lines === journey.lines && lines <= (query.maxRides ?? 5), 'counts its lines wrongly')
  return faults
}

function lineFaults(
  source: TimetableSource,
  timetable: Pick<Timetable, 'trips'>,
  day: number,
  needs: Needs,
  leg: LineLeg,
  live: readonly Live[],
): string[] {
  const id = timetable.trips.id[leg.trip]
  const trip = source.trips.find(each => each.id === id)
  if (trip === undefined) return ['rides no trip of the feed']
  const known = live.find(each => each.trip === id && each.day === leg.day)
  const { boardCall: on, alightCall: off } = leg
  const shiftS = (leg.day - day) * 86_400
  const fits = (access: number, need?: 'sure' | 'open'): boolean =>
    need === undefined || access === 1 || (need === 'open' && access === 0)
  const says: readonly (readonly [boolean, string])[] = [
    [source.services[trip.service]!.days.includes(leg.day), 'runs on another day'],
    [known?.cancelled !== true, 'is cancelled'],
    [known?.skipped[on] !== true && known?.skipped[off] !== true, 'passes a stop by'],
    [on < off && off < trip.stops.length, 'rides backwards'],
    [trip.stops[on] === leg.from && trip.stops[off] === leg.to, 'calls at other stops'],
    [
      ((trip.flags[on] ?? 0) & 1) === 0 && ((trip.flags[off] ?? 0) & 2) === 0,
      'boards or alights where none may',
    ],
    [trip.depS[on]! + shiftS === leg.plannedDepartS, 'departs at another time by the feed'],
    [trip.arrS[off]! + shiftS === leg.plannedArriveS, 'arrives at another time by the feed'],
    [leg.departS === leg.plannedDepartS + (known?.depS[on] ?? 0), 'departs at another time by the news'],
    [leg.arriveS === leg.plannedArriveS + (known?.arrS[off] ?? 0), 'arrives at another time by the news'],
    [fits(trip.wheelchair, needs.wheelchair) && fits(trip.bikes, needs.bikes), 'is closed to this rider'],
    [
      [leg.from, leg.to].every(stop => fits(source.stops[stop]!.wheelchair, needs.wheelchair)),
      'calls at a stop closed to this rider',
    ],
  ]
  return says.filter(([holds]) => !holds).map(([, fault]) => fault)
}
