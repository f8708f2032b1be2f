import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fetchTariff } from '@hexhail/audit/tariff/signed-tariff.ts'
import { createTariffHandler } from '@hexhail/audit/tariff/tariff-http.ts'
import { DEMO_DOCUMENT } from '@hexhail/chain/demo-tariff.ts'
import { localChainKey } from '@hexhail/chain/wallet-key.ts'
import { type Addresses, writeAddresses } from '@hexhail/node/addresses.ts'
import { diffVerb, lintVerb, mdsVerb, simulateVerb } from '@hexhail/node/tariff-look.ts'
import { publishVerb, signVerb } from '@hexhail/node/tariff-publish.ts'
import { fileShelf } from '@hexhail/node/tariff-shelf.ts'
import type { TariffOptions, TariffVerb } from '@hexhail/node/tariff-verb.ts'
import { tariffHash } from '@hexhail/protocol/tariff-document.ts'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { GOLDEN } from '../../vectors/tariffs/documents.ts'
import { localChain } from '../chain/local-chain.ts'

const HEXHAIL = fileURLToPath(new URL('../../../node/hexhail.ts', import.meta.url))
let home: string
const at = (name: string): string => join(home, name)

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'hexhail-tariff-'))
  for (const [name, doc] of Object.entries(GOLDEN))
    writeFileSync(at(`${name}.json`), JSON.stringify(doc, null, 2))
  const [car] = DEMO_DOCUMENT.classes
  const next = { version: 2, prev: tariffHash(DEMO_DOCUMENT), classes: [{ ...car!, perKm: 99, minimum: 90 }] }
  writeFileSync(at('next.json'), JSON.stringify({ ...DEMO_DOCUMENT, ...next }))
})
afterAll(() => rmSync(home, { recursive: true }))

/** A verb with what it prints; each line stands for its object. */
async function run(verb: TariffVerb, file: string, options: Partial<TariffOptions> = {}) {
  const lines: string[] = []
  const none = { previous: null, trips: null, bounds: null, out: null, audit: null, json: false }
  const code = await verb(at(file), { ...none, addresses: at('addresses.json'), ...options }, text => {
    lines.push(text)
  })
  return { code, lines }
}

it('lints: the hash of a good one, else each complaint, and the exit codes are those of the help', async () => {
  expect(await run(lintVerb, 'nyc.json')).toEqual({
    code: 0,
    lines: [expect.stringContaining(tariffHash(GOLDEN.nyc))],
  })
  const wrong = await run(lintVerb, 'next.json')
  expect(wrong.code).toBe(3)
  expect(wrong.lines).toEqual([
    expect.stringMatching(/^warning classes\[0\]\.minimum: The minimum is never above/),
  ])
  const shell = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [HEXHAIL, 'tariff', ...args], {
      encoding: 'utf8',
    })
    return { status, text: stdout + stderr }
  }
  const json = shell('lint', at('next.json'), '--json')
  expect(json.status).toBe(3)
  expect(JSON.parse(json.text)).toMatchObject({ type: 'finding', level: 'warning', code: 'lintMinimumIdle' })
  expect(shell('paint', at('nyc.json'))).toMatchObject({
    status: 2,
    text: expect.stringContaining('none of lint'),
  })
  expect(shell('lint', at('nowhere.json')).status).toBe(1)
})

it('tells what changed, and what past trips would bring by both', async () => {
  const { lines } = await run(diffVerb, 'next.json', { previous: at('demo.json') })
  expect(lines).toContain('classes[car].perKm rose from 95 to 99 (+4.2 %)')
  const trip =
    '{"metres":6000,"seconds":1020,"started_at":"2026-06-02T15:00:00Z","pickup_cell":"87c2e3119ffffff"}'
  writeFileSync(at('trips.ndjson'), `${trip}\n${trip}\n`)
  const sums = await run(simulateVerb, 'next.json', { previous: at('demo.json'), trips: at('trips.ndjson') })
  expect(sums.lines).toContain('riders     19.92 → 20.40')
  expect(sums.lines).toContain('hour 12: 2 trips, mean 9.96 → 10.20')
  await expect(run(simulateVerb, 'next.json')).rejects.toThrow('--trips')
})

it('writes what MDS can say, and lists the rest', async () => {
  const { lines } = await run(mdsVerb, 'nyc.json', { out: at('mds'), bounds: '-74.3,40.4,-73.6,41' })
  expect(lines[0]).toBe('1 policies, 3 geographies')
  expect(lines).toContain('not in MDS: tolls: MDS knows areas, no gantries')
  const { data } = JSON.parse(readFileSync(at('mds/geographies.json'), 'utf8')) as {
    data: { geographies: object[] }
  }
  expect(data.geographies).toHaveLength(3)
  await expect(run(mdsVerb, 'nyc.json', { bounds: '1,2,3' })).rejects.toThrow('--bounds takes')
})

it('signs, serves and publishes: the chain names the document, and whoever fetches it can check all of it', async () => {
  const world = await localChain()
  const { config, authority, reader, tariffId } = world
  const server = createServer()
  try {
    const addresses: Addresses = { ...config, tariffId, authority: authority.address }
    writeAddresses(at('addresses.json'), addresses)
    const shelf = fileShelf(at('shelf'))
    const report = vi.fn()
    const handler = createTariffHandler({ ...addresses, shelf, now: () => 0, report })
    server.on('request', (request, response) => handler(request, response) || response.writeHead(418).end())
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const find = async (id: number) =>
      fetchTariff({ url, chainId: config.chainId }, await reader.tariff(id), globalThis.fetch)

    vi.stubEnv('HEXHAIL_KEY', localChainKey(3))
    await run(signVerb, 'nyc.json', { out: at('other.json') })
    await expect(
      run(publishVerb, 'other.json', { audit: url, addresses: at('addresses.json') }),
    ).rejects.toThrow('refused the document (authority)')
    vi.stubEnv('HEXHAIL_KEY', localChainKey(0))
    await expect(run(publishVerb, 'other.json', { audit: url })).rejects.toThrow('is not signed by')
    await run(signVerb, 'nyc.json', { out: at('signed.json') })
    const published = await run(publishVerb, 'signed.json', { audit: url })
    expect(published.lines.slice(1)).toEqual([
      `taxi: tariff 2 (id ${2 ** 31 + 2})`,
      `taxi-wav: tariff 2 (id ${2 ** 31 + 2}), was there`, // same prices, same numbers on the chain
    ])
    expect(await find(2 ** 31 + 2)).toMatchObject({ state: 'checked', class: 'taxi' })
    expect(await find(tariffId)).toEqual({ state: 'away' })
    // A server that gives another document is found out.
    await shelf.save(tariffHash(DEMO_DOCUMENT).slice(2), readFileSync(at('signed.json'), 'utf8'))
    expect(await find(tariffId)).toEqual({ state: 'wrong' })
    expect((await fetch(`${url}/else`)).status).toBe(418)
    expect(report).not.toHaveBeenCalled()
  } finally {
    vi.unstubAllEnvs()
    server.close()
    server.closeAllConnections()
    await world.anvil.stop()
  }
})
