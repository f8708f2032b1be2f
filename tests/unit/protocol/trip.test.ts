import {
  CHAIN_EVENTS,
  ENDED,
  MONEY,
  next,
  TRIP,
  type TripEvent,
  type TripState,
} from '@hexhail/protocol/trip.ts'
import { describe, expect, it } from 'vitest'

const states = Object.keys(TRIP) as TripState[]
const row = (state: TripState) => Object.entries(TRIP[state]) as [TripEvent, TripState][]

describe('the trip table', () => {
  it('leads only to states that it has', () => {
    for (const state of states) for (const [, to] of row(state)) expect(states).toContain(to)
  })

  it('reaches every state from a request', () => {
    const seen = new Set<TripState>(['requested'])
    for (const state of seen) for (const [, to] of row(state)) seen.add(to)
    expect([...seen].sort()).toEqual([...states].sort())
  })

  it('lets every state that holds money end', () => {
    const ends = (state: TripState, path: ReadonlySet<TripState> = new Set()): boolean =>
      ENDED.has(state) || row(state).some(([, to]) => !path.has(to) && ends(to, new Set([...path, state])))
    for (const state of MONEY) expect(ends(state), state).toBe(true)
  })

  it('moves money only by what the chain says', () => {
    for (const state of states) {
      for (const [event, to] of row(state)) {
        const moves = MONEY.has(state) !== MONEY.has(to)
        if (moves) expect(CHAIN_EVENTS.has(event), `${state} -${event}-> ${to}`).toBe(true)
      }
    }
  })

  it('lets both parties leave every state between the hold and the end', () => {
    for (const state of ['held', 'arrived', 'riding', 'stopped', 'changed', 'finished'] as const) {
      expect(next(state, 'settle'), state).toBe('settled')
      expect(next(state, 'claim'), state).toBe('claimed')
      expect(next(state, 'cancel'), state).toBe('cancelled')
      expect(next(state, 'release'), state).toBe('released')
    }
  })

  it('has no step for an event out of place', () => {
    expect(next('settled', 'cancel')).toBeNull()
    expect(next('requested', 'start')).toBeNull()
  })
})
