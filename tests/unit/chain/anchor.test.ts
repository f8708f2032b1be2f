import { ANCHORED_TOPIC, anchorOf, anchorPoint, readAnchors } from '@hexhail/chain/anchor.ts'
import { ACT_TOPICS, readActs } from '@hexhail/chain/authority-acts.ts'
import { partsOf } from '@hexhail/chain/deployment.ts'
import { ANCHOR_ABI, PERMITS_ABI, TARIFFS_ABI } from '@hexhail/chain/generated/abi.ts'
import { grantPermit, revokePermit } from '@hexhail/chain/grant-permit.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { Interface, type InterfaceAbi } from 'ethers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localChain, QUICK } from './local-chain.ts'

let world: Awaited<ReturnType<typeof localChain>>
beforeAll(async () => {
  world = await localChain()
})
afterAll(() => world.anvil[Symbol.asyncDispose]())

const word = (digits: string): Hex => `0x${digits.repeat(32)}`

test('the topics are those of the contracts', () => {
  const topic = (abi: InterfaceAbi, name: string) => new Interface(abi).getEvent(name)!.topicHash
  expect(ANCHORED_TOPIC).toBe(topic(ANCHOR_ABI, 'Anchored'))
  expect(ACT_TOPICS).toEqual({
    published: topic(TARIFFS_ABI, 'Published'),
    granted: topic(PERMITS_ABI, 'Granted'),
    revoked: topic(PERMITS_ABI, 'Revoked'),
    vehicleGranted: topic(PERMITS_ABI, 'VehicleGranted'),
    vehicleRevoked: topic(PERMITS_ABI, 'VehicleRevoked'),
  })
})

test('checkpoints are anchored, read back newest first, and compared with others', async () => {
  const { config, rpc, authority, party } = world
  const anchor = partsOf().anchor.address
  const place = { chainId: config.chainId, rpcUrl: config.rpcUrl, anchor }
  const [origin, first, second] = [word('01'), word('a1'), word('a2')]
  const tx = await anchorPoint(place, authority, { origin, size: 3, root: first }, QUICK)
  await anchorPoint(place, authority, { origin, size: 9, root: second }, QUICK)
  const stranger = await party()
  await anchorPoint(place, stranger, { origin, size: 5, root: first }, QUICK)
  const points = await readAnchors(rpc, anchor, authority.address, origin, config.contracts.deployBlock)
  expect(points.map(({ size, root }) => [size, root])).toEqual([
    [9, second],
    [3, first],
  ])
  expect(points[1]).toMatchObject({ tx, origin })
  expect(points[0]!.atS).toBeGreaterThan(1_700_000_000)
  expect(anchorOf(points, { origin, size: 9, root: second })).toBe('anchored')
  expect(anchorOf(points, { origin, size: 9, root: first })).toBe('other')
  expect(anchorOf(points, { origin, size: 5, root: first })).toBe('none')
  await expect(anchorPoint(place, authority, { origin, size: 9, root: first }, QUICK)).rejects.toMatchObject({
    code: expect.any(String),
  })
})

test('acts of an authority are read in the order of the chain, and those of others are not', async () => {
  const { config, rpc, authority, party, tariffId } = world
  const driver = await party()
  const { timestampS } = await world.reader.head()
  const grant = { driver: driver.address, untilS: timestampS + 1_000, credential: word('00') }
  await grantPermit(config, authority, grant, QUICK)
  await revokePermit(config, authority, driver.address, QUICK)
  await grantPermit(config, driver, grant, QUICK) // an authority of its own
  const { number } = await world.reader.head()
  const acts = await readActs(rpc, config.contracts, authority.address, config.contracts.deployBlock, number)
  const subject = `0x${'00'.repeat(12)}${driver.address.slice(2)}`
  expect(acts).toMatchObject([
    { act: 'tariff', tariff: tariffId, authority: authority.address },
    {
      ...{ act: 'permit', holder: 'driver', subject, change: 'granted' },
      ...{ untilS: timestampS + 1_000, credential: word('00') },
    },
    { act: 'permit', subject, change: 'revoked' },
  ])
  expect(new Set(acts.map(act => act.tx)).size).toBe(3)
  expect(await readActs(rpc, config.contracts, word('07').slice(0, 42) as Hex, 0, number)).toEqual([])
})
