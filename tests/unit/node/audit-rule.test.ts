import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { backingOf } from '@hexhail/audit/log/act-signature.ts'
import { decodeEntry } from '@hexhail/audit/log/entry.ts'
import { createLogHandler } from '@hexhail/audit/log/log-http.ts'
import { lookAtDispute, ruleTrip } from '@hexhail/authority-web/rule-trip.ts'
import { readActs } from '@hexhail/chain/authority-acts.ts'
import { contestedTrip } from '@hexhail/chain/contested-trip.ts'
import { signTerms } from '@hexhail/chain/typed.ts'
import { createWalletKey, localChainKey } from '@hexhail/chain/wallet-key.ts'
import { entryOfAct } from '@hexhail/node/log-acts.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { termsDigest } from '@hexhail/protocol/typed-data.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newLog, serve } from '../audit/log/log-world.ts'
import { localChain, SECRET, UNIT } from '../chain/local-chain.ts'

const HEXHAIL = join(import.meta.dirname, '../../../node/hexhail.ts')
const home = mkdtempSync(join(tmpdir(), 'hexhail-rule-'))
const addresses = join(home, 'addresses.json')
let world: Awaited<ReturnType<typeof localChain>>
beforeAll(async () => {
  world = await localChain()
  const { config, tariffId, authority } = world
  writeFileSync(addresses, JSON.stringify({ ...config, tariffId, authority: authority.address }))
})
afterAll(async () => {
  rmSync(home, { recursive: true })
  await world.anvil.stop()
})

/** What the command says, as somebody would run it with this key. */
const rule = (key: Hex, ...args: readonly string[]) =>
  new Promise<{ code: number; out: Record<string, string>[]; err: string }>(resolve => {
    const env = { ...process.env, HEXHAIL_KEY: key }
    const all = [HEXHAIL, 'audit', 'rule', '--addresses', addresses, ...args]
    execFile(process.execPath, all, { env }, (error, stdout, err) =>
      resolve({
        code: error ? Number(error.code) : 0,
        out: stdout.split('\n').flatMap(line => (line ? JSON.parse(line) : [])),
        err,
      }),
    )
  })

/** A trip of 5 that the driver claims whole and of which the rider admits 1. */
async function contested(lane: number): Promise<Hex> {
  const { config } = world
  const [rider, driver] = await Promise.all([world.party(20n * UNIT), world.party()])
  const domain = { chainId: config.chainId, vault: config.contracts.vault }
  const terms = await world.termsOf(rider.address, driver.address, { lane })
  await driver.writer(config).hold(terms, await signTerms(rider, domain, terms))
  await driver.writer(config).claim(terms, 5n * UNIT, SECRET)
  await rider.writer(config).contest(terms, UNIT)
  return termsDigest(domain, terms)
}

test('the arbiter alone rules, within what is disputed, and ruling and signed reason stand in the log', async () => {
  const { config, rpc, authority, reader } = world
  const trip = await contested(1)
  const silent = await contested(2)
  const clock = { nowMs: Date.now() }
  const { log } = await newLog(clock)
  const now = () => clock.nowMs
  const url = await serve(createLogHandler({ log, now, prefix: '/log', authorities: [authority.address] }))

  const shown = await rule(createWalletKey(), trip)
  expect(shown.out).toMatchObject([
    { trip, arbiter: authority.address, admitted: '1.000000', disputed: '4.000000' },
  ])
  expect(await rule(createWalletKey(), trip, '--to-driver', '1')).toMatchObject({
    code: 1,
    err: expect.stringContaining('is not the arbiter'),
  })
  expect(await rule(localChainKey(0), trip, '--to-driver', '4.000001')).toMatchObject({
    code: 2,
    err: expect.stringContaining('from 0 to 4.000000'),
  })
  const because = ['--reason', 'He was at the door.', '--log', `${url}/log`]
  const ruled = await rule(localChainKey(0), trip, '--to-driver', '2.5', ...because)
  expect(ruled).toMatchObject({ code: 0, out: [{ toDriver: '2.500000', toRider: '1.500000' }] })
  expect(await rule(localChainKey(0), trip, '--to-driver', '1')).toMatchObject({
    code: 1,
    err: expect.stringContaining('closed already'),
  })

  // A third in the authority's page: the same, and only by the arbiter's own key.
  const paged = await contested(3)
  const page = { ...config, log: { url: `${url}/log`, vkey: log.vkey, witnesses: [] } }
  const dispute = await lookAtDispute(page, paged)
  if (typeof dispute === 'string') throw new Error(dispute)
  const given = { toDriver: UNIT, reason: 'The PIN was given.' }
  const by = (key: Hex) => ruleTrip(page, { kind: 'key', key }, dispute, given)
  await expect(by(createWalletKey())).rejects.toMatchObject({ code: 'not-arbiter' })
  expect(await by(localChainKey(0))).toMatchObject({ isReasonKept: true })
  expect(await lookAtDispute(page, paged)).toBe('closed')

  // The other is closed by silence: half each, and no act of anybody.
  await rpc('evm_increaseTime', [15 * 86_400])
  await rpc('evm_mine', [])
  const anyone = await world.party()
  const half = await rule(createWalletKey(), silent)
  expect(half.code).toBe(0)
  const case_ = await contestedTrip(rpc, config, silent)
  if (typeof case_ === 'string') throw new Error(case_)
  await anyone.writer(config).finalize(case_.terms)
  expect(await contestedTrip(rpc, config, silent)).toBe('closed')

  const { number } = await reader.head()
  const acts = await readActs(rpc, config.contracts, authority.address, config.contracts.deployBlock, number)
  const rulings = acts.filter(({ act }) => act === 'ruling')
  expect(rulings).toMatchObject([
    { act: 'ruling', terms: trip, toDriver: 2_500_000n, toRider: 1_500_000n, tx: ruled.out[0]!.tx },
    { act: 'ruling', terms: paged, toDriver: UNIT, toRider: 3n * UNIT },
  ])
  await log.add(await entryOfAct(rulings[0]!))
  const entries = [0, 2].map(i => decodeEntry(log.store.entry(i)))
  expect(entries).toMatchObject([
    { value: { name: 'reason', reason: 'He was at the door.', authority: authority.address } },
    { value: { name: 'ruling', toDriver: 2_500_000n, toRider: 1_500_000n } },
  ])
  const backings = entries.map(entry =>
    entry.verdict === 'accept' && entry.value.name !== 'record' ? backingOf(entry.value) : null,
  )
  expect(backings).toEqual(['signature', 'transaction'])
}, 60_000)
