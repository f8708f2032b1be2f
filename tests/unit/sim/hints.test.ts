import type { ClientPorts } from '@hexhail/client/ports.ts'
import { sayInAreas } from '@hexhail/client/say-in-areas.ts'
import type { Hint } from '@hexhail/matcher/epoch/check-hint.ts'
import { epochAt } from '@hexhail/matcher/epoch/clock.ts'
import { driverArea, epochTopic } from '@hexhail/protocol/cells.ts'
import { HINT } from '@hexhail/protocol/epoch-messages.ts'
import { peerName } from '@hexhail/protocol/peer-name.ts'
import type { RiderState } from '@hexhail/protocol/rider-state.ts'
import { createSessionKey } from '@hexhail/protocol/session-key.ts'
import { WORK_BITS } from '@hexhail/protocol/work.ts'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { someCall } from '../protocol/some-call.ts'
import { at, openMarket } from './market.ts'
import { until } from './stack.ts'

const AREA = driverArea(at(0, 0))
const NOBODY = 0xffff

let market: Awaited<ReturnType<typeof openMarket>>
let stopLies = () => {}
beforeEach(async () => {
  market = await openMarket()
})
afterEach(async () => {
  stopLies()
  stopLies = () => {}
  await market.stop()
})

const key = () => createSessionKey()
/** Says a hint under a name that nobody has heard before. */
const say = async (device: ClientPorts, hint: Hint) =>
  sayInAreas(device, await key(), [AREA], HINT, { area: AREA, ...hint })

/** What a matcher node that lies makes of the right hint: another assignment, forged prices, an old epoch, words withheld. */
const LIES: Readonly<Record<string, (right: Hint) => Hint>> = {
  wrong: right => ({ ...right, driverOf: right.driverOf.toReversed() }),
  forged: right => ({
    ...right,
    driverOf: right.driverOf.toReversed(),
    prices: right.prices.map(p => p * 3),
  }),
  withheld: right => ({ ...right, driverOf: right.driverOf.slice(1), priced: [], prices: [] }),
}

/** Two riders who wait, both nearest to the first car, by the words of epochs alone: nobody acts on a solution. */
async function twoWait(listeners: number) {
  const device = await market.device()
  const [ann, bob, car, van] = await Promise.all([key(), key(), key(), key()])
  const name = ({ publicKey }: { publicKey: Uint8Array }) => peerName(publicKey)
  const topic = epochTopic(device.chainId, AREA)
  await vi.waitFor(() => expect(device.leaf.audience(topic)).toBeGreaterThanOrEqual(listeners), 10_000)
  const calls = [
    [ann, [car, 600], [van, 700]],
    [bob, [car, 300], [van, 2_000]],
  ] as const
  for (const [rider, ...bids] of calls) {
    const raw = await someCall(rider, bids, { area: AREA, atMs: Date.now(), workBits: WORK_BITS })
    await device.leaf.publish(topic, raw)
  }
  const best = new Map([
    [name(ann), name(van)],
    [name(bob), name(car)],
  ])
  return { device, best }
}

/** A device that follows the area: its solutions with both riders in them, as they come. */
async function watch() {
  const solutions: {
    readonly given: Map<string, string>
    readonly taken: number
    readonly faults: readonly string[]
  }[] = []
  await market.watcher(AREA, (_, groups, by) => {
    const given = new Map(groups.flat().map(({ request, to }) => [request, to]))
    if (given.size === 2) solutions.push({ given, ...by })
  })
  const first = (passes: (solution: (typeof solutions)[number]) => boolean) =>
    vi.waitFor(() => solutions.find(passes) ?? Promise.reject(new Error('none yet')), {
      timeout: 40_000,
      interval: 100,
    })
  return { solutions, first }
}

it('saves devices the solving of an epoch, by a hint that they have proven', async () => {
  const { solutions, first } = await watch()
  const node = await market.matcher(AREA)
  const { best } = await twoWait(2)
  const { faults } = await first(({ taken }) => taken === 0)
  expect(faults).toEqual([])
  for (const { given } of solutions) expect(given).toEqual(best)
  expect(new Set(node.last!.riders)).toEqual(new Set(best.keys()))
  expect(node.last!.costDs).toBe(1_000)
  expect(market.faults).toEqual([])
}, 60_000)

it('gives nobody another car when one of two matcher nodes lies', async () => {
  const { solutions, first } = await watch()
  const liar = await market.device()
  await market.matcher(AREA, { says: name => name !== 'hint' }, right => {
    const lies = Object.values(LIES).map(lie => lie(right))
    for (const lie of lies) void say(liar, lie)
  })
  const { best } = await twoWait(2)
  const deceived = await first(({ faults }) => faults.length >= 2)
  for (const fault of deceived.faults)
    expect(['gap', 'lengths', 'prices', 'prices-not-least']).toContain(fault)
  for (const { given } of solutions) expect(given).toEqual(best)
}, 60_000)

it('books each rider a car of his own while lies are told of every epoch', async () => {
  await Promise.all([at(-600, 0), at(1_900, 0), at(2_200, 1_200)].map(place => market.driver(place)))
  const liar = await market.device()
  const told = { drivers: 3, priced: [], prices: [] }
  const timer = setInterval(() => {
    const epoch = epochAt(Date.now(), 2_000).number
    for (const driverOf of [
      [0, NOBODY],
      [0, 1],
      [2, 2],
    ])
      void say(liar, { epoch, driverOf, ...told })
  }, 1_000)
  stopLies = () => clearInterval(timer)
  const riders = await Promise.all([market.rider(), market.rider()])
  const plans = await Promise.all([market.planFrom(at(-200, 0)), market.planFrom(at(400, 0))])
  await Promise.all(riders.map((rider, i) => rider.request(plans[i]!)))
  const isHeld = (trip: RiderState | null) => trip?.phase === 'held'
  const trips = await Promise.all(riders.map(rider => until(rider.trip, isHeld)))
  expect(new Set(trips.map(trip => trip!.chosen!.account)).size).toBe(2)
  expect(market.held).toHaveLength(2)
  expect([...market.published].some(said => said.startsWith('hint'))).toBe(true)
}, 60_000)
