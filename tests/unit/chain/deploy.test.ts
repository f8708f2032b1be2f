import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startAnvil } from '@hexhail/chain/anvil.ts'
import { demoTariff } from '@hexhail/chain/demo-tariff.ts'
import { deploy } from '@hexhail/chain/deploy.ts'
import { createFaucet } from '@hexhail/chain/faucet.ts'
import { grantPermit, revokePermit } from '@hexhail/chain/grant-permit.ts'
import { readVehicle } from '@hexhail/chain/read-vehicle.ts'
import { createReader } from '@hexhail/chain/reader.ts'
import { createRpc, quantity, type Rpc } from '@hexhail/chain/rpc.ts'
import { driveVehicle, grantVehicle, lendVehicle, revokeVehicle } from '@hexhail/chain/vehicle-permit.ts'
import { localChainKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { fareOf } from '@hexhail/protocol/tariff.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localChain, QUICK } from './local-chain.ts'

let world: Awaited<ReturnType<typeof localChain>>
let home: string
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'hexhail-deploy-'))
  world = await localChain({ statePath: join(home, 'state.json') })
})
afterAll(async () => {
  await world.anvil.stop()
  rmSync(home, { recursive: true })
})

describe('a deployment', () => {
  it('puts the tariff there as it was given', async () => {
    const tariff = demoTariff(world.authority.address)
    expect(await world.reader.tariff(world.tariffId)).toEqual(tariff)
    expect(fareOf(tariff, 6_000, 900, 10_000)).toBe(9_600_000n)
  })

  it('does nothing where all of it stands, and adds only a tariff that is new', async () => {
    const tariff = demoTariff(world.authority.address)
    const again = await deploy(world.config, world.authority, tariff, QUICK)
    expect(again).toEqual({ contracts: world.config.contracts, tariffId: world.tariffId, sent: 0 })
    const dearer = await deploy(world.config, world.authority, { ...tariff, perKm: 99 }, QUICK)
    expect(dearer).toEqual({ contracts: world.config.contracts, tariffId: world.tariffId + 1, sent: 1 })
  })

  it('is found whole by a node that searches no logs, and begins no later than its vault', async () => {
    const rpc: Rpc = async (method, params, signal) => {
      if (method === 'eth_getLogs') throw new HexhailError('rpc-error', 'The node searches no logs.')
      return world.rpc(method, params, signal)
    }
    const tariff = { ...demoTariff(world.authority.address), needsPermit: true }
    const first = await deploy(world.config, world.authority, tariff, { ...QUICK, rpc })
    expect(first).toMatchObject({ sent: 1, contracts: world.config.contracts })
    expect(first.tariffId).toBeGreaterThan(2 ** 31)
    const again = await deploy(world.config, world.authority, tariff, { ...QUICK, rpc })
    expect(again).toEqual({ ...first, sent: 0 })
    const { vault, deployBlock } = first.contracts
    const before = await world.rpc('eth_getCode', [vault, quantity(deployBlock - 1)])
    expect(before).toBe('0x')
    expect(deployBlock).toBeGreaterThan(0)
  })

  it('is not taken for one on a chain without it', async () => {
    await using empty = await startAnvil()
    const reader = createReader({ ...world.config, rpcUrl: empty.rpcUrl })
    await expect(reader.account(world.authority.address)).rejects.toMatchObject({ code: 'no-contract' })
  })

  it('gives and takes permits', async () => {
    const driver = `0x${'d1'.repeat(20)}` as const
    const credential = `0x${'cc'.repeat(32)}` as const
    const { timestampS } = await world.reader.head()
    const untilS = timestampS + 1_000
    await grantPermit(world.config, world.authority, { driver, untilS, credential }, QUICK)
    expect(await world.reader.permit(world.authority.address, driver)).toEqual({
      ...{ untilS, credential },
      vehicle: null,
    })
    await revokePermit(world.config, world.authority, driver, QUICK)
    expect(await world.reader.permit(world.authority.address, driver)).toMatchObject({ untilS: 0 })
    await expect(revokePermit(world.config, world.authority, driver, QUICK)).rejects.toMatchObject({
      code: 'no-permit',
    })
  })

  it('permits a driver who needs a car while he drives one that is lent to him', async () => {
    const { config, authority } = world
    const [keeper, driver] = [await world.party(), await world.party()]
    const [vehicle, credential] = [`0x${'ca'.repeat(32)}`, `0x${'cc'.repeat(32)}`] as const
    const car = { authority: authority.address, vehicle }
    const permit = () => world.reader.permit(authority.address, driver.address)
    const untilS = (await world.reader.head()).timestampS + 1_000
    const grant = { driver: driver.address, untilS: untilS + 5, credential, needsVehicle: true }
    await grantPermit(config, authority, grant, QUICK)
    expect(await permit()).toEqual({ untilS: 0, credential, vehicle: null })
    await grantVehicle(config, authority, { vehicle, keeper: keeper.address, untilS, credential }, QUICK)
    await driveVehicle(config, driver, car, QUICK)
    expect(await permit()).toEqual({ untilS: 0, credential, vehicle })
    await lendVehicle(config, keeper, { ...car, driver: driver.address }, QUICK)
    expect(await permit()).toEqual({ untilS, credential, vehicle })
    const there = { keeper: keeper.address, driver: driver.address, untilS, credential }
    expect(await readVehicle(config, car)).toEqual(there)
    await expect(
      lendVehicle(config, driver, { ...car, driver: driver.address }, QUICK),
    ).rejects.toMatchObject({ code: 'not-keeper' })
    await revokeVehicle(config, authority, vehicle, QUICK)
    expect(await permit()).toMatchObject({ untilS: 0 })
    await expect(revokeVehicle(config, authority, vehicle, QUICK)).rejects.toMatchObject({
      code: 'no-vehicle',
    })
  })

  it('has a faucet for many at once, and on a local chain alone', async () => {
    const accounts = Array.from({ length: 8 }, (_, i) => `0x${String(i + 1).repeat(40)}` as const)
    await Promise.all(accounts.map(to => world.faucet.fund(to, { coinWei: 5n, token: 7n })))
    for (const to of accounts) {
      expect(await world.reader.tokenBalance(to)).toBe(7n)
      expect(await world.reader.coinBalance(to)).toBe(5n)
    }
    expect(() => createFaucet({ ...world.config, chainId: 1 }, world.authority)).toThrow(
      'no faucet on chain 1',
    )
  })
})

describe('the local chain', () => {
  it('says which port is in use, and takes a free one where none is asked for', async () => {
    const { port } = world.anvil
    await expect(startAnvil({ port })).rejects.toMatchObject({ code: 'port-used', data: { port } })
  })

  it('says which file is broken', async () => {
    const statePath = join(home, 'broken.json')
    writeFileSync(statePath, '{')
    await expect(startAnvil({ statePath })).rejects.toMatchObject({
      code: 'chain-state',
      data: { statePath },
    })
  })

  it('says why it does not start', async () => {
    await expect(startAnvil({ hardfork: 'nowhere' })).rejects.toMatchObject({ code: 'anvil-died' })
  })

  it('tells of its death when nobody stopped it', async () => {
    const anvil = await startAnvil()
    process.kill(anvil.pid, 'SIGKILL')
    expect(await anvil.exited).toMatchObject({ code: 'anvil-died' })
    await anvil.stop()
  })

  it('ends with its signal', async () => {
    const stop = new AbortController()
    const anvil = await startAnvil({ signal: stop.signal })
    stop.abort()
    expect(await anvil.exited).toBe(null)
  })
})

describe('a call', () => {
  it('says that the node does not answer, whatever is at its address', async () => {
    const server = createServer((_, response) => response.end('<html>')).listen(0, '127.0.0.1')
    await new Promise(resolve => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    for (const url of [`http://127.0.0.1:${port}`, 'http://127.0.0.1:1']) {
      await expect(createRpc(url)('eth_chainId', [])).rejects.toMatchObject({ code: 'rpc-down' })
      const wallet = walletFromKey(localChainKey(0), QUICK)
      const writer = wallet.writer({ ...world.config, rpcUrl: url })
      await expect(writer.withdraw(wallet.address, 1n)).rejects.toMatchObject({ code: 'rpc-down' })
    }
    server.close()
  })

  it('ends with its signal', async () => {
    const signal = AbortSignal.abort()
    await expect(createRpc(world.config.rpcUrl)('eth_chainId', [], signal)).rejects.toMatchObject({
      code: 'rpc-down',
    })
  })
})
