import type { RiderClient } from '@hexhail/client/rider-client.ts'
import type { RiderState } from '@hexhail/protocol/rider-state.ts'
import { signal } from '@preact/signals-core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { at, type Ears, openMarket } from './market.ts'
import { until } from './stack.ts'

let market: Awaited<ReturnType<typeof openMarket>>
beforeEach(async () => {
  market = await openMarket()
})
afterEach(() => market.stop())

const isHeld = (trip: RiderState | null): boolean => trip?.phase === 'held'
const deafTo =
  (...names: string[]): Required<Ears>['hears'] =>
  name =>
    !names.includes(name)
/** Two riders, both nearest to the first car. */
const twoAsk = async (ears: readonly Ears[] = []): Promise<RiderClient[]> => {
  const riders = await Promise.all([market.rider(ears[0]), market.rider(ears[1])])
  const plans = await Promise.all([market.planFrom(at(-200, 0)), market.planFrom(at(400, 0))])
  await Promise.all(riders.map((rider, i) => rider.request(plans[i]!)))
  return riders
}

it('gives two riders cars by what all devices work out alike, in at most four words a request', async () => {
  await Promise.all([
    market.driver(at(-600, 0)),
    market.driver(at(1_900, 0)),
    market.driver(at(2_200, 1_200)),
  ])
  const riders = await twoAsk()
  const trips = await Promise.all(riders.map(async rider => (await until(rider.trip, isHeld))!))
  const [first, second] = trips.map(trip => trip.chosen!.account)
  expect(first).not.toBe(second)
  expect(market.held).toHaveLength(2)
  const costDs = (driver: string | undefined, trip: RiderState) =>
    market.bids.get(`${driver} ${trip.requestId}`) ?? Number.POSITIVE_INFINITY
  const [ann, bob] = trips as [RiderState, RiderState]
  const given = costDs(first, ann) + costDs(second, bob)
  expect(given).toBeLessThan(Number.POSITIVE_INFINITY)
  // On a busy machine the second may be given a car an epoch later, by then without a choice.
  const isOneEpoch = ann.part!.held!.epoch === bob.part!.held!.epoch
  expect(isOneEpoch ? given : 0).toBeLessThanOrEqual(costDs(second, ann) + costDs(first, bob))
  const words = [...market.published]
    .map(said => said.split(' ')[0]!)
    .filter(name => name !== 'meet' && name !== 'request')
  expect(words.filter(name => name === 'confirm')).toHaveLength(2)
  expect(words.length).toBeLessThanOrEqual(4 * riders.length)
  expect(market.faults).toEqual([])
})

it('books nobody twice where words are lost', async () => {
  await Promise.all([
    market.driver(at(-600, 0), { hears: deafTo('confirm') }),
    market.driver(at(1_900, 0), { hears: deafTo('bids', 'over') }),
  ])
  const riders = await twoAsk([{ hears: deafTo('call', 'confirm') }])
  const trips = await Promise.all(riders.map(rider => until(rider.trip, isHeld)))
  expect(new Set(trips.map(trip => trip!.chosen!.account)).size).toBe(2)
  expect(market.held).toHaveLength(2)
})

it('goes back to direct offers where drivers hear no calls', async () => {
  const ears = { hears: deafTo('call') }
  await Promise.all([market.driver(at(-600, 0), ears), market.driver(at(1_900, 0), ears)])
  const [rider] = await twoAsk()
  await until(rider!.trip, trip => trip?.part != null)
  await until(rider!.trip, trip => trip?.phase === 'offered' && trip.part === null)
  await rider!.choose(rider!.ranked.value[0]!.tag)
  const trip = await until(rider!.trip, isHeld)
  expect(market.held.map(terms => terms.driver)).toEqual([trip!.chosen!.account])
})

it('hands a ride over to a much nearer driver who is free too late, and to nobody where the rider keeps his', async () => {
  const isAwake = signal(false)
  await Promise.all([market.driver(at(-2_650, 0)), market.driver(at(2_650, 300))])
  const [late, riders] = await Promise.all([
    market.driver(at(-300, 0), {}, isAwake),
    Promise.all([market.rider(), market.rider()]),
  ])
  const [ann, bob] = riders
  const [annsPlan, bobsPlan] = await Promise.all([market.planFrom(at(-200, 0)), market.planFrom(at(400, 0))])
  await Promise.all([ann!.request(annsPlan), bob!.request({ ...bobsPlan, keepsDriver: true })])
  await Promise.all(riders.map(rider => until(rider.trip, isHeld)))
  const [annsFirst, bobsFirst] = riders.map(({ trip }) => trip.value!.chosen!.account)
  isAwake.value = true
  await until(ann!.trip, trip => isHeld(trip) && trip?.chosen?.account !== annsFirst)
  expect(ann!.trip.value).toMatchObject({ notice: 'driverChanged', told: true, part: { held: { swaps: 1 } } })
  await until(late.shift, ({ trip }) => trip?.pickup != null)
  expect(bob!.trip.value!.chosen!.account).toBe(bobsFirst)
  expect(market.handed.map(({ driver }) => driver)).toEqual([annsFirst])
  expect(market.held).toHaveLength(3)
  expect(market.faults).toEqual([])
})
