import { checkPlan, type PlanBreach } from '@hexhail/matcher/plan/check-plan.ts'
import type { Plan, PlanProblem } from '@hexhail/matcher/plan/problem.ts'
import { expect, test } from 'vitest'

const window = (fromS: number, untilS: number) => ({ fromS, untilS })
const request = (id: string) => ({
  id,
  pickup: 1,
  dropoff: 2,
  pickupWindow: window(100, 200),
  dropoffWindow: window(100, 400),
  pickupServiceS: 10,
  dropoffServiceS: 10,
  seats: 1,
  wheelchairs: 0,
  mostRideS: 150,
})
const vehicle = { id: 'v', seats: 2, wheelchairs: 0, start: 0, end: 0, shift: window(0, 500), mostDutyS: 400 }
/** Three places 100 s apart. */
const PROBLEM: PlanProblem = {
  goal: 'least-driving',
  nowS: 0,
  places: 3,
  travelS: [0, 100, 100, 100, 0, 100, 100, 100, 0],
  vehicles: [vehicle],
  requests: [request('a')],
}
const stop = (id: string, kind: 'pickup' | 'dropoff', beginS: number) => ({ request: id, kind, beginS })
const route = {
  vehicle: 'v',
  leaveS: 20,
  stops: [stop('a', 'pickup', 120), stop('a', 'dropoff', 230)],
  backS: 340,
}
const PLAN: Plan = { routes: [route], unserved: [], late: [], drivingS: 300 }

const bounds = (problem: PlanProblem, plan: Plan): PlanBreach['bound'][] =>
  checkPlan(problem, plan).map(b => b.bound)
const withRoute = (change: Partial<Plan['routes'][0]>): Plan => ({
  ...PLAN,
  routes: [{ ...route, ...change }],
})
const withRequest = (change: object): PlanProblem => ({
  ...PROBLEM,
  requests: [{ ...request('a'), ...change }],
})
const withVehicle = (change: object): PlanProblem => ({ ...PROBLEM, vehicles: [{ ...vehicle, ...change }] })

test('a good plan breaks nothing', () => {
  expect(bounds(PROBLEM, PLAN)).toEqual([])
})

test('each bound that a plan breaks is named', () => {
  expect(bounds(withRequest({ mostRideS: 99 }), PLAN)).toEqual(['ride-time'])
  expect(bounds(withRequest({ seats: 3 }), PLAN)).toEqual(['seats'])
  expect(bounds(withRequest({ wheelchairs: 1 }), PLAN)).toEqual(['wheelchairs'])
  expect(bounds(withRequest({ pickupWindow: window(121, 200) }), PLAN)).toEqual(['window'])
  expect(bounds(withRequest({ dropoffWindow: window(0, 229) }), PLAN)).toEqual(['window'])
  expect(bounds(withVehicle({ mostDutyS: 319 }), PLAN)).toEqual(['duty'])
  expect(bounds(withVehicle({ shift: window(0, 339) }), PLAN)).toEqual(['shift'])
  expect(bounds(withVehicle({ shift: window(21, 500) }), PLAN)).toEqual(['shift'])
  expect(bounds({ ...PROBLEM, nowS: 21 }, PLAN)).toEqual(['under-way'])
  expect(bounds(PROBLEM, withRoute({ leaveS: 21 }))).toEqual(['travel'])
  expect(bounds(PROBLEM, withRoute({ backS: 339 }))).toEqual(['travel'])
  expect(bounds(PROBLEM, { ...PLAN, drivingS: 299 })).toEqual(['driving'])
  expect(bounds(PROBLEM, { ...PLAN, unserved: [{ request: 'a', reason: 'full' }] })).toEqual(['carried-once'])
  expect(bounds({ ...PROBLEM, requests: [request('a'), request('b')] }, PLAN)).toEqual(['carried-once'])
  expect(bounds(PROBLEM, { ...PLAN, routes: [route, route] })).toContain('vehicle')
  const backwards = [stop('a', 'dropoff', 120), stop('a', 'pickup', 230)]
  expect(bounds(PROBLEM, withRoute({ stops: backwards }))).toContain('order')
})
