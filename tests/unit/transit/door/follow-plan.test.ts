import { bookedPlan, followPlan } from '@hexhail/transit/door/follow-plan.ts'
import type { LineTimes } from '@hexhail/transit/door/line-times.ts'
import type { LineLeg, OwnLeg, RideLeg, TravelPlan } from '@hexhail/transit/door/travel-plan.ts'
import { expect, test } from 'vitest'

const MIN = 60_000
const place = { name: 'Stop', at: [0, 0] as const }
const any = { from: place, to: place, metres: 500, line: [] }
const walk = (from: number, to: number): OwnLeg => ({
  ...{ ...any, kind: 'walk', departMs: from * MIN, arriveMs: to * MIN },
})
const ride = (end: RideLeg['end'], from: number, to: number): RideLeg => ({
  ...{ ...any, kind: 'ride', end, secs: (to - from) * 60, bufferS: 120 },
  ...{ departMs: from * MIN, arriveMs: to * MIN },
})
const line = (from: number, to: number): LineLeg => ({
  ...{
    ...any,
    kind: 'line',
    name: '1',
    headsign: '',
    agency: '',
    colour: '',
    type: 3,
    stops: [],
    wheelchair: 0,
    fare: null,
  },
  ref: { trip: `t${from}`, day: 0, boardSequence: 1, alightSequence: 2 },
  ...{ departMs: from * MIN, arriveMs: to * MIN, plannedDepartMs: from * MIN, plannedArriveMs: to * MIN },
})
const planOf = (kind: TravelPlan['kind'], legs: TravelPlan['legs']): TravelPlan => ({
  ...{
    kind,
    legs,
    departMs: legs[0]!.departMs,
    arriveMs: legs.at(-1)!.arriveMs,
    walkM: 0,
    rides: 0n,
    co2G: 0,
  },
})
const at = (from: number, to: number, isGone = false): LineTimes => ({
  ...{ departMs: from * MIN, arriveMs: to * MIN, isGone },
})
const spans = ({ legs }: TravelPlan): number[][] => legs.map(leg => [leg.departMs / MIN, leg.arriveMs / MIN])

const twoLines = planOf('transit', [walk(0, 5), line(5, 20), walk(20, 22), line(25, 40), walk(40, 43)])

test('a plan that goes as planned stays as it is', () => {
  expect(followPlan(twoLines, [at(5, 20), at(25, 40)], 0)).toEqual({ plan: twoLines, lateS: 0, broken: null })
  expect(followPlan(twoLines, [null, null], 0).plan).toEqual(twoLines)
})

test('a late line moves what comes after it, up to the line that waits for nobody', () => {
  const little = followPlan(twoLines, [at(7, 23), at(25, 40)], 0)
  expect([spans(little.plan)[2], little.lateS, little.broken]).toEqual([[23, 25], 0, null])
  const both = followPlan(twoLines, [at(7, 23), at(30, 47)], 0)
  expect([both.lateS, both.plan.arriveMs]).toEqual([420, 50 * MIN])
  const missed = followPlan(twoLines, [at(10, 24), at(25, 40)], 0)
  expect(missed.broken).toEqual({ leg: 3, why: 'missed' })
  expect(followPlan(twoLines, [at(5, 20), at(25, 40, true)], 0).broken).toEqual({ leg: 3, why: 'gone' })
})

test('to a line that comes early one leaves early, while there is time', () => {
  const early = followPlan(twoLines, [at(3, 18), at(25, 40)], -3 * MIN)
  expect([spans(early.plan)[0], early.broken]).toEqual([[-2, 3], null])
  expect(followPlan(twoLines, [at(3, 18), at(25, 40)], -MIN).broken).toEqual({ leg: 1, why: 'missed' })
})

test('a car that is booked comes no earlier than it was booked for, and later after a late line', () => {
  const lastMile = planOf('last-mile', [walk(0, 5), line(5, 20), ride('goal', 22, 30)])
  expect(spans(followPlan(lastMile, [at(5, 18)], 0).plan)[2]).toEqual([22, 30])
  const late = followPlan(lastMile, [at(15, 32)], 0)
  expect([spans(late.plan)[2], late.lateS]).toEqual([[34, 42], 720])
  const booked = bookedPlan(lastMile, 2, 25 * MIN)
  expect([booked.arriveMs, spans(booked)[2]]).toEqual([33 * MIN, [25, 33]])
})

test('a car to the line is where it was booked for; a line before it is missed', () => {
  const firstMile = planOf('first-mile', [ride('origin', 0, 8), line(10, 20), walk(20, 22)])
  expect(followPlan(firstMile, [at(9, 19)], 0).broken).toBeNull()
  expect(followPlan(firstMile, [at(7, 17)], 0).broken).toEqual({ leg: 1, why: 'missed' })
  expect(bookedPlan(firstMile, 0, -5 * MIN)).toMatchObject({ departMs: -5 * MIN, arriveMs: 22 * MIN })
})
