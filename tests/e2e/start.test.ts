import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { localChainKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { checkOffice } from '@hexhail/permits/office.ts'
import type { AppConfig } from '@hexhail/protocol/app-config.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DemoProcess, freePortBase, remaining, startDemo } from './demo-process.ts'
import { keepBuilt } from './stack/keep-built.ts'

const BASE = await freePortBase()
const state = mkdtempSync(join(tmpdir(), 'hexhail-start-'))
const SMALL = ['--drivers', '2', '--riders', '0', '--port-base', String(BASE), '--state', state]
const at = (port: number, path = '/'): string => `http://127.0.0.1:${BASE + port}${path}`

afterAll(() => rmSync(state, { recursive: true }))

async function configOf(): Promise<AppConfig> {
  return (await (await fetch(at(1, '/config.json'))).json()) as AppConfig
}

async function rpc(url: string, method: string, params: readonly unknown[] = []): Promise<unknown> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(url, { method: 'POST', headers, body })
  return ((await answer.json()) as { result: unknown }).result
}

/** The line that says what is wrong, among npm's own. */
function complaint(output: string): string {
  const lines = output.split('\n').filter(line => line.trim() !== '' && !/^(npm |> )/.test(line))
  expect(lines).toHaveLength(1)
  return lines[0]!
}

describe('a start on nothing', () => {
  let demo: DemoProcess
  let first: AppConfig
  let pids: Map<number, string>

  beforeAll(async () => {
    demo = startDemo(SMALL)
    await demo.ready
    first = await configOf()
    pids = demo.family()
  }, 240_000)

  afterAll(async () => {
    await demo.stop()
    keepBuilt(state)
  })

  test('prints where everything is', () => {
    for (const word of [
      'Rider',
      'Driver',
      'Authority',
      'Audit node',
      'Chain',
      'Relay 1',
      'Relay 2',
      '#key=0x',
    ])
      expect(demo.output()).toContain(word)
    for (const port of [1, 2, 3]) expect(demo.output()).toContain(`http://localhost:${BASE + port}/`)
  })

  test('serves three pages with their scripts under a strict policy', async () => {
    for (const port of [1, 2, 3]) {
      const page = await fetch(at(port))
      expect(page.status).toBe(200)
      expect(Object.fromEntries(page.headers)).toMatchObject({
        'cross-origin-opener-policy': 'same-origin',
        'permissions-policy': 'geolocation=(self), camera=(), microphone=(), payment=()',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      })
      const policy = page.headers.get('content-security-policy')!
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain(`ws://127.0.0.1:${BASE + 11}`)
      expect(policy).toContain(`http://127.0.0.1:${BASE + 545}`)
      const scripts = [...(await page.text()).matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)]
      expect(scripts.length).toBeGreaterThan(0)
      for (const [, path] of scripts) {
        const asset = await fetch(at(port, path))
        expect(asset.status).toBe(200)
        expect(asset.headers.get('cache-control')).toContain('immutable')
        expect(asset.headers.get('content-security-policy')).toBe(policy)
      }
    }
  })

  test('has contracts on the chain, a city under its hash, and an audit node', async () => {
    expect(await rpc(first.rpcUrl, 'eth_chainId')).toBe('0x7a69')
    for (const address of [first.contracts.vault, first.contracts.token, first.contracts.tariffs])
      expect(String(await rpc(first.rpcUrl, 'eth_getCode', [address, 'latest'])).length).toBeGreaterThan(100)
    expect(first.city.url).toContain(first.city.hash)
    const city = await fetch(at(1, first.city.url))
    expect((await city.arrayBuffer()).byteLength).toBeGreaterThan(100_000)
    expect((await fetch(`${first.auditUrl}/health`)).status).toBe(200)
  })

  test('gives test money, says what it is worth, and has a permit office that its authority vouches for', async () => {
    const account = `0x${'ab'.repeat(20)}`
    const ask = (path: string, body: object): Promise<Response> =>
      fetch(`${first.faucetUrl}${path}`, { method: 'POST', body: JSON.stringify(body) })
    const money = (await (await ask('/faucet', { address: account })).json()) as { note: string }
    expect(money.note).toContain('worth nothing')
    expect(BigInt(String(await rpc(first.rpcUrl, 'eth_getBalance', [account, 'latest'])))).toBeGreaterThan(0n)
    const { contracts, chainId } = first
    const authority = walletFromKey(localChainKey(0)).address
    const office = await (await fetch(`${first.auditUrl}/permits/office`)).json()
    const wanted = { chainId, permits: contracts.permits, authority, nowS: Date.now() / 1_000 }
    expect(checkOffice(office, wanted).verdict).toBe('accept')
    expect((await ask('/faucet', { address: 'me' })).status).toBe(400)
  })

  test('a second start beside it says who is there', async () => {
    const second = startDemo(SMALL)
    expect(await second.ended).not.toBe(0)
    expect(complaint(second.output())).toMatch(/runs already in .*: stop it \(kill \d+\)/)
  })

  test('SIGTERM ends it in good order and leaves no process', async () => {
    expect([...pids.values()].filter(line => / relay --port/.test(line))).toHaveLength(2)
    await demo.stop()
    expect((await remaining(pids.keys())).map(pid => pids.get(pid))).toEqual([])
    expect(existsSync(join(state, 'lock'))).toBe(false)
  })

  test('the next start finds everything as it was; a killed relay ends it with one line', async () => {
    const startMs = performance.now()
    await using again = startDemo(SMALL)
    await again.ready
    console.log(`second start: ${((performance.now() - startMs) / 1000).toFixed(1)} s`)
    const second = await configOf()
    expect(second.relays).toEqual(first.relays)
    expect(second.contracts).toEqual(first.contracts)
    expect(second.auditKey).toBe(first.auditKey)
    expect(second.city.hash).toBe(first.city.hash)
    expect(await rpc(second.rpcUrl, 'eth_getBalance', [`0x${'ab'.repeat(20)}`, 'latest'])).not.toBe('0x0')
    const parts = again.family()
    again.killPart(/ relay --port/)
    expect(await again.ended).not.toBe(0)
    expect(again.output().trim()).toMatch(
      /The relay \d was killed \(SIGKILL\)\. See .*relay-\d\.log, then start/,
    )
    expect((await remaining(parts.keys())).map(pid => parts.get(pid))).toEqual([])
  }, 240_000)

  test('a start that is itself killed leaves no part behind', async () => {
    await using again = startDemo(SMALL)
    await again.ready
    const parts = again.family()
    again.killPart(/hexhail\.ts demo/)
    await again.ended
    expect((await remaining(parts.keys())).map(pid => parts.get(pid))).toEqual([])
  }, 240_000)

  test('a broken chain is named with its remedy', async () => {
    writeFileSync(join(state, 'chain.json'), '{ "cut short')
    const broken = startDemo(SMALL)
    expect(await broken.ended).not.toBe(0)
    expect(broken.output()).toMatch(/kept chain in .*chain\.json is broken: start with --fresh/)
  }, 240_000)
})

test('a port that is taken is named before anything starts', async () => {
  const squatter = createServer().listen(BASE + 12, '127.0.0.1')
  await new Promise(resolve => squatter.once('listening', resolve))
  const demo = startDemo(SMALL)
  expect(await demo.ended).not.toBe(0)
  expect(complaint(demo.output())).toMatch(
    new RegExp(`Port ${BASE + 12} \\(relay2\\) is in use.*--port-base`),
  )
  await new Promise(resolve => squatter.close(resolve))
})

test.each([
  [['--city', '/nowhere/city.osm.pbf'], 'There is no file /nowhere/city.osm.pbf'],
  [['--drivers', 'many'], '--drivers takes a whole number'],
  [['--driver', '3'], 'There is no option --driver'],
])('%j is refused in one line', async (args, words) => {
  const demo = startDemo([...SMALL, ...args])
  expect(await demo.ended).not.toBe(0)
  expect(complaint(demo.output())).toContain(words)
})

test('--help explains every option and starts nothing', async () => {
  const help = startDemo(['--help'])
  expect(await help.ended).toBe(0)
  for (const option of ['--drivers', '--riders', '--city', '--seed', '--fresh', '--speed', '--port-base'])
    expect(help.output()).toContain(option)
})
