import { forgetPlaces } from '@hexhail/protocol/forget.ts'
import { NO_TRACE } from '@hexhail/protocol/trace-book.ts'
import { expect, it } from 'vitest'
import { tableTop } from './table-top.ts'

const DAY_MS = 86_400_000

it('a driver keeps no place, name or word of a rider a week after the trip, and all the figures', () => {
  const table = tableTop()
  table.toTheDoor()
  table.toRider({ type: 'chat', text: 'I wait at the blue door' })
  table.toDriver({ type: 'pin', digits: '4711' })
  table.wait(540)
  table.toDriver({ type: 'finish', early: false })
  table.wait(21)
  const trip = table.driver.trip!
  const endMs = trip.facts.at(-1)!.fact.timestampS * 1000
  expect(trip.phase).toBe('settled')
  expect(forgetPlaces(trip, endMs + 7 * DAY_MS - 1)).toBe(trip)
  const left = forgetPlaces(trip, endMs + 7 * DAY_MS)
  expect(left).toMatchObject({ pickup: null, dest: null, here: null, chat: [], pinSent: '' })
  expect(left).toMatchObject({
    terms: trip.terms,
    facts: trip.facts,
    receipt: { ...trip.receipt, record: new Uint8Array(0) },
    trace: NO_TRACE,
    meter: trip.meter,
  })
  expect(forgetPlaces(left, endMs + 8 * DAY_MS)).toBe(left)
  expect(forgetPlaces({ ...trip, phase: 'claimed' }, endMs + 30 * DAY_MS).pickup).not.toBeNull()
})
