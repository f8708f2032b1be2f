import { expect, test } from 'vitest'
import { bytes, createSwarm, type Swarm } from './swarm.ts'
import { answering, type Talker, talker } from './talkers.ts'

/** A driver who calls a rider through relays that let a circuit carry and last no more than these. */
async function pairOver(swarm: Swarm, limits: { circuitBytes?: number; circuitMs?: number }) {
  const relays = await swarm.relays(2, { limits })
  const riderLeaf = await swarm.leaf(relays)
  const driverLeaf = await swarm.leaf(relays)
  const answered = Promise.withResolvers<Talker>()
  answering(riderLeaf, board => answered.resolve(talker(swarm, board, 'answerer')))
  const driver = talker(swarm, answering(driverLeaf), 'caller', { peerAddrs: riderLeaf.addrs() })
  let cuts = 0
  driver.channel.onStatus(status => {
    if (status === 'seeking') cuts++
  })
  return { driver, rider: await answered.promise, cuts: () => cuts }
}
const numbers = (count: number, size: number): string[] =>
  Array.from({ length: count }, (_, i) => `${i} `.padEnd(size, '.'))

test('a conversation longer than the 128 KiB that a stranger’s relay carries loses and doubles nothing', async () => {
  await using swarm = createSwarm()
  const { driver, rider, cuts } = await pairOver(swarm, { circuitBytes: 128 * 1024 })
  const words = numbers(80, 2000)
  for (const word of words)
    await Promise.all([driver.channel.send(bytes(word)), rider.channel.send(bytes(word))])
  expect(await rider.heard.take(words.length)).toEqual(words)
  expect(await driver.heard.take(words.length)).toEqual(words)
  await Promise.all([driver.channel.flushed(), rider.channel.flushed()])
  expect([driver.heard.all.length, rider.heard.all.length]).toEqual([words.length, words.length])
  expect(cuts()).toBeGreaterThan(1)
})

test('a conversation that outlasts its circuits goes on over new ones', async () => {
  await using swarm = createSwarm()
  const { driver, rider, cuts } = await pairOver(swarm, { circuitMs: 500 })
  let said = 0
  while (cuts() < 3) {
    await Promise.all([driver.channel.send(bytes(`${said}`)), rider.channel.send(bytes(`${said}`))])
    said++
    await Promise.all([driver.heard.take(said), rider.heard.take(said)])
  }
  const words = Array.from({ length: said }, (_, i) => `${i}`)
  expect(driver.heard.all).toEqual(words)
  expect(rider.heard.all).toEqual(words)
})
