/**
 * Threats T15, T17, T18: floods against a real relay with its real check, by peers that speak raw libp2p. Counts only:
 * each attacker is cut off and refused when he comes again, and not one honest message is lost. Times and memory:
 * `npm run bench -- attack`.
 */
import { gossipValidator } from '@hexhail/client/gossip.ts'
import type { Leaf, Relay } from '@hexhail/net/ports.ts'
import { relayGossip } from '@hexhail/node/relay-gossip.ts'
import { authorOf, sealEnvelope } from '@hexhail/protocol/envelope.ts'
import { hexDigits } from '@hexhail/protocol/hex.ts'
import { REQUEST } from '@hexhail/protocol/messages.ts'
import { createSeen } from '@hexhail/protocol/seen.ts'
import { createSessionKey } from '@hexhail/protocol/session-key.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSwarm, inbox, type Swarm, until } from '../unit/net/swarm.ts'
import { CELL, CHAIN, TOPIC } from '../unit/protocol/some-gossip.ts'
import { createFloods, type Flood, someRequest } from './floods.ts'
import { createRawPeer } from './raw-peer.ts'

const NAMES = [
  'bad signatures',
  'payload rejected',
  'one author',
  'sybil authors',
  'subscriptions',
  'junk that is no RPC',
  'RPC too long',
  'too many parts',
  'graft and prune',
]

const random = createSeeded(7).next
const heard = inbox<string>()
const published: string[] = []
let swarm: Swarm
let relay: Relay
/** One rider asks for a few rides; beyond that a relay takes him for a flood, too. */
let riders: Leaf[]
let floods: Flood[]

beforeAll(async () => {
  swarm = createSwarm()
  const now = Date.now
  const { validate, asked } = relayGossip({ chainId: CHAIN, messagesPerS: 500, seen: createSeen(), now })
  relay = await swarm.relay({ validate, asked, authorOf })
  const leaf = () => swarm.leaf([relay], { validate: gossipValidator(CHAIN, now), authorOf })
  const driver = await leaf()
  riders = await Promise.all([leaf(), leaf(), leaf()])
  // Some floods are of good messages, and their first ones arrive too.
  driver.subscribe(TOPIC, data => published.includes(hexDigits(data)) && heard.put(hexDigits(data)))
  await Promise.all(riders.map(rider => until(rider, () => rider.audience(TOPIC) > 0)))
  floods = await createFloods({ chainId: CHAIN, topic: TOPIC, cell: CELL, random, now, variety: 40 })
})
afterAll(() => swarm[Symbol.asyncDispose]())

/** One honest request, by a new rider. */
async function ask(): Promise<void> {
  const rider = riders[published.length % riders.length]!
  const session = await createSessionKey()
  const body = someRequest(CELL, random)
  const issuedAtMs = Date.now()
  const data = await sealEnvelope({
    topic: TOPIC,
    message: REQUEST,
    body,
    session,
    issuedAtMs,
    lifeMs: 60_000,
    workBits: rider.workBits(),
  })
  published.push(hexDigits(data))
  expect(await rider.publish(TOPIC, data)).toBe(1)
}

describe('a flood of', () => {
  it.each(NAMES)('%s ends with the attacker cut off and refused; honest messages arrive', async name => {
    const flood = floods.find(one => one.name === name)!
    const kicked = relay.stats().kicked
    const attacker = await createRawPeer(relay.addrs[0]!)
    for (let i = 0; i < 20_000 && attacker.isConnected; i++) {
      await flood.say(attacker, i)
      if (i % 50 === 0) await new Promise(setImmediate)
    }
    await attacker.gone
    await ask()
    expect(relay.stats().kicked).toBe(kicked + 1)
    expect(await attacker.dialAgain()).toBe(false)
    await attacker.stop()
    expect((await heard.take(published.length)).toSorted()).toEqual(published.toSorted())
  })

  it('is told from the start: these are all of them', () => {
    expect(floods.map(({ name }) => name)).toEqual(NAMES)
  })
})
