import type { After } from '@hexhail/net/ports.ts'
import { createRenewingLeaf } from '@hexhail/net/renewing-leaf.ts'
import { expect, test } from 'vitest'
import { bytes, createSwarm, inbox, REQ, text, until } from './swarm.ts'

/** The new leaf is waited for, however long a busy machine takes. */
const noTimer: After = () => () => {}

test('a renewed leaf has another peer id and other addresses, and those who listened still hear', async () => {
  await using swarm = createSwarm()
  const relays = await swarm.relays(2)
  const leaf = swarm.own(await createRenewingLeaf(() => swarm.leaf(relays), noTimer))
  const other = await swarm.leaf(relays)
  const gossip = inbox<string>()
  const calls = inbox<string>()
  const statuses: string[] = []
  let said = 0
  leaf.subscribe(REQ, data => gossip.put(text(data)))
  leaf.handle('/hexhail/test/1', link => link.onFrame(frame => calls.put(text(frame))))
  leaf.onStatus(({ addrs }) => statuses.push(addrs.join()))
  const before = { peerId: leaf.peerId, addrs: leaf.addrs() }
  await Promise.all([leaf.renew(), leaf.renew()])
  expect(leaf.peerId).not.toBe(before.peerId)
  expect(leaf.addrs()).toHaveLength(2)
  expect(leaf.addrs().join()).not.toContain(before.peerId)
  expect(statuses.at(-1)).toBe(leaf.addrs().join())

  await until(other, () => other.audience(REQ) === 2)
  // The relays followed for the leaf before, too: what is said before they know of the new one is said again.
  while (gossip.all.length === 0) {
    await other.publish(REQ, bytes(`to whoever listens ${said++}`))
    await other.presence([REQ])
  }
  expect(gossip.all[0]).toMatch(/^to whoever listens/)
  const signal = new AbortController().signal
  const link = await other.dial(leaf.addrs(), '/hexhail/test/1', { signal })
  expect(link.remotePeer).toBe(leaf.peerId)
  await link.send(bytes('a call'))
  expect(await calls.take(1)).toEqual(['a call'])
  await expect(other.dial(before.addrs, '/hexhail/test/1', { signal })).rejects.toThrow()
})
