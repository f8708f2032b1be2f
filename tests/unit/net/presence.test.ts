import { coarseCount } from '@hexhail/net/presence.ts'
import { expect, test } from 'vitest'
import { createSwarm, FAR, REQ, until } from './swarm.ts'

test('a relay tells how many leaves follow a topic, each counted once, whichever relays they are on', async () => {
  await using swarm = createSwarm()
  const relays = await swarm.relays(3)
  const rider = await swarm.leaf([relays[0]!, relays[1]!])
  const drivers = [
    await swarm.leaf([relays[0]!, relays[1]!]),
    await swarm.leaf([relays[1]!, relays[2]!]),
    await swarm.leaf([relays[2]!, relays[0]!]),
  ]
  expect(await rider.presence([REQ])).toEqual([0])
  for (const driver of drivers) driver.subscribe(REQ, () => {})
  drivers[0]!.subscribe(FAR, () => {})
  await until(rider, () => rider.audience(REQ) === 2 && rider.audience(FAR) === 2)
  for (const driver of drivers) await until(driver, () => driver.audience(REQ) === 2)
  // Relays hear of each other's leaves on links of their own: a question or two later.
  let told = await rider.presence([REQ, FAR])
  for (let i = 0; i < 10 && told?.join() !== '3,1'; i++) told = await rider.presence([REQ, FAR])
  expect(told).toEqual([3, 1])
  await relays[0]!.stop()
  await until(rider, () => rider.connectedRelays() === 1)
  expect((await rider.presence([FAR]))?.[0]).toBe(1)
})

test('no relay tells about foreign topics, about too many, or to one who asks without end', async () => {
  await using swarm = createSwarm()
  const [relay] = await swarm.relays(1)
  const rider = await swarm.leaf([relay!])
  rider.subscribe('chat', () => {})
  expect(await rider.presence(['chat', '/hexhail/1/relay', ''])).toEqual([0, 0, 0])
  expect(await rider.presence(Array<string>(17).fill(REQ))).toBeNull()
  const answers = await Promise.all(Array.from({ length: 30 }, () => rider.presence([REQ])))
  expect(answers.filter(answer => answer !== null).length).toBeLessThanOrEqual(20)
  expect(rider.connectedRelays()).toBe(1)
})

test('counts are exact to five, then rounded down', () => {
  expect([0, 3, 5, 6, 9, 10, 19, 99, 100, 499, 70_000].map(coarseCount)).toEqual([
    0, 3, 5, 5, 5, 10, 10, 50, 100, 200, 1000,
  ])
})
