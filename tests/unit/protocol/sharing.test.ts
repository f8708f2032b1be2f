import { fareAtEnd } from '@hexhail/protocol/ride-fare.ts'
import { carRides, SHARES } from '@hexhail/protocol/sharing.ts'
import { expect, test } from 'vitest'
import { GUEST_TAG, PLAN, RULES, TAG, tableTop } from './table-top.ts'

const SHARING = { ...PLAN, needs: SHARES }
const OF = { tariff: RULES.tariff, by: null }

/** A rider who would share is on the way when a second one asks. */
function underWay(first = SHARING, second = SHARING) {
  const table = tableTop({ plan: first })
  table.toTheDoor()
  table.toDriver({ type: 'pin', digits: '4711' })
  const guest = tableTop({ plan: second, host: table })
  guest.hear()
  return { table, guest }
}

/** Both riders in the car. */
function bothAboard() {
  const { table, guest } = underWay()
  guest.offer()
  guest.choose()
  table.toDriver({ type: 'turn', tag: GUEST_TAG })
  table.toDriver({ type: 'arrive' })
  table.toDriver({ type: 'pin', digits: '4711' })
  return { table, guest }
}

const drive = (table: ReturnType<typeof tableTop>, tag: string, secs: number): void => {
  table.toDriver({ type: 'meter', metres: Math.round(6.3 * secs), secs, moving: true, tag })
}

test('a driver on the way hears who would share, where both would and there are seats', () => {
  expect(underWay().table.driver.cards).toHaveLength(1)
  expect(underWay(PLAN, SHARING).table.driver.cards).toEqual([])
  expect(underWay(SHARING, PLAN).table.driver.cards).toEqual([])
  expect(underWay(SHARING, { ...SHARING, seats: 4 }).table.driver.cards).toEqual([])
  const { table, guest } = bothAboard()
  guest.hear()
  expect(table.driver.cards).toEqual([])
})

test('who may share is carried alone by a car that knows nothing of it', () => {
  const table = tableTop({ plan: SHARING })
  table.hear()
  table.offer()
  expect(table.rider.offers).toHaveLength(1)
})

test('a second rider has terms, hold, place and PIN of his own, and each is told of his own ride', () => {
  const { table, guest } = underWay()
  guest.offer()
  guest.choose()
  expect(table.driver).toMatchObject({ trip: { tag: TAG, phase: 'riding' } })
  expect(table.driver.booked).toMatchObject([{ tag: GUEST_TAG, phase: 'held', pickup: { rider: 'Ana' } }])
  expect(guest.rider).toMatchObject({ phase: 'held', car: { plate: 'STX 1234' } })
  expect(table.driver.booked[0]?.place?.shiftSeq).toBe(1)
  table.wait(5)
  table.toDriver({ type: 'position', at: [-56.18, -34.9], headingDeg: 0, etaS: 60, tag: GUEST_TAG })
  expect(guest.rider.seen?.at).toEqual([-56.18, -34.9])
  expect(table.rider.seen?.at).not.toEqual([-56.18, -34.9])
  table.toDriver({ type: 'position', at: [-56.1, -34.9], headingDeg: 0, etaS: 60, tag: 'ef'.repeat(16) })
  expect(table.driver.trip?.here?.at).not.toEqual([-56.1, -34.9])
})

test('the conversation of the first goes on when the second is held, whichever of them the driver is turned to', () => {
  const { table, guest } = underWay()
  const tags = () => table.driver.offers.map(({ tag }) => tag)
  expect(tags()).toEqual([TAG])
  guest.offer()
  guest.choose()
  expect(guest.rider.phase).toBe('held')
  expect(tags()).toEqual([TAG])
  expect(carRides(table.driver).map(({ tag }) => tag)).toEqual([TAG, GUEST_TAG])
  table.toDriver({ type: 'turn', tag: GUEST_TAG })
  expect(carRides(table.driver).map(({ tag }) => tag)).toEqual([TAG, GUEST_TAG])
  table.toDriver({ type: 'arrive' })
  table.toDriver({ type: 'pin', digits: '4711' })
  table.wait(60)
  drive(table, GUEST_TAG, 60)
  table.toDriver({ type: 'finish', early: true })
  table.wait(21)
  expect(guest.rider.phase).toBe('settled')
  table.toDriver({ type: 'clear' })
  expect(table.driver.trip?.tag).toBe(TAG)
  expect(tags()).toEqual([TAG])
})

test('the driver turns between the rides, and takes up the one that is left', () => {
  const { table, guest } = bothAboard()
  expect(guest.rider.phase).toBe('riding')
  expect(table.driver).toMatchObject({ trip: { tag: GUEST_TAG }, booked: [{ tag: TAG, phase: 'riding' }] })
  table.toDriver({ type: 'turn', tag: TAG })
  table.wait(540)
  drive(table, TAG, 540)
  table.toDriver({ type: 'finish', early: false })
  table.wait(21)
  expect(table.rider.phase).toBe('settled')
  expect(guest.rider.phase).toBe('riding')
  table.toDriver({ type: 'clear' })
  expect(table.driver).toMatchObject({ trip: { tag: GUEST_TAG, place: { shiftSeq: 1 } }, booked: [] })
  drive(table, GUEST_TAG, 540)
  table.toDriver({ type: 'finish', early: false })
  table.wait(21)
  expect(guest.rider.phase).toBe('settled')
  expect(table.facts.filter(({ fact }) => fact === 'settled')).toHaveLength(2)
})

test('what a ride costs less in a shared car is what both sides end with, and it never rises', () => {
  const { table, guest } = bothAboard()
  const full = table.rider.agreed!.fare
  const fare = (full * 6n) / 10n
  for (const tag of [TAG, GUEST_TAG]) table.toDriver({ type: 'share', tag, others: 1, fare })
  expect([table.rider.shared, guest.rider.shared]).toEqual([
    { others: 1, fare },
    { others: 1, fare },
  ])
  table.toDriver({ type: 'share', tag: TAG, others: 1, fare: full })
  table.toRider({
    type: 'message',
    tag: TAG,
    key: table.rider.chosen!.key,
    message: { name: 'shared', body: { others: 1, fare: full } },
  })
  expect(table.rider.shared?.fare).toBe(fare)
  for (let s = 60; s <= 540; s += 60) {
    table.wait(60)
    for (const tag of [TAG, GUEST_TAG]) drive(table, tag, s)
    expect(table.rider.receipt!.fare <= fare).toBe(true)
  }
  table.toDriver({ type: 'turn', tag: TAG })
  table.toDriver({ type: 'finish', early: false })
  expect(table.rider.receipt?.fare).toBe(fare)
  expect(fareAtEnd(OF, table.driver.trip!, false)).toBe(fare)
  table.wait(21)
  expect(table.facts.find(fact => fact.fact === 'settled')).toMatchObject({ fare })
})

test('a rider who takes the second seat and cancels leaves the first as he was', () => {
  const { table, guest } = underWay()
  guest.offer()
  guest.choose()
  guest.toRider({ type: 'cancel', reason: 1, shownFee: 0n })
  table.wait(20)
  expect(guest.rider.phase).toMatch(/cancelled|closed|released/)
  expect(table.driver.trip).toMatchObject({ tag: TAG, phase: 'riding' })
})
