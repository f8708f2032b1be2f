import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { HORIZON_S } from './model.ts'
import type { PlanProblem } from './problem.ts'

/** What can be wrong with a problem. */
export type ProblemFault =
  | 'no-vehicle'
  /** Travel times are not `places` by `places`, or one is not whole, negative or too long. */
  | 'travel'
  | 'same-id-twice'
  | 'no-such-place'
  /** A time, a service, seats or places for wheelchairs are not whole, negative or too many; or the times span too much. */
  | 'number'
  /** What is under way names an unknown request, one twice, or a drop-off without its pickup. */
  | 'under-way'

/** A problem that can be planned; windows that nobody can keep are no fault, the rider is then unserved. */
export function checkProblem(problem: PlanProblem): Verdict<PlanProblem, ProblemFault> {
  const { places, travelS, vehicles, requests } = problem
  if (vehicles.length === 0) return reject('no-vehicle')
  const isSpan = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= HORIZON_S
  if (!isSpan(places) || travelS.length !== places * places) return reject('travel')
  for (let k = 0; k < travelS.length; k++) if (!isSpan(travelS[k]!)) return reject('travel')
  for (const list of [vehicles, requests])
    if (new Set(list.map(({ id }) => id)).size !== list.length) return reject('same-id-twice')
  const known = [...vehicles.flatMap(v => [v.start, v.end]), ...requests.flatMap(r => [r.pickup, r.dropoff])]
  if (known.some(place => !(Number.isInteger(place) && place >= 0 && place < places)))
    return reject('no-such-place')
  const times = [
    problem.nowS,
    ...vehicles.flatMap(({ shift }) => [shift.fromS, shift.untilS]),
    ...requests.flatMap(r => [r.pickupWindow, r.dropoffWindow].flatMap(w => [w.fromS, w.untilS])),
    ...vehicles.flatMap(({ underWay: u }) => (u ? [u.leftS, ...u.stops.map(({ beginS }) => beginS)] : [])),
  ]
  let [first, last] = [times[0]!, times[0]!]
  for (const time of times) {
    if (!Number.isInteger(time)) return reject('number')
    first = Math.min(first, time)
    last = Math.max(last, time)
  }
  if (last - first > HORIZON_S) return reject('number')
  const spans = [
    ...vehicles.flatMap(v => [v.seats, v.wheelchairs, v.mostDutyS]),
    ...requests.flatMap(r => [r.pickupServiceS, r.dropoffServiceS, r.seats, r.wheelchairs, r.mostRideS]),
  ]
  if (!spans.every(isSpan)) return reject('number')
  return isUnderWayWhole(problem) ? accept(problem) : reject('under-way')
}

function isUnderWayWhole({ vehicles, requests }: PlanProblem): boolean {
  const ids = new Set(requests.map(({ id }) => id))
  const cancelled = new Set(requests.filter(r => r.cancelled).map(({ id }) => id))
  const seen = new Set<string>()
  return vehicles.every(({ underWay }) => {
    const onBoard = new Set<string>()
    for (const { request, kind } of underWay?.stops ?? []) {
      const isNew = kind === 'pickup' && ids.has(request) && !seen.has(request)
      if (!isNew && !(kind === 'dropoff' && onBoard.delete(request))) return false
      if (!isNew) continue
      seen.add(request)
      if (!cancelled.has(request)) onBoard.add(request)
    }
    const left = underWay?.onBoard ?? []
    return left.length === onBoard.size && left.every(id => onBoard.delete(id))
  })
}
