/**
 * Threat T20 (and T19, T22) of reference trust.md: what leaves the devices during whole rides, searched for what must
 * stay between the two of them. Taken down are: all gossip, as the authors publish it, as a relay checks it and as a
 * third peer hears it; all frames of private streams, tapped at both ends inside the circuit's Noise encryption (a relay
 * sees only that encryption's random bytes, so this is more than any relay can see); every block, transaction and log;
 * every question to the RPC provider; and the records filed at the audit node.
 */
import type { ClientPorts } from '@hexhail/client/ports.ts'
import { createRiderClient, type RiderClient } from '@hexhail/client/rider-client.ts'
import { cellAt, farCells, farTopic, meetTopic, requestTopic } from '@hexhail/protocol/cells.ts'
import { openEnvelope } from '@hexhail/protocol/envelope.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import { concat, fromHex, hexDigits } from '@hexhail/protocol/hex.ts'
import { MEET, REQUEST } from '@hexhail/protocol/messages.ts'
import type { RidePlan, RiderState } from '@hexhail/protocol/rider-state.ts'
import { SEAL_BUCKETS } from '@hexhail/protocol/seal.ts'
import { createDriverBot } from '@hexhail/sim/driver-bot.ts'
import { randomPlan } from '@hexhail/sim/rider-bot.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { sha256 } from '@noble/hashes/sha2.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { gridDisk } from 'h3-js'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startStack, until } from '../unit/sim/stack.ts'
import { byteNeedles, type Needle, placeNeedles, textNeedles } from './encodings.ts'
import { frameSizes, meetSizes } from './sealed-sizes.ts'
import { type Seen, search } from './search.ts'
import { chainBytes, startSpy, type Tapped, tap } from './tap.ts'

const HOME: LngLat = [-56.1723946, -34.8921377]
const WORK: LngLat = [-56.1548612, -34.8753129]
const CAR: LngLat = [-56.1701234, -34.8899877]

const tapped: Tapped = { gossip: [], frames: [] }
const questions = new Map<string, Seen>()
/** How many frames of the first trip there are: the second's come after them. */
let framesOfFirst = 0
/** States of the rider's two trips, when they had ended. */
const trips: RiderState[] = []
let stack: Awaited<ReturnType<typeof startStack>>
let spy: Awaited<ReturnType<typeof startSpy>>
let chain: { json: Seen[]; data: Seen[] }
let plan: RidePlan

const { fetch } = globalThis
beforeAll(async () => {
  globalThis.fetch = (input, init) => {
    const body = typeof init?.body === 'string' ? init.body.replace(/"id":\d+/, '') : ''
    questions.set(body, { where: 'a question to the RPC provider', bytes: new TextEncoder().encode(body) })
    return fetch(input, init)
  }
  stack = await startStack()
  spy = await startSpy(
    stack.config.chainId,
    stack.relays.flatMap(relay => relay.addrs),
  )
  for (const cell of gridDisk(cellAt(HOME, 7), 3)) spy.follow(requestTopic(stack.config.chainId, cell))
  for (const cell of farCells(HOME, 60_000)) spy.follow(farTopic(stack.config.chainId, cell))

  const driver = await stack.person()
  await stack.permit(driver.signer.address)
  const bot = await createDriverBot({
    ports: tap(driver, 'the driver', tapped),
    name: 'Wenceslao',
    car: 'Tucán Quetzal, teal',
    plate: 'QXJ 7391',
    start: CAR,
    seeded: createSeeded(1),
  })
  const kept = await stack.person()
  await kept.writer.deposit(80_000_000n)
  await ride(kept)
  await bot.stop()
  chain = await chainBytes(stack.anvil.rpcUrl)
}, 280_000)
afterAll(async () => {
  globalThis.fetch = fetch
  await spy?.stop()
  await stack?.stop()
})

/** One whole ride with a reload in the midst of it, and one that is cancelled once held, by the same rider. */
async function ride(kept: Awaited<ReturnType<typeof stack.person>>): Promise<void> {
  const ports = tap(pinned(kept, '0793'), 'the rider', tapped)
  plan = await planned(ports, HOME, WORK)
  let rider = await createRiderClient(ports)
  const held = await taken(rider, plan)
  spy.follow(meetTopic(stack.config.chainId, fromHex(`0x${held.chosen!.tag}`)))
  // The page is reloaded: a new leaf, the same disk. Both sides go to the rendezvous.
  await rider.stop()
  await kept.leaf.stop()
  const again = tap(await stack.person({ key: kept.key, store: kept.store }), 'the rider', tapped)
  rider = await createRiderClient(again)
  const arrived = await until(rider.trip, trip => trip?.phase === 'arrived')
  await rider.dispatch({ type: 'chat', text: `My PIN is ${arrived!.pin}` })
  await until(rider.trip, trip => trip?.phase === 'finished')
  await rider.dispatch({ type: 'tip', amount: 250_000n })
  trips.push((await until(rider.trip, trip => trip?.phase === 'settled'))!)
  await until(spy.count, count => count > 0)

  framesOfFirst = tapped.frames.length
  await taken(rider, await planned(again, WORK, HOME))
  await rider.dispatch({ type: 'cancel', reason: 0, shownFee: 0n })
  trips.push((await until(rider.trip, trip => trip?.phase === 'released'))!)
  await vi.waitFor(() => expect(stack.filed.size).toBe(2), 20_000)
  await rider.stop()
}

async function taken(rider: RiderClient, wanted: RidePlan): Promise<RiderState> {
  await rider.request(wanted)
  await until(rider.trip, trip => trip?.phase === 'offered' && trip.offers.some(offer => offer.firm))
  await rider.choose(rider.ranked.value[0]!.tag)
  return (await until(rider.trip, trip => trip?.phase === 'held' || trip?.phase === 'arrived'))!
}

async function planned(ports: ClientPorts, from: LngLat, to: LngLat): Promise<RidePlan> {
  const places = [from, to]
  const made = await randomPlan({ ports, name: 'Xiomara', place: () => places.shift()! })
  return { ...made!, pickupName: 'Zitarrosa 7731 bis', destName: 'Quebracho 6604' }
}

/** The first trip's PIN is known beforehand: one that no relay's port nor peer id contains. */
function pinned(ports: ClientPorts, pin: string): ClientPorts {
  let isNext = true
  return {
    ...ports,
    random: size => {
      if (size !== 4 || !isNext) return ports.random(size)
      isNext = false
      const bytes = new Uint8Array(4)
      new DataView(bytes.buffer).setUint32(0, Number(pin))
      return bytes
    },
  }
}

const places = (): Needle[] => [
  ...placeNeedles('home', HOME),
  ...placeNeedles('work', WORK),
  ...placeNeedles('the car', CAR),
  ...placeNeedles('pickup', plan.pickup),
  ...placeNeedles('destination', plan.dest),
]
const words = (): Needle[] =>
  [
    ['rider', 'Xiomara'],
    ['pickup', 'Zitarrosa 7731 bis'],
    ['destination', 'Quebracho 6604'],
    ['driver', 'Wenceslao'],
    ['car', 'Tucán Quetzal'],
    ['plate', 'QXJ 7391'],
  ].flatMap(([name, text]) => textNeedles(name!, text!))
const secrets = (): Needle[] =>
  trips.flatMap(({ secret, salt, pin }, i) => [
    ...byteNeedles(`boarding secret ${i}`, fromHex(secret)),
    ...byteNeedles(`salt ${i}`, fromHex(salt)),
    ...[sha256, keccak_256].flatMap(hash =>
      byteNeedles(`hash of PIN ${i}`, hash(new TextEncoder().encode(pin))),
    ),
  ])
const pin = (): Needle[] => byteNeedles('PIN', new TextEncoder().encode(trips[0]!.pin))
const filed = (): Seen[] => [...stack.filed.values()].map(bytes => ({ where: 'a filed record', bytes }))
const asked = (): Seen[] => [...questions.values()]
const gossip = (): Seen[] => [...tapped.gossip, ...spy.heard]

describe('what leaves the devices in whole rides', () => {
  it('is all there: requests, rendezvous, offers, holds and settlements', () => {
    expect(trips.map(trip => trip.phase)).toEqual(['settled', 'released'])
    for (const source of [tapped.gossip, spy.heard]) {
      const kinds = new Set(source.map(({ bytes }) => bytes[0]))
      expect(kinds, source[0]?.where).toEqual(new Set([REQUEST.kind, MEET.kind]))
    }
    for (const by of ['relay', 'leaf'])
      expect(spy.heard.some(({ where }) => where.includes(`the ${by}`))).toBe(true)
    expect(tapped.frames.length).toBeGreaterThan(30)
    expect(filed()).toHaveLength(2) // the record of the one, the void of the other
    expect(questions.size).toBeGreaterThan(20)
    const settlement = byteNeedles('trip id', fromHex(trips[0]!.digest!))
    expect(search(chain.data, settlement)).not.toEqual([])
  })

  it('shows no exact place, in any encoding', () => {
    for (const seen of [gossip(), tapped.frames, chain.json, asked(), filed()])
      expect(search(seen, places())).toEqual([])
  })

  it('shows no name, no address and no plate', () => {
    for (const seen of [gossip(), tapped.frames, chain.json, asked(), filed()])
      expect(search(seen, words())).toEqual([])
  })

  it('shows no boarding secret, no salt and no PIN', () => {
    for (const seen of [gossip(), tapped.frames, chain.json, asked(), filed()])
      expect(search(seen, secrets())).toEqual([])
    for (const seen of [gossip(), tapped.frames, chain.data, filed()]) expect(search(seen, pin())).toEqual([])
  })

  it('would be found out: one planted message is enough', () => {
    const leak = concat(tapped.gossip[0]!.bytes, new TextEncoder().encode(JSON.stringify(plan.pickup)))
    expect(search([...gossip(), { where: 'the leak', bytes: leak }], places())).not.toEqual([])
    const block = JSON.stringify({ input: `0x00${hexDigits(new TextEncoder().encode('for Xiomara'))}` })
    const seen = { where: 'the leak', bytes: new TextEncoder().encode(block) }
    expect(search([...chain.json, seen], words())).not.toEqual([])
  })

  it('does not tell who pays: no account and no trip id in gossip', () => {
    const accounts = trips.flatMap(({ terms, digest }) => [
      ...byteNeedles('rider’s account', fromHex(terms!.rider)),
      ...byteNeedles('driver’s account', fromHex(terms!.driver)),
      ...byteNeedles('trip id', fromHex(digest!)),
    ])
    expect(search(gossip(), accounts)).toEqual([])
    expect(search(chain.data, accounts)).not.toEqual([])
  })

  it('does not tie a request to a trip on the chain: no key and no id of it is there', () => {
    const ids = requests(tapped.gossip).flatMap(({ key, body }) => [
      ...byteNeedles('request key', key),
      ...byteNeedles('hash of the request key', keccak_256(key).subarray(12)),
      ...byteNeedles('seal key', body.sealKey),
      ...byteNeedles('request id', body.requestId),
    ])
    expect(ids.length).toBeGreaterThan(7)
    expect(search(chain.data, ids)).toEqual([])
  })

  it('tells nothing by its size: sealed bytes come in four sizes', () => {
    const [sealed, meets] = [frameSizes(tapped.frames), meetSizes(gossip())]
    expect(sealed.length).toBeGreaterThan(20)
    expect(meets.length).toBeGreaterThan(0)
    for (const size of [...sealed, ...meets]) expect(SEAL_BUCKETS).toContain(size)
  })

  it('does not tie two trips together by their private streams, nor on the chain but by the wallet', () => {
    // The first conversation may have a last word after the second trip has begun.
    const tagOf = ({ bytes }: Seen) => hexDigits(bytes.subarray(2, 18))
    const tags = new Set(tapped.frames.slice(0, framesOfFirst).map(tagOf))
    const first = tapped.frames.filter(frame => tags.has(tagOf(frame)))
    const second = tapped.frames.filter(frame => !tags.has(tagOf(frame)))
    const known = new Set(first.flatMap(windowsOf))
    expect(second.length).toBeGreaterThan(5)
    expect(second.flatMap(windowsOf).filter(window => known.has(window))).toEqual([])
    const [one, two] = trips.map(({ terms }) => terms!)
    const marks = [one!, two!].map(({ session, details }) => [session, details.boarding, details.record])
    expect(new Set(marks.flat()).size).toBe(6)
    expect(one!.rider).toBe(two!.rider)
  })

  it('does not tie two trips of a rider together, not by the addresses either: no 16 bytes are in both', () => {
    const mine = tapped.gossip.filter(({ where }) => where.includes('the rider'))
    const isSecond = (seen: Seen) =>
      requests([seen]).some(({ body }) => hexDigits(body.requestId) === trips[1]!.requestId.slice(2))
    const cut = mine.findIndex(isSecond)
    expect(cut).toBeGreaterThan(0)
    const [first, second] = [mine.slice(0, cut), mine.slice(cut)]
    const known = new Set(first.flatMap(windowsOf))
    expect(second.flatMap(windowsOf).filter(window => known.has(window))).toEqual([])
    const topics = (list: typeof mine) =>
      list.map(({ topic }) => topic).filter(topic => topic.includes('/meet/'))
    expect(topics(second).filter(topic => topics(first).includes(topic))).toEqual([])
  })
})

/** How every peer id begins. */
const BEGIN = '12D3KooW'

/** All runs of 16 bytes but zeros, as hex; of the addresses in a request only what is the rider's own. */
function windowsOf(seen: Seen): string[] {
  const own = requests([seen]).map(({ head, body }) =>
    concat(
      head,
      REQUEST.encode({
        ...body,
        replyTo: body.replyTo.map(addr => addr.split('/p2p/').at(-1)!.slice(BEGIN.length)),
      }),
    ),
  )
  return [seen.bytes, ...own]
    .slice(-1)
    .flatMap(bytes =>
      Array.from({ length: Math.max(0, bytes.length - 15) }, (_, i) =>
        hexDigits(bytes.subarray(i, i + 16)),
      ).filter(window => !/^0+$/.test(window)),
    )
}

function requests(messages: readonly Seen[]) {
  return messages.flatMap(({ bytes }) => {
    const envelope = openEnvelope(bytes)
    if (envelope.verdict !== 'accept' || envelope.value.kind !== REQUEST.kind) return []
    const body = REQUEST.decode(envelope.value.body)
    if (body.verdict !== 'accept') return []
    const head = bytes.subarray(0, bytes.length - envelope.value.body.length)
    return [{ key: envelope.value.key, head, body: body.value }]
  })
}
