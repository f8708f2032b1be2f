import type { CarStop } from '@hexhail/client/car-stops.ts'
import { createRiderClient, type RiderClient } from '@hexhail/client/rider-client.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { RiderState } from '@hexhail/protocol/rider-state.ts'
import { SHARES } from '@hexhail/protocol/sharing.ts'
import { createDriverBot } from '@hexhail/sim/driver-bot.ts'
import { randomPlan } from '@hexhail/sim/rider-bot.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { at } from './market.ts'
import { startStack, until } from './stack.ts'

let stack: Awaited<ReturnType<typeof startStack>>
beforeAll(async () => {
  stack = await startStack({ timeScale: 40 })
}, 60_000)
afterAll(() => stack?.stop())

const isIn =
  (...phases: string[]) =>
  (trip: RiderState | null): boolean =>
    phases.includes(trip?.phase ?? '')

/** A rider who would share, with money in the vault. */
async function sharer(name: string, pickup: LngLat, dest: LngLat) {
  const ports = await stack.person()
  await ports.writer.deposit(80_000_000n)
  const rider = await createRiderClient(ports)
  const places = [pickup, dest]
  const plan = (await randomPlan({ ports, name, place: () => places.shift()! }))!
  return { rider, account: ports.signer.address, plan: { ...plan, needs: SHARES } }
}

/** Asks, takes the first firm offer, and is held. */
async function ask({ rider, plan }: Awaited<ReturnType<typeof sharer>>): Promise<RiderState> {
  await rider.request(plan)
  await until(rider.trip, trip => trip?.phase === 'offered' && trip.offers.some(offer => offer.firm))
  await rider.choose(rider.ranked.value[0]!.tag)
  return (await until(rider.trip, isIn('held')))!
}
const board = async (rider: RiderClient): Promise<void> => {
  const trip = await until(rider.trip, isIn('arrived'))
  await rider.dispatch({ type: 'chat', text: `My PIN is ${trip!.pin}` })
  await until(rider.trip, isIn('riding'))
}
const settledFare = (trip: RiderState | null) => {
  const fact = trip!.facts.find(({ fact }) => fact.fact === 'settled')?.fact
  return fact?.fact === 'settled' ? fact : null
}

it('carries two riders in one car, each with terms, PIN and receipts of his own, and neither pays more than alone', async () => {
  const driver = await stack.person()
  await stack.permit(driver.signer.address)
  const bot = await createDriverBot({
    ports: driver,
    name: 'Bruno',
    car: 'BYD Dolphin, white',
    plate: 'STX 1234',
    start: at(-1_600, -1_200),
    seeded: createSeeded(5),
  })
  const plans: (readonly CarStop[])[] = []
  bot.client.stops.subscribe(stops => void (stops.length && plans.push(stops)))
  const ann = await sharer('Ana', at(-900, -900), at(1_500, 1_500))
  const bob = await sharer('Bea', at(-300, -600), at(1_500, 1_100))
  const first = await ask(ann)
  const second = await ask(bob)
  expect(second.chosen!.account).toBe(first.chosen!.account)
  expect([first.pin, first.terms!.hold]).not.toEqual([second.pin, second.terms!.hold])
  await Promise.all([board(ann.rider), board(bob.rider)])
  const shared = await Promise.all(
    [ann, bob].map(({ rider }) => until(rider.trip, trip => trip?.shared != null)),
  )
  for (const trip of shared) expect(trip!.shared!.fare).toBeLessThan(trip!.agreed!.fare)
  const end = async (rider: RiderClient) => {
    await until(rider.trip, isIn('finished'))
    await rider.dispatch({ type: 'tip', amount: 100_000n })
    return until(rider.trip, isIn('settled'))
  }
  const done = await Promise.all([end(ann.rider), end(bob.rider)])
  const paid = done.map(settledFare)
  expect(paid.map(fact => fact!.fare)).toEqual(shared.map(trip => trip!.shared!.fare))
  expect(new Set(paid.map(fact => fact!.terms)).size).toBe(2)
  for (const [i, { account }] of [ann, bob].entries()) {
    const { fare, wait, toll, tip } = paid[i]!
    expect(await stack.reader.account(account)).toEqual({
      free: 80_000_000n - fare - wait - toll - tip,
      held: 0n,
    })
  }
  const earned = paid.reduce((sum, f) => sum + f!.fare + f!.wait + f!.toll + f!.tip - f!.levy, 0n)
  expect((await stack.reader.account(driver.signer.address)).free).toBe(earned)
  // Both are fetched before either is set down.
  expect(plans.find(stops => stops.length === 4)?.map(({ kind }) => kind)).toEqual([
    'pickup',
    'pickup',
    'dropoff',
    'dropoff',
  ])
  await vi.waitFor(() => expect(stack.filed.size).toBe(2), 30_000)
  await until(bot.client.shift, shift => shift.trip === null && shift.booked.length === 0)
  expect(stack.faults).toEqual([])
  await Promise.all([bot.stop(), ann.rider.stop(), bob.rider.stop()])
}, 180_000)
