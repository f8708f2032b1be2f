import type { Dispatch, DoorKind, DoorPlan, DoorRequest, DoorWays, End } from './door-plan.ts'
import type { Journey } from './journey.ts'
import type { DirectWay, DoorWay } from './query.ts'
import type { Searcher } from './searcher.ts'

/**
 * Ways from door to door: walking, a ride, lines, and lines with a ride before them, after them or both, each with one
 * price. Lines and rides come from one search, by departure, arrival, lines, and steps walked and paid for rides; fares
 * are worked out for what it finds. Left out is what another plan makes pointless in its real figures: no earlier
 * departure, no later arrival, no more lines, metres walked and money. Earlier arrivals first.
 */
export function planDoorToDoor(searcher: Searcher, request: DoorRequest, ways: DoorWays): DoorPlan[] {
  const { nowS, departS, windowS, walk, money, maxRides, changeS } = request
  const through = throughPlans(request, ways)
  const direct: DirectWay[] = through.map(plan => ({
    seconds: plan.arriveS - departS,
    metres: plan.walkM,
    money: plan.total,
  }))
  const journeys = searcher.search({
    ...{ access: doorWays(request, ways, 'origin', nowS), egress: doorWays(request, ways, 'goal', nowS) },
    // Where a criterion is left out, a ride would stand against every line.
    direct: walk.most > 0 && money.most > 0 ? direct : [],
    ...{ departS, windowS, walk, money },
    ...(maxRides === undefined ? {} : { maxRides }),
    ...(changeS === undefined ? {} : { changeS }),
  })
  const all = [...through, ...journeys.map(journey => planOf(journey, request, ways))]
  return all
    .filter((plan, i) => !all.some((other, j) => i !== j && beats(other, plan, j < i)))
    .sort((a, b) => a.arriveS - b.arriveS || b.departS - a.departS || a.total - b.total)
}

/** Walking all the way, riding all the way, as soon as one may. */
function throughPlans({ nowS, departS }: DoorRequest, ways: DoorWays): DoorPlan[] {
  const plans: DoorPlan[] = []
  const walk = ways.walkThrough()
  if (walk !== null)
    plans.push({
      ...{ kind: 'walk', departS, arriveS: departS + walk.seconds, lines: 0, walkM: walk.metres },
      ...{ fares: 0, rides: 0, total: 0, dispatch: [], journey: null },
    })
  const ride = ways.rideThrough()
  if (ride === null) return plans
  const pickupS = Math.max(departS, nowS + ride.etaS)
  const dropoffS = pickupS + ride.seconds
  plans.push({
    ...{ kind: 'ride', departS: pickupS, arriveS: dropoffS, lines: 0, walkM: 0 },
    ...{ fares: 0, rides: ride.money, total: ride.money, journey: null },
    dispatch: [{ end: 'through', stop: null, pickupS, dropoffS, money: ride.money }],
  })
  return plans
}

/** The ways between a door and its stops, as the search takes them: a ride's time has its wait at the stop in it. */
function doorWays(request: DoorRequest, ways: DoorWays, end: End, nowS: number): DoorWay[] {
  const waitS = end === 'origin' ? request.bufferS : request.alightS
  return [
    ...request.walkStops[end].flatMap((stop): DoorWay[] => {
      const walk = ways.walk(end, stop)
      return walk === null ? [] : [{ stop, by: 'walk', ...walk, money: 0 }]
    }),
    ...request.rideStops[end].flatMap((stop): DoorWay[] => {
      const ride = ways.ride(end, stop)
      if (ride === null) return []
      const way: DoorWay = { stop, by: 'ride', seconds: ride.seconds + waitS, metres: 0, money: ride.money }
      return [end === 'origin' ? { ...way, notBeforeS: nowS + ride.etaS } : way]
    }),
  ]
}

const KINDS: Readonly<Record<string, DoorKind>> = {
  'walk walk': 'transit',
  'ride walk': 'first-mile',
  'walk ride': 'last-mile',
  'ride ride': 'both-miles',
}

function planOf(journey: Journey, { bufferS, alightS }: DoorRequest, ways: DoorWays): DoorPlan {
  const [first, last] = [journey.legs[0]!, journey.legs.at(-1)!]
  if (first.kind !== 'access' || last.kind !== 'egress') throw new Error('A journey has lost its ends.')
  const dispatch: Dispatch[] = []
  if (first.way.by === 'ride') {
    const { stop, money } = first.way
    dispatch.push({ end: 'origin', stop, pickupS: first.departS, dropoffS: first.arriveS - bufferS, money })
  }
  if (last.way.by === 'ride') {
    const { stop, money } = last.way
    dispatch.push({ end: 'goal', stop, pickupS: last.departS + alightS, dropoffS: last.arriveS, money })
  }
  const fares = ways.fare(journey.legs.filter(leg => leg.kind === 'line'))
  const { departS, arriveS, lines, walkM, money } = journey
  return {
    ...{ kind: KINDS[`${first.way.by} ${last.way.by}`]!, departS, arriveS, lines, walkM },
    ...{ fares, rides: money, total: fares + money, dispatch, journey },
  }
}

/** Whether one plan makes another pointless; of equals the `earlier` one stays. */
function beats(one: DoorPlan, other: DoorPlan, earlier: boolean): boolean {
  const figures = ({ departS, arriveS, lines, walkM, total }: DoorPlan): number[] => [
    ...[-departS, arriveS, lines, walkM, total],
  ]
  const [a, b] = [figures(one), figures(other)]
  return a.every((value, i) => value <= b[i]!) && (earlier || a.some((value, i) => value < b[i]!))
}
