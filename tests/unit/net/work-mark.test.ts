import { expect, test } from 'vitest'
import { createSwarm, until } from './swarm.ts'

test('a relay under load tells its leaves what work it asks for, and when it no longer does', async () => {
  await using swarm = createSwarm()
  let bits = 12
  const asked = { note: () => {}, bits: () => bits, enforced: () => bits }
  const [busy] = await swarm.relays(1, { asked })
  const [calm] = await swarm.relays(1)
  const leaf = await swarm.leaf([busy!, calm!])
  expect(leaf.workBits()).toBe(12)
  for (const next of [16, 20, 14, 12]) {
    bits = next
    await until(leaf, () => leaf.workBits() === next)
  }
})

test('a relay that asks for more work than anybody may is not heeded', async () => {
  await using swarm = createSwarm()
  let bits = 60
  const asked = { note: () => {}, bits: () => bits, enforced: () => bits }
  const [greedy] = await swarm.relays(1, { asked })
  const leaf = await swarm.leaf([greedy!])
  const seen = new Set<number>()
  leaf.onStatus(() => seen.add(leaf.workBits()))
  await until(leaf, () => leaf.audience('/hexhail/1/work/60') === 1)
  bits = 13
  await until(leaf, () => leaf.workBits() === 13)
  expect([...seen].every(asks => asks <= 13)).toBe(true)
})

test('a leaf with a bonded key is asked for more by the relays alone that take no bonds', async () => {
  await using swarm = createSwarm()
  const asking = (bits: number) => ({ note: () => {}, bits: () => bits, enforced: () => bits })
  const [taking] = await swarm.relays(1, { asked: asking(20), takesBonds: true })
  const [other] = await swarm.relays(1, { asked: asking(14) })
  const [only, both] = [await swarm.leaf([taking!]), await swarm.leaf([taking!, other!])]
  await until(only, () => only.workBits() === 20)
  expect(only.workBits(true)).toBe(12)
  await until(both, () => both.workBits() === 20 && both.workBits(true) === 14)
})
