import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Anvil, startAnvil } from '@hexhail/chain/anvil.ts'
import { demoTariff } from '@hexhail/chain/demo-tariff.ts'
import { createReader } from '@hexhail/chain/reader.ts'
import { localChainKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import type { Addresses } from '@hexhail/node/addresses.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { RECEIPT_TYPES, TERMS_TYPES, termsDigest, typedDomain } from '@hexhail/protocol/typed-data.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { localChain, UNIT } from '../chain/local-chain.ts'

const HEXHAIL = fileURLToPath(new URL('../../../node/hexhail.ts', import.meta.url))
let anvil: Anvil
let home: string
beforeAll(async () => {
  anvil = await startAnvil()
  home = mkdtempSync(join(tmpdir(), 'hexhail-deploy-'))
})
afterAll(async () => {
  await anvil.stop()
  rmSync(home, { recursive: true })
})

/** The command as somebody runs it; `env` is all it knows of the chain. */
function hexhailDeploy(args: readonly string[], env: Record<string, string> = {}) {
  return hexhail(['deploy', ...args], env)
}

function hexhail(args: readonly string[], env: Record<string, string>) {
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env
  const own = { PATH, NODE_COMPILE_CACHE, HEXHAIL_RPC_URL: anvil.rpcUrl, ...env }
  const run = spawnSync(process.execPath, [HEXHAIL, ...args], {
    cwd: home,
    env: own,
    encoding: 'utf8',
  })
  return { status: run.status, text: run.stdout + run.stderr }
}

it('says first what it would send, then sends it, and has nothing to send again', async () => {
  const key = { HEXHAIL_KEY: localChainKey(0) }
  expect(hexhailDeploy(['--dry-run'])).toMatchObject({ status: 0, text: /9 to put there/ })
  const { address } = walletFromKey(localChainKey(0))
  writeFileSync(join(home, 'tariff.json'), JSON.stringify({ ...demoTariff(address), sectionM: 9_000 }))
  const args = ['--tariff', 'tariff.json', '--out', 'there.json']
  expect(hexhailDeploy(args, key)).toMatchObject({ status: 0, text: /10 transactions on chain 31337/ })
  const there = JSON.parse(readFileSync(join(home, 'there.json'), 'utf8')) as Addresses
  const reader = createReader(there)
  expect((await reader.tariff(there.tariffId)).sectionM).toBe(9_000)
  expect(await reader.account(address)).toEqual({ free: 0n, held: 0n })
  expect(hexhailDeploy(args, key).text).toMatch(/^0 transactions/m)
  expect(hexhailDeploy(['--dry-run']).text).toMatch(/^0 to put there/m)
  // Over a token that is there, the vault is another one.
  const again = hexhailDeploy(['--dry-run', '--token', there.contracts.token])
  expect(again.text).toMatch(/vault +\S+ +is there/)
})

it('collects the levy of a settled trip and pays it out to whom its authority names', async () => {
  const world = await localChain()
  try {
    const [rider, driver] = [await world.party(50n * UNIT), await world.party()]
    const terms = await world.termsOf(rider.address, driver.address)
    const domain = { chainId: world.config.chainId, vault: world.config.contracts.vault }
    const termsSig = await rider.signTypedData(typedDomain(domain), TERMS_TYPES, terms)
    await driver.writer(world.config).hold(terms, termsSig)
    const receipt = {
      ...{ terms: termsDigest(domain, terms), index: 1, fare: 5n * UNIT, wait: 0n, toll: 0n, tip: 0n },
      ...{ metres: 4_000, secs: 600, waitSecs: 0, record: `0x${'00'.repeat(32)}` as const },
    }
    const receiptSig = await rider.signTypedData(typedDomain(domain), RECEIPT_TYPES, receipt)
    await driver.writer(world.config).settle(terms, receipt, receiptSig)
    const { tariffId, authority } = world
    const file = { ...world.config, tariffId, authority: authority.address }
    writeFileSync(join(home, 'world.json'), JSON.stringify(file))
    const where = ['--addresses', 'world.json']
    const stranger = { HEXHAIL_KEY: localChainKey(3) }
    expect(hexhail(['levy', ...where], stranger).text).toMatch(
      /: 0\.150000 collected; .* 0\.150000 in the vault/,
    )
    const to = `0x${'0e'.repeat(20)}`
    const refused = hexhail(['levy', ...where, '--withdraw', to], stranger)
    expect(refused).toMatchObject({ status: 1, text: /^Only 0x\w+ can pay it out/ })
    const paid = hexhail(['levy', ...where, '--withdraw', to], { HEXHAIL_KEY: localChainKey(0) })
    expect(paid).toMatchObject({ status: 0, text: /0\.000000 collected[\s\S]*0\.150000 paid out/ })
    expect(await world.reader.tokenBalance(to as Hex)).toBe(150_000n)
  } finally {
    await world.anvil.stop()
  }
})

it('puts no demo prices and no test money on a chain that is not local', async () => {
  const world = await startAnvil({ chainId: 4_242 })
  try {
    const real = { HEXHAIL_RPC_URL: world.rpcUrl, HEXHAIL_KEY: localChainKey(0) }
    expect(hexhailDeploy([], real)).toMatchObject({ status: 1, text: /^Name the stablecoin of chain 4242/ })
    const token = ['--token', `0x${'12'.repeat(20)}`]
    expect(hexhailDeploy(token, real)).toMatchObject({ status: 1, text: /^Name the prices of chain 4242/ })
  } finally {
    await world.stop()
  }
})

it('says in one line what is wrong, and ends with a fault', () => {
  const cases: [readonly string[], Record<string, string>, RegExp][] = [
    [[], {}, /^Set HEXHAIL_KEY/],
    [[], { HEXHAIL_KEY: '0x12' }, /^Set HEXHAIL_KEY/],
    [[], { HEXHAIL_RPC_URL: '' }, /^Set HEXHAIL_RPC_URL/],
    [[], { HEXHAIL_RPC_URL: 'http://127.0.0.1:1' }, /does not answer/],
    [['--token', '0x12'], {}, /^--token takes an address/],
    [['--token', `0x${'12'.repeat(20)}`], {}, /^There is no token/],
    [['--tariff', 'nowhere.json'], { HEXHAIL_KEY: localChainKey(0) }, /cannot be read as JSON/],
  ]
  for (const [args, env, message] of cases) {
    const { status, text } = hexhailDeploy(args, env)
    expect(text, args.join(' ')).toMatch(message)
    expect(text.trim()).not.toContain('\n')
    expect(status, args.join(' ')).toBe(/takes an address/.test(text) ? 2 : 1)
  }
})
