/**
 * Made-up peers who each keep within the limits of one: a relay bounds what they get together. Its clock stands still, so
 * that no bucket fills again and every count is exact.
 */
import { gossipValidator } from '@hexhail/client/gossip.ts'
import { GUARD_LIMITS } from '@hexhail/net/guard-limits.ts'
import { relayGossip } from '@hexhail/node/relay-gossip.ts'
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
import { createRawPeer } from './raw-peer.ts'

const now = () => NOW
const random = createSeeded(11).next
const sealAnother = async (): Promise<Uint8Array> =>
  sealRequest(await createSessionKey(), { body: someRequest(CELL, random), workBits: 12 })

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
    const messages = await Promise.all(Array.from({ length: each }, sealAnother))
    await sybil.send({ messages: messages.map(data => ({ topic: TOPIC, data })) as never })
  }
  const share = GUARD_LIMITS.networkTopic.burst
  while (relay.stats().dropped < names * each - share) await new Promise(setImmediate)
  const wanted = await sealAnother()
  expect(await rider.publish(TOPIC, wanted)).toBe(1)
  const all = await heard.take(share + 1)
  expect(all.filter(data => data === hexDigits(wanted))).toHaveLength(1)
  expect(relay.stats()).toMatchObject({ dropped: names * each - share, kicked: 0 })
})
