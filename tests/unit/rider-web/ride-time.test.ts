import { carEta } from '@hexhail/rider-web/travel/car-eta.ts'
import { rideTime } from '@hexhail/rider-web/travel/ride-time.ts'
import { expect, test } from 'vitest'

const MIN = 60_000
const NOW = Date.UTC(2026, 10, 23, 12)

test('a ride to a line is booked for the grid time before, or asked for now where that is too near', () => {
  const to = (min: number) => rideTime({ end: 'origin', departMs: NOW + min * MIN }, NOW)
  expect(to(33)).toEqual({ ask: 'at', pickupAtMs: NOW + 30 * MIN })
  expect(to(30)).toEqual({ ask: 'at', pickupAtMs: NOW + 30 * MIN })
  expect(to(19)).toEqual({ ask: 'at', pickupAtMs: NOW + 15 * MIN })
  expect(to(14)).toEqual({ ask: 'now' })
})

test('a ride from a line is booked for the grid time after, and asked for shortly before where that is too near', () => {
  const from = (min: number) => rideTime({ end: 'goal', departMs: NOW + min * MIN }, NOW)
  expect(from(33)).toEqual({ ask: 'at', pickupAtMs: NOW + 35 * MIN })
  expect(from(14)).toEqual({ ask: 'later', fromMs: NOW + 4 * MIN })
  expect(from(9)).toEqual({ ask: 'now' })
})

test('the more drivers hear a rider the sooner one is there; where none does nobody comes', () => {
  expect(carEta(null)).toBeNull()
  expect(carEta({ near: 0, all: 0 })).toBeNull()
  const etas = [40, 10, 3, 1].map(near => carEta({ near, all: near })!)
  expect(etas).toEqual([...etas].sort((a, b) => a - b))
  expect(carEta({ near: 0, all: 10 })).toBeGreaterThan(carEta({ near: 10, all: 10 })!)
})
