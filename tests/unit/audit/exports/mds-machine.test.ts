import {
  idleVehicle,
  MDS_LEGAL,
  type MdsState,
  shiftSteps,
  tripSteps,
} from '@hexhail/audit/exports/mds-machine.ts'
import { next, TRIP, type TripEvent, type TripState } from '@hexhail/protocol/trip.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { expect, test } from 'vitest'

/** Where a car is while its trip is in a state; in all others it is free. */
const MEANS: Readonly<Partial<Record<TripState, MdsState>>> = {
  held: 'reserved',
  arrived: 'stopped',
  riding: 'on_trip',
  stopped: 'stopped',
  changed: 'on_trip',
}

test('100,000 random lives of the trip machine never make a step that MDS does not have', () => {
  const random = createSeeded(6)
  const legal: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = MDS_LEGAL
  const seen = new Set<string>()
  let vehicle = idleVehicle()
  let illegal = 0
  let misplaced = 0
  for (let life = 0; life < 100_000; life++) {
    if (random.next() < 0.1) vehicle = idleVehicle()
    let before: MdsState = vehicle.state
    const check = (steps: readonly (readonly [string, MdsState])[]) => {
      for (const [event, state] of steps) {
        if (!legal[before]?.[state]?.includes(event)) illegal++
        seen.add(`${before} ${event} ${state}`)
        before = state
      }
    }
    let state: TripState = 'requested'
    for (let step = 0; step < 60; step++) {
      if (random.next() < 0.05) check(shiftSteps(vehicle, random.next() < 0.5))
      const events = Object.keys(TRIP[state]) as TripEvent[]
      if (events.length === 0) break
      const event = events[random.below(events.length)]!
      state = next(state, event)!
      check(tripSteps(vehicle, event))
      const means = MEANS[state]
      if (means ? vehicle.state !== means : !['available', 'non_operational'].includes(vehicle.state))
        misplaced++
    }
    // The next trip is another one of the same car: this one is settled at last.
    check(tripSteps(vehicle, 'settle'))
  }
  expect({ illegal, misplaced }).toEqual({ illegal: 0, misplaced: 0 })
  expect(seen.size).toBe(14) // all that our trips and shifts can make
})
