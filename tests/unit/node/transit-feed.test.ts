/** Transit on real relays and a real chain: from an operator's leaf over two relays to a rider's page and to HTTP. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { grantPermit } from '@hexhail/chain/grant-permit.ts'
import { createOperatorList } from '@hexhail/chain/operator-list.ts'
import { createWalletKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { gossipValidator } from '@hexhail/client/gossip.ts'
import { createLiveTransit } from '@hexhail/client/live-transit.ts'
import { createOperatorFeed } from '@hexhail/client/operator-feed.ts'
import type { Leaf } from '@hexhail/net/ports.ts'
import { fetchFeed } from '@hexhail/node/fetch-feed.ts'
import { relayGossip } from '@hexhail/node/relay-gossip.ts'
import { transitOperators } from '@hexhail/node/relay-registry.ts'
import { createTransitHandler } from '@hexhail/node/transit-handler.ts'
import { authorOf } from '@hexhail/protocol/envelope.ts'
import { transitCredential } from '@hexhail/protocol/operator.ts'
import { createSeen } from '@hexhail/protocol/seen.ts'
import { createEntityTable, type EntityTable } from '@hexhail/transit/realtime/entity-table.ts'
import { createFeedCheck } from '@hexhail/transit/realtime/feed-check.ts'
import { dayOf } from '@hexhail/transit/realtime/late-trips.ts'
import { placeEntities } from '@hexhail/transit/realtime/place-entities.ts'
import { writeEntity } from '@hexhail/transit/realtime/write-entity.ts'
import bindings from 'gtfs-realtime-bindings'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { localChain, QUICK } from '../chain/local-chain.ts'
import { createSwarm, inbox, until } from '../net/swarm.ts'
import { CHAIN } from '../protocol/some-gossip.ts'
import { AGENCY, AT, FEED_CELL, FEED_TOPIC, someTrip, someVehicle } from '../transit/realtime/some-feed.ts'

const { FeedMessage } = bindings.transit_realtime
let world: Awaited<ReturnType<typeof localChain>>
beforeAll(async () => {
  world = await localChain()
})
afterAll(() => world.anvil.stop())

it('what a listed operator says is on a rider’s map with one message, and in the feed that anyone is served', async () => {
  await using swarm = createSwarm()
  const { config, authority, reader } = world
  const { permits } = config.contracts
  const now = Date.now
  const [operator, stranger] = [createWalletKey(), createWalletKey()].map(key => walletFromKey(key, QUICK))
  const untilS = Math.ceil(now() / 1000) + 86_400
  const credential = transitCredential(AGENCY)
  await grantPermit(config, authority, { driver: operator!.address, untilS, credential }, QUICK)

  const relayed = inbox<string>()
  const relays = [0, 1].map(() => {
    const operators = transitOperators(CHAIN, permits, authority.address, config.rpcUrl)!
    return relayGossip({ chainId: CHAIN, messagesPerS: 500, seen: createSeen(), now, operators })
  })
  const [first, second] = await Promise.all(
    relays.map(({ validate }) =>
      swarm.relay({
        authorOf,
        validate: async (...message) => {
          const verdict = await validate(...message)
          relayed.put(verdict)
          return verdict
        },
      }),
    ),
  )
  first!.mesh(second!.addrs[0]!)
  second!.mesh(first!.addrs[0]!)

  // A rider's page on the second relay.
  const turns: (() => void)[] = []
  const live = createLiveTransit({
    ...{ chainId: CHAIN, permits, agencies: [AGENCY], now },
    list: createOperatorList(reader, authority.address),
    startDay: async () => dayOf('20270110')!,
    every: (_, run) => {
      turns.push(run)
      return () => {}
    },
  })
  const heard = inbox<null>()
  const rider = await swarm.leaf([second!], {
    validate: gossipValidator(CHAIN, now, createSeen(), undefined, live.feeds),
    authorOf,
  })
  live.start({
    subscribe: (topic, fn) =>
      rider.subscribe(topic, (...message) => {
        fn(...message)
        heard.put(null)
      }),
  })
  live.watch([AT, [AT[0] + 0.001, AT[1]]])

  // Any node that serves, on the first relay.
  const table: EntityTable = createEntityTable()
  const served = inbox<null>()
  const server = await swarm.leaf([first!], {
    validate: gossipValidator(CHAIN, now, createSeen(), undefined, {
      operators: transitOperators(CHAIN, permits, authority.address, config.rpcUrl)!,
      check: others => createFeedCheck(table, others),
    }),
    authorOf,
  })
  server.subscribe(FEED_TOPIC, () => served.put(null))
  const http = createServer(createTransitHandler(table, now)).listen(0, '127.0.0.1')
  await new Promise(resolve => http.once('listening', resolve))
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`

  const bus = await swarm.leaf([first!], { validate: gossipValidator(CHAIN, now), authorOf })
  await until(bus, () => bus.audience(FEED_TOPIC) > 0)
  const voice = (signer: typeof operator, leaf: Leaf = bus) =>
    createOperatorFeed({ leaf, signer: signer!, chainId: CHAIN, permits, agency: AGENCY, now })
  const say = (feed: ReturnType<typeof voice>, ...entities: Parameters<typeof writeEntity>[0][]) =>
    feed.say(entities.map(entity => ({ cell: FEED_CELL, bytes: writeEntity(entity) })))
  const atS = Math.floor(now() / 1000)
  const [vehicle, news] = [someVehicle({ atS: atS - 2 }), someTrip({ atS: atS - 2 })]

  try {
    // One message, passed on by each relay once.
    const feed = voice(operator)
    expect(await say(feed, vehicle, news)).toEqual({ said: 1, unheard: 0 })
    await Promise.all([heard.take(1), served.take(1)])
    expect(await relayed.take(2)).toEqual(['accept', 'accept'])
    await Promise.resolve()
    for (const turn of turns) turn()
    expect(live.vehicles.value).toEqual([
      {
        ...{ id: `${AGENCY} bus-7`, label: '121', at: AT, bearingDeg: 90, lateS: -30 },
        ...{ atMs: (atS - 2) * 1000, trip: 't1' },
      },
    ])
    expect(live.delays.value).toEqual([
      {
        ...{ trip: 't1', day: 5 },
        calls: [
          { sequence: 4, arrivalLateS: -30 },
          { sequence: 6, arrivalLateS: 240, departureLateS: 250 },
          { sequence: 9, skipped: true },
        ],
      },
    ])

    // The feed is read by others' code and by our own, and mirrors what was gossiped.
    const read = async (path: string) =>
      FeedMessage.decode(new Uint8Array(await (await fetch(`${url}${path}`)).arrayBuffer()))
    const positions = await read('/vehiclePositions.pb')
    expect(positions.entity.map(each => each.vehicle?.vehicle?.id)).toEqual(['bus-7'])
    expect(positions.entity[0]!.vehicle?.position?.latitude).toBe(AT[1])
    const updates = await read(`/tripUpdates.pb?agency=${AGENCY}`)
    expect(
      updates.entity.map(each => each.tripUpdate?.stopTimeUpdate?.map(call => call.arrival?.delay)),
    ).toEqual([[-30, 240, undefined]])
    expect((await read('/tripUpdates.pb?agency=other')).entity).toEqual([])
    expect(await fetchFeed(`${url}/vehiclePositions.pb`)).toEqual([vehicle])
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ ok: true, vehicles: 1, trips: 1 })
    await expect(fetchFeed(`${url}/health`)).rejects.toThrow('is no feed')
    await expect(fetchFeed(`${url}/nothing`)).rejects.toThrow('answers 404')

    // A feed that was read goes into gossip again.
    const again = placeEntities([someVehicle({ atS })], now(), {})
    expect(await feed.say(again.placed)).toEqual({ said: 1, unheard: 0 })
    await heard.take(2)

    // Forged, stale and beyond the permit: the first relay stops them.
    const counts = relays[0]!.counts
    await say(feed, vehicle)
    await say(voice(stranger), someVehicle({ atS, vehicle: 'bus-8' }))
    await say(voice({ ...stranger!, address: operator!.address }), someVehicle({ atS, vehicle: 'bus-9' }))
    await say(feed, someVehicle({ atS, vehicle: 'bus-10', at: [0, 0] }))
    await say(feed, someVehicle({ atS, vehicle: 'bus-11' }))
    await heard.take(3)
    expect(Object.fromEntries(counts)).toMatchObject({
      accept: 3,
      'ignore stale': 1,
      'reject operator': 1,
      'reject delegation': 1,
      'reject entity': 1,
    })
    for (const turn of turns) turn()
    expect(live.vehicles.value.map(({ id }) => id)).toEqual([`${AGENCY} bus-7`, `${AGENCY} bus-11`])
    expect(heard.all.length).toBe(3)
  } finally {
    live.stop()
    http.close()
    http.closeAllConnections()
  }
})

it('a relay is told its operators by three options', () => {
  expect(transitOperators(1, null, null, 'http://127.0.0.1:1')).toBe(null)
  expect(() => transitOperators(1, '0x', null, null)).toThrow('all three')
  expect(() => transitOperators(1, '0x12', '0x', 'http://127.0.0.1:1')).toThrow('--permits takes an address')
})
