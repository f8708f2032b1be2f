import type { GossipVerdict } from '@hexhail/net/ports.ts'
import { expect, test } from 'vitest'
import { bytes, createSwarm, FAR, inbox, REQ, text, until } from './swarm.ts'

test('a flood is cut off, its sender hung up and refused, and honest messages still arrive', async () => {
  await using swarm = createSwarm()
  const [relay] = await swarm.relays(1)
  const driver = await swarm.leaf([relay!])
  const flooder = await swarm.leaf([relay!])
  const rider = await swarm.leaf([relay!])
  const heard = inbox<string>()
  driver.subscribe(REQ, data => heard.put(text(data)))
  await until(flooder, () => flooder.audience(REQ) > 0)
  for (let i = 0; i < 1000 && flooder.connectedRelays() > 0; i++)
    await flooder.publish(REQ, bytes(`flood ${i}`))
  await until(flooder, () => flooder.connectedRelays() === 0)
  expect(relay!.stats().kicked).toBe(1)
  expect(relay!.stats().dropped).toBeGreaterThan(40)
  expect(heard.all.length).toBeLessThanOrEqual(45)

  const reached = new Promise<string>(resolve =>
    driver.subscribe(REQ, data => text(data) === 'honest' && resolve(text(data))),
  )
  await rider.publish(REQ, bytes('honest'))
  expect(await reached).toBe('honest')
})

test('one author behind many links is limited by the bucket of his own', async () => {
  await using swarm = createSwarm()
  const authorOf = (data: Uint8Array): string => text(data).split(' ')[0]!
  const [relay] = await swarm.relays(1, { authorOf, limits: { author: { perS: 0.001, burst: 3 } } })
  const driver = await swarm.leaf([relay!])
  const rider = await swarm.leaf([relay!])
  const heard = inbox<string>()
  driver.subscribe(REQ, data => heard.put(text(data)))
  await until(rider, () => rider.audience(REQ) > 0)
  for (let i = 0; i < 5; i++) await rider.publish(REQ, bytes(`loud ${i}`))
  await rider.publish(REQ, bytes('calm 0'))
  expect(await heard.take(4)).toEqual(['loud 0', 'loud 1', 'loud 2', 'calm 0'])
  expect(relay!.stats().dropped).toBe(2)
})

test('what the check does not accept is not delivered, and four invalid messages end the connection', async () => {
  await using swarm = createSwarm()
  const validate = async (_: string, data: Uint8Array): Promise<GossipVerdict> =>
    text(data).startsWith('bad') ? 'reject' : text(data).startsWith('late') ? 'ignore' : 'accept'
  const [relay] = await swarm.relays(1, { validate })
  const driver = await swarm.leaf([relay!])
  const rider = await swarm.leaf([relay!])
  const liar = await swarm.leaf([relay!])
  const heard = inbox<string>()
  driver.subscribe(REQ, data => heard.put(text(data)))
  await until(liar, () => liar.audience(REQ) > 0)
  for (let i = 0; i < 30 && liar.connectedRelays() > 0; i++) await liar.publish(REQ, bytes(`bad ${i}`))
  await until(liar, () => liar.connectedRelays() === 0)
  for (let i = 0; i < 5; i++) await rider.publish(REQ, bytes(`late ${i}`))
  await rider.publish(REQ, bytes('good'))
  expect(await heard.take(1)).toEqual(['good'])
  expect(relay!.stats().kicked).toBe(1)
})

test('a leaf does not hear what its own check refuses, and keeps the relay that passed it on', async () => {
  await using swarm = createSwarm()
  const relays = await swarm.relays(1)
  const rider = await swarm.leaf(relays)
  const driver = await swarm.leaf(relays, {
    validate: async (_, data) => (text(data) === 'good' ? 'accept' : 'reject'),
  })
  const heard = inbox<string>()
  driver.subscribe(REQ, data => heard.put(text(data)))
  await until(rider, () => rider.audience(REQ) > 0)
  for (let i = 0; i < 5; i++) await rider.publish(REQ, bytes(`bad ${i}`))
  await rider.publish(REQ, bytes('good'))
  expect(await heard.take(1)).toEqual(['good'])
  expect(driver.connectedRelays()).toBe(1)
})

test('a relay follows no topic but those of Hexhail', async () => {
  await using swarm = createSwarm()
  const relays = await swarm.relays(2)
  const rider = await swarm.leaf([relays[0]!])
  const driver = await swarm.leaf([relays[1]!])
  const heard = inbox<string>()
  const foreign = [
    'chat',
    '/hexhail/1/31337/req/nonsense',
    '/hexhail/2/31337/req/87c2e0d4effffff',
    `${REQ}/x`,
  ]
  for (const topic of foreign) driver.subscribe(topic, data => heard.put(`${topic} ${text(data)}`))
  driver.subscribe(FAR, data => heard.put(text(data)))
  await until(rider, () => rider.audience(FAR) > 0)
  for (const topic of foreign) {
    expect(rider.audience(topic)).toBe(0)
    await rider.publish(topic, bytes('hidden'))
  }
  await rider.publish(FAR, bytes('seen'))
  expect(await heard.take(1)).toEqual(['seen'])
})

test('relays leave a topic that no leaf follows any more, although they follow each other', async () => {
  await using swarm = createSwarm()
  const relays = await swarm.relays(3, { limits: { holdMs: 50 } })
  const rider = await swarm.leaf([relays[0]!])
  const driver = await swarm.leaf([relays[1]!], { holdMs: 0 })
  const leave = driver.subscribe(REQ, () => {})
  await until(rider, () => rider.audience(REQ) === 1)
  leave()
  await until(rider, () => rider.audience(REQ) === 0)
})

test('a leaf cannot follow more topics than a car can need', async () => {
  await using swarm = createSwarm()
  const [relay] = await swarm.relays(1, { limits: { maxTopics: 4 } })
  const greedy = await swarm.leaf([relay!])
  const driver = await swarm.leaf([relay!])
  const before = relay!.stats().topics
  for (let i = 0; i < 12; i++) greedy.subscribe(`/hexhail/1/${i}/meet/${'0'.repeat(32)}`, () => {})
  driver.subscribe(REQ, () => {})
  await until(driver, () => driver.audience(REQ) === 1)
  const followed = (relay!.stats().topics - before - 2) / 2
  expect(followed).toBeGreaterThan(0)
  expect(followed).toBeLessThanOrEqual(4)
})
