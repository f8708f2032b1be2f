import { checkPlan } from '@hexhail/matcher/plan/check-plan.ts'
import { planRides } from '@hexhail/matcher/plan/plan-rides.ts'
import type { Plan, PlanProblem } from '@hexhail/matcher/plan/problem.ts'
import { expect, test } from 'vitest'
import { seeded } from '../../streets/grid-town.ts'
import { brutePlan } from './brute-plan.ts'
import { drawDay } from './random-day.ts'

function planned(problem: PlanProblem, iterations: number, seed: number): Plan {
  const verdict = planRides(problem, { iterations, random: seeded(seed) })
  if (verdict.verdict !== 'accept') throw new Error(`The problem is refused: ${verdict.code}.`)
  return verdict.value
}

for (const goal of ['least-driving', 'fewest-vehicles'] as const)
  test(`small days are planned as well as can be, ${goal}`, () => {
    let served = 0
    let shared = 0
    for (let seed = 1; seed <= 36; seed++) {
      const day = drawDay(seeded(seed), 2 + (seed % 3), 1 + (seed % 2), goal)
      const plan = planned(day, 800, seed)
      expect(checkPlan(day, plan), `seed ${seed}`).toEqual([])
      const best = brutePlan(day)
      const ours = { unserved: plan.unserved.length, vehicles: plan.routes.length, drivingS: plan.drivingS }
      expect(ours, `seed ${seed}`).toEqual(
        goal === 'fewest-vehicles' ? best : { ...best, vehicles: ours.vehicles },
      )
      served += day.requests.length - plan.unserved.length
      if (plan.routes.some(({ stops }) => stops[1]?.kind === 'pickup')) shared++
    }
    expect(served).toBeGreaterThan(40)
    expect(shared).toBeGreaterThan(1)
  })

test('a larger day breaks no bound, and more iterations do not make it worse', () => {
  for (let seed = 1; seed <= 4; seed++) {
    const day = drawDay(seeded(seed), 24, 6, 'least-driving')
    const first = planned(day, 0, seed)
    const later = planned(day, 1500, seed)
    expect(checkPlan(day, first)).toEqual([])
    expect(checkPlan(day, later)).toEqual([])
    const worse = later.unserved.length - first.unserved.length || later.drivingS - first.drivingS
    expect(worse).toBeLessThanOrEqual(0)
  }
})

test('the same random numbers give the same plan', () => {
  const day = drawDay(seeded(5), 16, 4, 'least-driving')
  expect(planned(day, 400, 9)).toEqual(planned(day, 400, 9))
})

test('who is not carried is told why', () => {
  const day = drawDay(seeded(11), 3, 1, 'least-driving')
  const [a, b, c] = day.requests as [
    PlanProblem['requests'][0],
    PlanProblem['requests'][0],
    PlanProblem['requests'][0],
  ]
  const vehicle = {
    ...day.vehicles[0]!,
    seats: 2,
    wheelchairs: 0,
    shift: { fromS: 0, untilS: 9000 },
    mostDutyS: 9000,
  }
  const wide = { fromS: 0, untilS: 9000 }
  const plain = { seats: 2, wheelchairs: 0, pickupWindow: wide, dropoffWindow: wide, mostRideS: 9000 }
  const twins = [a, { ...a, id: 'twin' }].map(twin => ({ ...twin, ...plain, pickupServiceS: 4300 }))
  const requests = [
    ...twins,
    { ...b, ...plain, wheelchairs: 1 },
    { ...c, ...plain, dropoffWindow: { fromS: 0, untilS: 1 } },
  ]
  const plan = planned({ ...day, vehicles: [vehicle], requests }, 200, 1)
  expect(new Map(plan.unserved.map(({ request, reason }) => [request, reason]))).toEqual(
    new Map([
      [plan.routes[0]!.stops[0]!.request === 'twin' ? a.id : 'twin', 'full'],
      [b.id, 'no-room'],
      [c.id, 'no-time'],
    ]),
  )
})

test('times that break the triangle rule are planned exactly all the same', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const random = seeded(seed)
    const day = drawDay(random, 4, 2, 'least-driving')
    const travelS = (day.travelS as number[]).map(time => Math.floor(time * (0.5 + random())))
    const plan = planned({ ...day, travelS }, 200, seed)
    expect(checkPlan({ ...day, travelS }, plan), `seed ${seed}`).toEqual([])
  }
})

test('problems that are none are refused with a code', () => {
  const day = drawDay(seeded(3), 3, 1, 'least-driving')
  const code = (problem: PlanProblem): string => {
    const verdict = planRides(problem, { iterations: 1, random: seeded(1) })
    return verdict.verdict === 'accept' ? 'accept' : verdict.code
  }
  const [first] = day.requests as [PlanProblem['requests'][0]]
  expect(code({ ...day, vehicles: [] })).toBe('no-vehicle')
  expect(code({ ...day, travelS: day.travelS.length ? [1] : [] })).toBe('travel')
  expect(code({ ...day, requests: [first, first] })).toBe('same-id-twice')
  expect(code({ ...day, requests: [{ ...first, pickup: day.places }] })).toBe('no-such-place')
  expect(code({ ...day, requests: [{ ...first, seats: 0.5 }] })).toBe('number')
  const underWay = { leftS: 0, stops: [{ request: 'r9', kind: 'pickup', beginS: 5 } as const], onBoard: [] }
  expect(code({ ...day, vehicles: [{ ...day.vehicles[0]!, underWay }] })).toBe('under-way')
})
