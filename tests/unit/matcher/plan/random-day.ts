import type { PlanGoal, PlanProblem } from '@hexhail/matcher/plan/problem.ts'

/** A small drawn day: places on a plane, wide and narrow windows, riders in wheelchairs, vehicles that are not alike. */
export function drawDay(
  random: () => number,
  requests: number,
  vehicles: number,
  goal: PlanGoal,
): PlanProblem {
  const whole = (below: number): number => Math.floor(random() * below)
  const points = Array.from({ length: 2 * requests + 2 }, () => [whole(600), whole(600)] as const)
  const travelS = points.flatMap(a => points.map(b => Math.ceil(Math.hypot(a[0] - b[0], a[1] - b[1]))))
  return {
    goal,
    nowS: 0,
    places: points.length,
    travelS,
    vehicles: Array.from({ length: vehicles }, (_, v) => ({
      id: `v${v}`,
      seats: 2 + whole(3),
      wheelchairs: whole(2),
      start: whole(2),
      end: whole(2),
      shift: { fromS: whole(900), untilS: 3600 + whole(1800) },
      mostDutyS: 2400 + whole(2400),
    })),
    requests: Array.from({ length: requests }, (_, r) => {
      const pickup = 2 + 2 * r
      const directS = travelS[pickup * points.length + pickup + 1]!
      const fromS = whole(3000)
      const lengthS = 200 + whole(1200)
      const isOutbound = random() < 0.5
      const wide = { fromS: 0, untilS: 6000 }
      const narrow = { fromS, untilS: fromS + lengthS }
      return {
        id: `r${r}`,
        pickup,
        dropoff: pickup + 1,
        pickupWindow: isOutbound ? wide : narrow,
        dropoffWindow: isOutbound ? { fromS: fromS + directS, untilS: fromS + directS + lengthS } : wide,
        pickupServiceS: whole(90),
        dropoffServiceS: whole(60),
        seats: 1 + whole(2),
        wheelchairs: whole(5) === 0 ? 1 : 0,
        mostRideS: Math.ceil(directS * (1 + random())) + whole(120),
      }
    }),
  }
}
