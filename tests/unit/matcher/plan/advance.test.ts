import { addRequest, advance, cancelRequest, delayVehicle } from '@hexhail/matcher/plan/advance.ts'
import { checkPlan } from '@hexhail/matcher/plan/check-plan.ts'
import { planRides } from '@hexhail/matcher/plan/plan-rides.ts'
import type { Plan, PlanProblem, PlanStop } from '@hexhail/matcher/plan/problem.ts'
import { expect, test } from 'vitest'
import { seeded } from '../../streets/grid-town.ts'
import { drawDay } from './random-day.ts'

function planned(problem: PlanProblem, iterations: number, from?: Plan): Plan {
  const options = { iterations, random: seeded(7), ...(from ? { from } : {}) }
  const verdict = planRides(problem, options)
  if (verdict.verdict !== 'accept') throw new Error(`The problem is refused: ${verdict.code}.`)
  return verdict.value
}

const stopsOf = (plan: Plan, vehicle: string): readonly PlanStop[] =>
  plan.routes.find(route => route.vehicle === vehicle)?.stops ?? []
const carried = (plan: Plan): number => plan.routes.reduce((sum, { stops }) => sum + stops.length / 2, 0)

const SEEDS = Array.from({ length: 12 }, (_, k) => k + 1)
const NOW_S = 1800

/** A drawn day at half past, and the plan that was driven by until then. */
function running(seed: number): { problem: PlanProblem; plan: Plan } {
  const day = drawDay(seeded(seed), 12, 3, 'least-driving')
  const plan = planned(day, 200)
  return { problem: advance(day, plan, NOW_S), plan }
}

test('what is under way stays, whatever is planned anew, and nothing gets worse', () => {
  let underWay = 0
  for (const seed of SEEDS) {
    const { problem, plan } = running(seed)
    const again = planned(problem, 200, plan)
    expect(checkPlan(problem, again), `seed ${seed}`).toEqual([])
    expect(again.late).toEqual([])
    for (const vehicle of problem.vehicles) {
      const stops = vehicle.underWay?.stops ?? []
      expect(stopsOf(again, vehicle.id).slice(0, stops.length)).toEqual(stops)
      underWay += stops.length
    }
    const worse = again.unserved.length - plan.unserved.length || again.drivingS - plan.drivingS
    expect(worse, `seed ${seed}`).toBeLessThanOrEqual(0)
  }
  expect(underWay).toBeGreaterThan(50)
})

test('a request that comes in during the day is put between what is under way', () => {
  let taken = 0
  for (const seed of SEEDS) {
    const { problem, plan } = running(seed)
    const like = problem.requests[0]!
    const late = { fromS: NOW_S, untilS: 6000 }
    const asked = { ...like, id: 'new', pickupWindow: late, dropoffWindow: late, mostRideS: 3000 }
    const more = addRequest(problem, asked)
    const again = planned(more, 50, plan)
    expect(checkPlan(more, again), `seed ${seed}`).toEqual([])
    if (!again.unserved.some(({ request }) => request === 'new')) taken++
  }
  expect(taken).toBeGreaterThan(5)
})

test('a cancelled rider is not carried; a car on its way to him goes there for nothing', () => {
  let onTheWay = 0
  for (const seed of SEEDS) {
    const { problem, plan } = running(seed)
    for (const { id } of problem.requests) {
      const less = cancelRequest(problem, id)
      const wasBoarded = problem.vehicles.some(v =>
        v.underWay?.stops.some(s => s.request === id && s.beginS <= NOW_S),
      )
      if (wasBoarded) {
        expect(less).toBe(problem)
        continue
      }
      if (less.requests.length === problem.requests.length) onTheWay++
      const again = planned(less, 5, plan)
      expect(checkPlan(less, again), `seed ${seed}`).toEqual([])
      const isDropped = again.routes.some(r => r.stops.some(s => s.request === id && s.kind === 'dropoff'))
      expect(isDropped).toBe(false)
    }
  }
  expect(onTheWay).toBeGreaterThan(5)
})

test('a late vehicle keeps its riders on board, says how late they are, and gives others away', () => {
  let late = 0
  let kept = 0
  for (const seed of SEEDS) {
    const { problem, plan } = running(seed)
    for (const { id, underWay } of problem.vehicles) {
      const slow = delayVehicle(problem, id, 900)
      const again = planned(slow, 50, plan)
      expect(checkPlan(slow, again), `seed ${seed}`).toEqual([])
      const dropped = stopsOf(again, id).filter(({ kind }) => kind === 'dropoff')
      for (const rider of underWay?.onBoard ?? []) {
        expect(dropped.some(({ request }) => request === rider)).toBe(true)
        if (again.late.some(entry => entry.id === rider)) late++
        else kept++
      }
      expect(carried(again)).toBeGreaterThan(0)
    }
  }
  expect(late).toBeGreaterThan(5)
  expect(kept).toBeGreaterThan(0)
})

test('lateness that is not said is found by the checker', () => {
  for (const seed of SEEDS) {
    const { problem, plan } = running(seed)
    for (const { id } of problem.vehicles) {
      const slow = delayVehicle(problem, id, 900)
      const again = planned(slow, 0, plan)
      if (again.late.length > 0) expect(checkPlan(slow, { ...again, late: [] }).length).toBeGreaterThan(0)
    }
  }
})
