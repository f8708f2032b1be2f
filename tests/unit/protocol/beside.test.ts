import { isOver, mayBeside } from '@hexhail/protocol/beside.ts'
import type { TripState } from '@hexhail/protocol/trip.ts'
import { expect, it } from 'vitest'

const NOW = 1_800_000_000_000
const HOUR = 3_600_000
const trip = (pickupAtMs: number, phase: TripState = 'held') => ({ phase, plan: { pickupAtMs } })

it('lets a ride of now stand beside a booked one, and the other way round', () => {
  expect(mayBeside(trip(NOW + HOUR), 0, NOW)).toBe(true)
  expect(mayBeside(trip(0, 'riding'), NOW + HOUR, NOW)).toBe(true)
})

it('lets nobody have two of now, or one of now when the booked car is about to come', () => {
  expect(mayBeside(trip(0), 0, NOW)).toBe(false)
  expect(mayBeside(trip(NOW + HOUR / 2), 0, NOW)).toBe(false)
  expect(mayBeside(trip(0), NOW + HOUR / 3, NOW)).toBe(false)
})

it('keeps two booked ones apart', () => {
  expect(mayBeside(trip(NOW + 3 * HOUR), NOW + 2 * HOUR, NOW)).toBe(true)
  expect(mayBeside(trip(NOW + 3 * HOUR), NOW + 2.5 * HOUR, NOW)).toBe(false)
})

it('does not count what is over', () => {
  for (const phase of ['settled', 'withdrawn', 'contested'] as const) {
    expect(isOver(trip(0, phase))).toBe(true)
    expect(mayBeside(trip(0, phase), 0, NOW)).toBe(true)
  }
  expect(isOver(trip(0, 'finished'))).toBe(false)
})
