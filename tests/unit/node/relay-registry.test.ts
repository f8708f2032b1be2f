import { readRelays } from '@hexhail/chain/relay-registry.ts'
import { discoveryBy, listRelay, registryPlace } from '@hexhail/node/relay-registry.ts'
import { expect, test } from 'vitest'
import { localChain } from '../chain/local-chain.ts'
import { createSwarm, inbox, until } from '../net/swarm.ts'

test('a relay that is listed on the chain is found by relays and by leaves that know no other', async () => {
  const world = await localChain()
  try {
    await using swarm = createSwarm()
    const { chainId, rpcUrl, contracts } = world.config
    const place = registryPlace(chainId, contracts.relayRegistry, rpcUrl)!
    const listed = await swarm.relay({ discovery: { chainId } })
    await listRelay(place, await world.party(), listed.addrs, 30)
    expect(await readRelays(world.rpc, contracts.relayRegistry)).toEqual(listed.addrs)

    const found = inbox<string>()
    await swarm.relay({ discovery: { ...discoveryBy(chainId, place), onFound: found.put } })
    expect(await found.take(1)).toEqual([listed.peerId])

    const dead = await swarm.relay()
    await dead.stop()
    const { registry } = discoveryBy(chainId, place)
    const leaf = await swarm.leafAt(dead.addrs, { sources: { chainId, registry: registry! } })
    await until(leaf, () => leaf.addrs().length > 0)
    expect(leaf.addrs()[0]).toContain(listed.peerId)
  } finally {
    await world.anvil.stop()
  }
})

test('the registry is named by two options', () => {
  expect(registryPlace(1, null, null)).toBe(null)
  expect(() => registryPlace(1, '0x', null)).toThrow('The registry needs both')
  expect(() => registryPlace(1, '0x12', 'http://127.0.0.1:1')).toThrow('--registry takes an address')
})
