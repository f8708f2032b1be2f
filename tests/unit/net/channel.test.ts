import { encodeFrame } from '@hexhail/net/frame.ts'
import { expect, test } from 'vitest'
import { bytes, createSwarm, type Swarm, until } from './swarm.ts'
import { answering, reached, stored, TAG, type Talker, talker } from './talkers.ts'

const numbers = (count: number, from = 0): string[] => Array.from({ length: count }, (_, i) => `m${i + from}`)

/** A driver in conversation with a rider who has learnt of it by the driver's call. */
async function pair(swarm: Swarm, relayCount = 2) {
  const relays = await swarm.relays(relayCount)
  const riderLeaf = await swarm.leaf(relays)
  const driverLeaf = await swarm.leaf(relays)
  const answered = Promise.withResolvers<Talker>()
  const board = answering(riderLeaf, b => answered.resolve(talker(swarm, b, 'answerer')))
  const driver = talker(swarm, answering(driverLeaf), 'caller', { peerAddrs: riderLeaf.addrs() })
  return { relays, riderLeaf, driverLeaf, driver, board, rider: await answered.promise }
}

test('a call reaches a rider who did not know it, and messages go both ways in order', async () => {
  await using swarm = createSwarm()
  const { driver, rider } = await pair(swarm)
  for (const m of numbers(100)) void driver.channel.send(bytes(m))
  for (const m of numbers(100)) void rider.channel.send(bytes(m))
  expect(await rider.heard.take(100)).toEqual(numbers(100))
  expect(await driver.heard.take(100)).toEqual(numbers(100))
  await driver.channel.flushed()
  expect(driver.channel.state().outbox).toEqual([])
})

test('a caller who hears that nobody knows the conversation calls no more', async () => {
  await using swarm = createSwarm()
  const relays = await swarm.relays(1)
  const riderLeaf = await swarm.leaf(relays)
  const board = answering(riderLeaf)
  const { channel } = talker(swarm, answering(await swarm.leaf(relays)), 'caller', {
    peerAddrs: riderLeaf.addrs(),
  })
  await reached(channel, 'closed')
  expect(board.refused.tag).toBe(1)
  await expect(channel.send(bytes('m0'))).rejects.toThrow('closed')
})

test('a conversation that has begun is not ended by a page that does not know it', async () => {
  await using swarm = createSwarm()
  const { driver, rider, riderLeaf } = await pair(swarm)
  await driver.channel.send(bytes('m0'))
  await rider.heard.take(1)
  let calls = 0
  const again = Promise.withResolvers<void>()
  answering(riderLeaf, () => {
    if (++calls === 2) again.resolve()
  })
  await rider.channel.close()
  await again.promise
  expect(driver.channel.status).toBe('seeking')
})

test('each relay killed in turn in mid-conversation loses and doubles nothing', async () => {
  await using swarm = createSwarm()
  const { relays, driver, rider, driverLeaf, riderLeaf } = await pair(swarm)
  const say = async (from: number): Promise<void> => {
    for (const m of numbers(20, from))
      await Promise.all([driver.channel.send(bytes(m)), rider.channel.send(bytes(m))])
    expect(await rider.heard.take(from + 20)).toEqual(numbers(from + 20))
    expect(await driver.heard.take(from + 20)).toEqual(numbers(from + 20))
  }
  await say(0)
  await relays[0]!.stop()
  await say(20)
  await swarm.relayAgain(relays[0]!)
  await Promise.all([driverLeaf, riderLeaf].map(leaf => until(leaf, () => leaf.addrs().length === 2)))
  await relays[1]!.stop()
  await say(40)
  await Promise.all([driver.channel.flushed(), rider.channel.flushed()])
  expect(rider.heard.all).toEqual(numbers(60))
  expect(driver.heard.all).toEqual(numbers(60))
})

test('a reloaded page resumes with the kept state and a new peer id', async () => {
  await using swarm = createSwarm()
  const { relays, riderLeaf, driver, rider } = await pair(swarm)
  await driver.channel.send(bytes('m0'))
  await rider.channel.send(bytes('m0'))
  await rider.heard.take(1)
  await driver.heard.take(1)
  const sought = reached(driver.channel, 'seeking')
  await rider.channel.close()
  await riderLeaf.stop()
  await sought
  await driver.channel.send(bytes('m1'))

  const newLeaf = await swarm.leaf(relays)
  expect(newLeaf.peerId).not.toBe(riderLeaf.peerId)
  const again = talker(swarm, answering(newLeaf), 'answerer', { state: stored(rider.kept.at(-1)!) })
  await again.channel.send(bytes('m1'))
  expect(await again.heard.take(1)).toEqual(['m1'])
  expect(await driver.heard.take(2)).toEqual(['m0', 'm1'])
})

test('both pages reloaded find each other at the rendezvous', async () => {
  await using swarm = createSwarm()
  const { relays, riderLeaf, driverLeaf, driver, rider } = await pair(swarm)
  await driver.channel.send(bytes('m0'))
  await rider.heard.take(1)
  await driver.channel.flushed()
  await Promise.all([driver.channel.close(), rider.channel.close()])
  await Promise.all([driverLeaf.stop(), riderLeaf.stop()])

  const [newRider, newDriver] = [await swarm.leaf(relays), await swarm.leaf(relays)]
  const rider2 = talker(swarm, answering(newRider), 'answerer', { state: stored(rider.kept.at(-1)!) })
  const driver2 = talker(swarm, answering(newDriver), 'caller', { state: stored(driver.kept.at(-1)!) })
  await driver2.channel.send(bytes('m1'))
  await rider2.channel.send(bytes('m0'))
  expect(await rider2.heard.take(1)).toEqual(['m1'])
  expect(await driver2.heard.take(1)).toEqual(['m0'])
  expect(rider2.channel.state().peerAddrs.every(a => a.endsWith(newDriver.peerId))).toBe(true)
})

test('a message that was kept but never sent before the crash arrives after the reload', async () => {
  await using swarm = createSwarm()
  const { relays, driver, rider, driverLeaf } = await pair(swarm)
  await reached(driver.channel, 'linked')
  await Promise.all([driver.channel.close(), driverLeaf.stop()])
  const crashed = {
    ...stored(driver.channel.state()),
    nextSeq: 2,
    outbox: [{ seq: 1, bytes: '6d30', expiresAtMs: Infinity }],
  }
  const newLeaf = await swarm.leaf(relays)
  talker(swarm, answering(newLeaf), 'caller', { state: crashed })
  expect(await rider.heard.take(1)).toEqual(['m0'])
})

test('an expired message is skipped and those after it arrive', async () => {
  await using swarm = createSwarm()
  const relays = await swarm.relays(1)
  const riderLeaf = await swarm.leaf(relays)
  const driver = talker(swarm, answering(await swarm.leaf(relays)), 'caller', {
    peerAddrs: riderLeaf.addrs(),
  })
  await driver.channel.send(bytes('stale'), { expiresAtMs: Date.now() - 1 })
  await driver.channel.send(bytes('fresh'))
  const answered = Promise.withResolvers<Talker>()
  answering(riderLeaf, switchboard => answered.resolve(talker(swarm, switchboard, 'answerer')))
  const rider = await answered.promise
  expect(await rider.heard.take(1)).toEqual(['fresh'])
  expect(rider.channel.state().lastReceived).toBe(1)
})

test('a stranger who knows the tag is turned away', async () => {
  await using swarm = createSwarm()
  const { relays, riderLeaf, board, driver, rider } = await pair(swarm)
  const stranger = await swarm.leaf(relays)
  const open = { signal: AbortSignal.timeout(5000) }
  const link = await stranger.dial(riderLeaf.addrs(), '/hexhail/trip/1', open)
  const closed = new Promise<void>(resolve => link.onClose(resolve))
  // Sealed as the driver would, but with the driver's addresses, not the stranger's.
  const payload = bytes(['\u0000\u0005\u0000', ...driver.channel.state().peerAddrs].join('')).map(
    b => b ^ 0x5a,
  )
  await link.send(encodeFrame({ type: 'hello', tag: TAG, seq: 0, payload }))
  await closed
  expect(board.refused.hello).toBe(1)
  await driver.channel.send(bytes('m0'))
  expect(await rider.heard.take(1)).toEqual(['m0'])
})

test('a note goes out once while there is a link, and is neither kept nor sent later', async () => {
  await using swarm = createSwarm()
  const { driver, rider } = await pair(swarm)
  await Promise.all([driver.channel, rider.channel].map(channel => reached(channel, 'linked')))
  await driver.channel.tell(bytes('here'))
  expect(await rider.heard.take(1)).toEqual(['here'])
  expect(driver.channel.state()).toMatchObject({ nextSeq: 1, outbox: [] })
  await rider.channel.close()
  await reached(driver.channel, 'seeking')
  await driver.channel.tell(bytes('there'))
  expect(driver.channel.state().outbox).toEqual([])
})

test('a closed channel takes no more messages and says so', async () => {
  await using swarm = createSwarm()
  const { driver } = await pair(swarm)
  await driver.channel.close()
  await expect(driver.channel.send(bytes('m0'))).rejects.toMatchObject({ code: 'channelClosed' })
  expect(driver.channel.status).toBe('closed')
})
