import { openHistory } from '@hexhail/client/history.ts'
import { createMemoryStore } from '@hexhail/client/store.ts'
import type { TakenFact } from '@hexhail/protocol/chain-fact.ts'
import type { TripState } from '@hexhail/protocol/trip.ts'
import { expect, test } from 'vitest'

interface Trip {
  readonly phase: TripState
  readonly atMs: number
  readonly facts: readonly TakenFact[]
}

const DAY_MS = 86_400_000
const store = createMemoryStore()
let nowMs = 0
const open = () =>
  openHistory<Trip>({
    store,
    key: 'trips',
    most: 3,
    beganAtMs: trip => trip.atMs,
    idOf: trip => String(trip.atMs),
    now: () => nowMs,
  })

test('keeps the newest trips, and drops what is older than 90 days unless its money is open', async () => {
  const history = await open()
  for (const [day, phase] of (['settled', 'claimed', 'settled', 'released'] as const).entries())
    await history.add({ phase, atMs: day * DAY_MS, facts: [] })
  expect(history.trips.value.map(trip => trip.phase)).toEqual(['released', 'settled', 'claimed'])

  nowMs = 92 * DAY_MS + 1
  expect((await open()).trips.value.map(trip => trip.phase)).toEqual(['released', 'claimed'])
  expect(await store.get('trips')).toHaveLength(2)
})

test('a page that stays open drops what has become too old, and keeps of the rest what is left of it', async () => {
  const other = createMemoryStore()
  const trip: Trip = { phase: 'settled', atMs: 0, facts: [] }
  let atMs = 0
  const history = await openHistory<Trip>({
    store: other,
    key: 'trips',
    most: 3,
    beganAtMs: ({ atMs: began }) => began,
    idOf: ({ atMs: began }) => String(began),
    leftOf: (kept, when) => (when < 7 * DAY_MS ? kept : { ...kept, phase: 'released' }),
    now: () => atMs,
  })
  await history.add(trip)
  await history.tidy()
  expect(history.trips.value[0]).toBe(trip)
  atMs = 7 * DAY_MS
  await history.tidy()
  expect(await other.get('trips')).toEqual([{ phase: 'released', atMs: 0, facts: [] }])
  atMs = 91 * DAY_MS
  await history.tidy()
  expect(await other.get('trips')).toEqual([])
})

test('forgets all but open money, on the disk too', async () => {
  const history = await open()
  await history.forget()
  expect(history.trips.value.map(trip => trip.phase)).toEqual(['claimed'])
  await history.learn([{ phase: 'closed', atMs: DAY_MS, facts: [] }])
  await history.forget()
  expect((await open()).trips.value).toEqual([])
})
