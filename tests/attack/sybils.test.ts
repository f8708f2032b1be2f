/**
 * Made-up peers who each keep within the limits of one: a relay bounds what they get together. Its clock stands still, so
 * that no bucket fills again and every count is exact.
 */
import { gossipValidator } from '@hexhail/client/gossip.ts'
import { GUARD_LIMITS } from '@hexhail/net/guard-limits.ts'
import { localMark, RELAY_TOPIC } from '@hexhail/net/topics.ts'
import { relayGossip } from '@hexhail/node/relay-gossip.ts'
import { cellAt, meetTopic, requestTopic } from '@hexhail/protocol/cells.ts'
import { authorOf } from '@hexhail/protocol/envelope.ts'
import { hexDigits } from '@hexhail/protocol/hex.ts'
import { GOSSIP_RATES } from '@hexhail/protocol/limits.ts'
import { createSeen } from '@hexhail/protocol/seen.ts'
import { createSessionKey } from '@hexhail/protocol/session-key.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { expect, test } from 'vitest'
import { createSwarm, inbox, until } from '../unit/net/swarm.ts'
import { CELL, CHAIN, NOW, sealRequest, TOPIC } from '../unit/protocol/some-gossip.ts'
import { someRequest } from './floods.ts'
import { fromNetwork } from './from-network.ts'
import { createRawPeer, type RawPeer } from './raw-peer.ts'

const now = () => NOW
const random = createSeeded(11).next
const sealAnother = async (): Promise<Uint8Array> =>
  sealRequest(await createSessionKey(), { body: someRequest(CELL, random), workBits: 12 })

/** Says so many good messages, each by another author, in one RPC. */
async function sayNew(peer: RawPeer, count: number): Promise<void> {
  const messages = await Promise.all(Array.from({ length: count }, sealAnother))
  await peer.send({ messages: messages.map(data => ({ topic: TOPIC, data })) as never })
}

test('made-up riders of one network use up their network’s share of a topic, and nobody else’s', async () => {
  await using swarm = createSwarm()
  const { validate, asked } = relayGossip({ chainId: CHAIN, messagesPerS: 500, seen: createSeen(), now })
  const limits = { isExempt: (ip: string) => ip === '127.0.0.1' }
  const relay = await swarm.relay({ validate, asked, authorOf, now, limits })
  const leaf = () => swarm.leaf([relay], { validate: gossipValidator(CHAIN, now), authorOf, now })
  const [driver, rider] = [await leaf(), await leaf()]
  const heard = inbox<string>()
  driver.subscribe(TOPIC, data => heard.put(hexDigits(data)))
  await until(rider, () => rider.audience(TOPIC) > 0)

  const elsewhere = swarm.own(await fromNetwork('127.0.9.1', relay.addrs[0]!))
  const each = GUARD_LIMITS.leafTopic.burst
  const names = Math.ceil(GOSSIP_RATES.topic.burst / each) // together they would fill the topic
  for (let i = 0; i < names; i++) {
    const sybil = swarm.own(await createRawPeer(elsewhere.addr))
    await sayNew(sybil, each)
  }
  const share = GUARD_LIMITS.networkTopic.burst
  while (relay.stats().dropped < names * each - share) await new Promise(setImmediate)
  const wanted = await sealAnother()
  expect(await rider.publish(TOPIC, wanted)).toBe(1)
  const all = await heard.take(share + 1)
  expect(all.filter(data => data === hexDigits(wanted))).toHaveLength(1)
  expect(relay.stats()).toMatchObject({ dropped: names * each - share, kicked: 0 })
})

test('a peer that only says it is a relay gets no more than a leaf, and is cut off like one', async () => {
  await using swarm = createSwarm()
  let nowMs = NOW
  const clock = () => nowMs
  const { validate, asked } = relayGossip({
    chainId: CHAIN,
    messagesPerS: 500,
    seen: createSeen(),
    now: clock,
  })
  const relay = await swarm.relay({ validate, asked, authorOf, now: clock, discovery: { chainId: CHAIN } })
  const driver = await swarm.leaf([relay], { validate: gossipValidator(CHAIN, clock), authorOf, now: clock })
  const heard = inbox<Uint8Array>()
  driver.subscribe(TOPIC, heard.put)
  await until(driver, () => driver.audience(TOPIC) > 0)
  const before = relay.stats()

  const sybil = swarm.own(await createRawPeer(relay.addrs[0]!))
  const elsewhere = localMark(requestTopic(CHAIN, cellAt([10, 50], 7)))
  const tags = Array.from({ length: 40 }, (_, i) => meetTopic(CHAIN, new Uint8Array(16).fill(i)))
  const claim = (topics: readonly string[]) =>
    sybil.send({ subscriptions: [RELAY_TOPIC, ...topics].map(topic => ({ subscribe: true, topic })) })
  const each = GUARD_LIMITS.leafTopic.burst
  // While it could still be proven nothing that it follows counts, and of what it says as much as of a leaf.
  await claim([elsewhere, ...tags])
  await sayNew(sybil, 2 * each)
  await heard.take(each)
  expect(relay.stats()).toMatchObject({ topics: before.topics, dropped: each, kicked: 0 })
  // Then it is a leaf. A relay follows two topics for each one of a leaf's: the topic and the mark.
  nowMs += 31_000
  await claim([elsewhere, ...tags])
  await sayNew(sybil, 1)
  await heard.take(each + 1)
  expect(relay.stats().topics).toBe(before.topics + 2 * (GUARD_LIMITS.maxTopics - 1))
  expect(relay.known()).toEqual([])
  for (let i = 0; i < 5000 && sybil.isConnected; i++) {
    await sybil.send({ subscriptions: [{ subscribe: true, topic: RELAY_TOPIC }] })
    if (i % 50 === 0) await new Promise(setImmediate)
  }
  await sybil.gone
  expect(relay.stats().kicked).toBe(1)
})
