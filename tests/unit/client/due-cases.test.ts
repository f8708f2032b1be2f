import { closeDueCases, isDue } from '@hexhail/client/due-cases.ts'
import type { RiderState } from '@hexhail/protocol/rider-state.ts'
import { expect, it } from 'vitest'
import { tableTop } from '../protocol/table-top.ts'

/** A trip that the rider left through the vault, whose case may be closed from second 100 on. */
function leftTrip(): RiderState {
  const table = tableTop()
  table.toTheDoor()
  const { terms } = table.rider
  if (!terms) throw new Error('no terms')
  table.mute.chain = true // the driver's own closing is not seen
  table.fact({ fact: 'cancelled', fee: 0n, deadlineS: 100 }, terms)
  return table.rider
}

it('a case is due only after its day', () => {
  const trip = leftTrip()
  expect(trip.phase).toBe('cancelled')
  expect([isDue(trip, 100_000), isDue(trip, 100_001)]).toEqual([false, true])
})

it('closes what is due, once, and keeps what fails for later', async () => {
  const trip = leftTrip()
  const asked: unknown[] = []
  const closed = await closeDueCases([trip], 200_000, async terms => asked.push(terms))
  expect(closed[0]?.phase).toBe('closed')
  expect(asked).toEqual([trip.terms])
  expect(await closeDueCases(closed, 200_000, async terms => asked.push(terms))).toEqual(closed)
  expect(asked).toHaveLength(1)
  const kept = await closeDueCases([trip], 200_000, async () => Promise.reject(new Error('no chain')))
  expect(kept[0]?.phase).toBe('cancelled')
})
