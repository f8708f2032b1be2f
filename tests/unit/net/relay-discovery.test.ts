import type { Leaf, Relay } from '@hexhail/net/ports.ts'
import type { RelayOptions } from '@hexhail/net/relay.ts'
import { relayKey, writeRelayRecord } from '@hexhail/net/relay-record.ts'
import { relaysTopic } from '@hexhail/net/topics.ts'
import { meetTopic } from '@hexhail/protocol/cells.ts'
import { expect, test } from 'vitest'
import { bytes, createSwarm, inbox, REQ, type Swarm, text, until } from './swarm.ts'

const chainId = 31337

/** A relay that looks for others, and who it has found so far. */
interface Finder {
  readonly relay: Relay
  readonly found: ReturnType<typeof inbox<string>>
  readonly records: ReturnType<typeof inbox<string>>
}

async function finder(
  swarm: Swarm,
  peers: readonly Relay[] = [],
  more: Partial<RelayOptions> = {},
): Promise<Finder> {
  const found = inbox<string>()
  const records = inbox<string>()
  const relay = await swarm.relay({
    peers: peers.map(r => r.addrs[0]!),
    onRecord: (verdict, code) => records.put(`${verdict} ${code}`.trim()),
    ...more,
    discovery: { chainId, announceMs: 300, onFound: found.put, ...more.discovery },
  })
  return { relay, found, records }
}

/** A leaf whose cache tells what it has learned. */
async function learner(swarm: Swarm, relays: readonly string[], registry: readonly string[] = []) {
  const saved = inbox<string>()
  const cache = {
    load: async () => [],
    save: async (addrs: readonly string[]) => saved.put(addrs.join(' ')),
  }
  const sources = { chainId, cache, registry: async () => registry }
  return { leaf: await swarm.leafAt(relays, { sources }), saved }
}

const reachable = (leaf: Leaf, count: number): Promise<void> =>
  until(leaf, () => leaf.addrs().length >= count)

test('relays that know one other find all of them, and mesh with each', async () => {
  await using swarm = createSwarm()
  const seed = await finder(swarm)
  const others = [
    await finder(swarm, [seed.relay]),
    await finder(swarm, [seed.relay]),
    await finder(swarm, [seed.relay]),
  ]
  const all = [seed, ...others]
  for (const one of all) {
    const rest = all.filter(other => other !== one).map(other => other.relay.peerId)
    expect((await one.found.take(3)).toSorted()).toEqual(rest.toSorted())
    expect(one.relay.known().toSorted()).toEqual(rest.toSorted())
  }
  const rider = await swarm.leaf([others[1]!.relay], { want: 1 })
  const driver = await swarm.leaf([others[2]!.relay], { want: 1 })
  await seed.relay.stop()
  const heard = inbox<string>()
  driver.subscribe(REQ, data => heard.put(text(data)))
  await until(rider, () => rider.audience(REQ) > 0)
  await rider.publish(REQ, bytes('hello'))
  expect(await heard.take(1)).toEqual(['hello'])
})

test('a client whose relays both die goes on over a third that only records told it of', async () => {
  await using swarm = createSwarm()
  const first = await finder(swarm)
  const second = await finder(swarm, [first.relay])
  const { leaf, saved } = await learner(swarm, [first.relay.addrs[0]!, second.relay.addrs[0]!])
  await reachable(leaf, 2)
  const third = await finder(swarm, [first.relay])
  expect(await saved.take(1)).toEqual([third.relay.addrs[0]])
  await Promise.all([first.relay.stop(), second.relay.stop()])
  await until(leaf, () => leaf.addrs().some(addr => addr.includes(third.relay.peerId)))
  expect(leaf.connectedRelays()).toBe(1)
})

test('a client whose relays are gone lives on one of the registry, and finds it again by its cache', async () => {
  await using swarm = createSwarm()
  const dead = await swarm.relay()
  const gone = dead.addrs[0]!
  await dead.stop()
  const listed = await finder(swarm)
  const { leaf, saved } = await learner(swarm, [gone], ['no address', listed.relay.addrs[0]!])
  await reachable(leaf, 1)
  const [kept] = await saved.take(1)
  expect(kept).toBe(listed.relay.addrs[0])
  const cache = { load: async () => [kept!], save: async () => {} }
  const next = await swarm.leafAt([gone], { sources: { chainId, cache } })
  await reachable(next, 1)
})

test('a relay takes others from the registry once it has reached them', async () => {
  await using swarm = createSwarm()
  const listed = await finder(swarm)
  const dead = listed.relay.addrs[0]!.replace(
    listed.relay.peerId,
    '12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp',
  )
  const registry = async (): Promise<readonly string[]> => [dead, listed.relay.addrs[0]!]
  const reader = await finder(swarm, [], { discovery: { chainId, registry } })
  expect(await reader.found.take(1)).toEqual([listed.relay.peerId])
  expect(reader.relay.known()).toEqual([listed.relay.peerId])
})

test('a record of a relay that is not there is neither believed nor passed on', async () => {
  await using swarm = createSwarm()
  const first = await finder(swarm)
  const second = await finder(swarm, [first.relay])
  await second.found.take(1)
  const liar = await swarm.leaf([first.relay], { want: 1 })
  const topic = relaysTopic(chainId)
  await until(liar, () => liar.audience(topic) > 0)
  const key = await relayKey(new Uint8Array(32).fill(7))
  const issued = { issuedAtMs: Date.now(), lifeMs: 60_000 }
  const lies = [
    await writeRelayRecord(topic, key, ['/ip4/127.0.0.1/tcp/9/ws'], issued),
    await writeRelayRecord(topic, key, ['/ip4/127.0.0.1/tcp/9/ws'], { ...issued, lifeMs: 1e12 }),
    await writeRelayRecord(relaysTopic(1), key, ['/ip4/127.0.0.1/tcp/9/ws'], issued),
  ]
  // Who listens behind the second relay hears all that it was handed, and honest records for ever.
  const passedOn = inbox<string>()
  const witness = await swarm.leaf([second.relay], { want: 1 })
  witness.subscribe(topic, data => passedOn.put(Buffer.from(data).toString('hex')))
  await passedOn.take(1)
  for (const lie of lies) await liar.publish(topic, lie)
  // An honest record may be unproven, too, when a busy machine is slow to dial.
  const wanted = ['ignore unproven', 'reject life', 'reject signature']
  for (let n = 1; !wanted.every(code => first.records.all.includes(code)); n++) await first.records.take(n)
  await passedOn.take(passedOn.all.length + 2)
  for (const lie of lies) expect(passedOn.all).not.toContain(Buffer.from(lie).toString('hex'))
  expect(second.records.all.filter(code => code.startsWith('reject'))).toEqual([])
  expect(second.relay.known()).toEqual([first.relay.peerId])
  expect(first.relay.known()).toEqual([second.relay.peerId])
})

test('both relays are started anew: leaves come back to them and hear each other', async () => {
  await using swarm = createSwarm()
  const relays = await swarm.relays(2)
  const rider = await swarm.leaf(relays)
  const driver = await swarm.leaf(relays)
  const heard = inbox<string>()
  driver.subscribe(REQ, data => heard.put(text(data)))
  await Promise.all(relays.map(r => r.stop()))
  await until(rider, () => rider.connectedRelays() === 0)
  for (const relay of relays) await swarm.relayAgain(relay)
  await Promise.all([reachable(rider, 2), reachable(driver, 2)])
  await until(rider, () => rider.audience(REQ) > 0)
  await rider.publish(REQ, bytes('again'))
  expect(await heard.take(1)).toEqual(['again'])
})

test('what a relay follows before it is proven counts once it is, however much it is', async () => {
  await using swarm = createSwarm()
  const first = await finder(swarm)
  const late = await finder(swarm)
  const rider = await swarm.leaf([first.relay])
  const topics = Array.from({ length: 30 }, (_, i) => meetTopic(chainId, new Uint8Array(16).fill(i)))
  const drivers = [await swarm.leaf([late.relay]), await swarm.leaf([late.relay])]
  for (const [i, topic] of topics.entries()) drivers[i % 2]!.subscribe(topic, () => {})
  await Promise.all(
    drivers.map((driver, n) =>
      until(driver, () => topics.every((t, i) => i % 2 !== n || driver.audience(t) > 0)),
    ),
  )
  late.relay.mesh(first.relay.addrs[0]!)
  await until(rider, () => topics.every(topic => rider.audience(topic) > 0))
  expect(first.relay.known()).toEqual([late.relay.peerId])
})
