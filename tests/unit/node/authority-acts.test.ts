import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { backingOf } from '@hexhail/audit/log/act-signature.ts'
import { decodeEntry, type LogAct } from '@hexhail/audit/log/entry.ts'
import type { TransparencyLog } from '@hexhail/audit/log/transparency-log.ts'
import { TREE_HASH } from '@hexhail/audit/log/tree-hash.ts'
import { destroyMonthKey, listMonthKeys, makeMonthKeysAt } from '@hexhail/audit/month-keys.ts'
import { createWalletKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { tellKeys } from '@hexhail/node/key-acts.ts'
import { monthKeySigner } from '@hexhail/node/month-key-signer.ts'
import { concessionActs, officeActs } from '@hexhail/node/office-acts.ts'
import { teller } from '@hexhail/node/tell-act.ts'
import { openConcessionDesk } from '@hexhail/permits/concession-desk.ts'
import { makeSigningKey, signingOf } from '@hexhail/permits/es256.ts'
import { openOfficeDesk } from '@hexhail/permits/office-desk.ts'
import { hexDigits } from '@hexhail/protocol/hex.ts'
import { sha256 } from '@noble/hashes/sha2.js'
import { expect, onTestFinished, test } from 'vitest'
import { newLog, START_MS } from '../audit/log/log-world.ts'
import { CAR } from '../permits/sample.ts'

const wallet = walletFromKey(createWalletKey())
const DRIVER = `0x${'d1'.repeat(20)}` as const
const MARK = { hash: `0x${'cc'.repeat(32)}`, index: 3, untilS: 2_000_000_000 } as const
const FORM = { name: 'Elena', licence: 'UY-99', photo: '', car: CAR }

/** Acts in a log, each held against its proof under the newest checkpoint and its signature. */
async function provenActs(log: TransparencyLog): Promise<LogAct[]> {
  await log.publish()
  const acts: LogAct[] = []
  for (let i = 0; i < log.published; i++) {
    const bytes = log.store.entry(i)
    const entry = decodeEntry(bytes)
    if (entry.verdict !== 'accept' || entry.value.name === 'record') throw new Error('this log has acts only')
    expect(log.prove(TREE_HASH.leaf(bytes))).toMatchObject({ verdict: 'accept', value: { index: i } })
    expect(backingOf(entry.value)).toBe('signature')
    expect(entry.value.authority).toBe(wallet.address)
    acts.push(entry.value)
  }
  return acts
}

test('each decision of the permit office is in the log, signed, once, whatever restarts', async () => {
  const clock = { nowMs: START_MS }
  const { log } = await newLog(clock)
  const tell = teller(entry => log.add(entry), wallet)
  const applied = (id: string) =>
    ({ type: 'applied', id, account: DRIVER, ticket: MARK.hash, sealed: 'AA' }) as const
  let atMs = START_MS - 1_000_000
  const lines: string[] = (
    [
      applied('a'),
      { type: 'granted', id: 'a', claims: FORM, untilS: MARK.untilS, vehicle: MARK.hash },
      { type: 'issued', id: 'a', kind: 'driver', mark: MARK },
      { type: 'stopped', id: 'a', state: 'suspended', reason: 'conduct' },
      { type: 'reinstated', id: 'a' },
      { type: 'stopped', id: 'a', state: 'revoked', reason: 'papers' },
      applied('b'),
    ] as const
  ).map(line => JSON.stringify({ ...line, atMs: (atMs += 1_000) }))
  const faults: unknown[] = []
  let told: Promise<void>[] = []
  const waiting: typeof tell = (matter, at) => {
    const done = tell(matter, at)
    told.push(done)
    return done
  }
  const signing = await signingOf(await makeSigningKey())
  const open = () =>
    openOfficeDesk({
      log: { read: async () => lines, append: async line => void lines.push(line) },
      chain: {} as never,
      ...{ signing, salt: new Uint8Array(32), chainId: 1, permits: DRIVER, url: 'http://127.0.0.1:1' },
      ...{ now: () => clock.nowMs, random: size => new Uint8Array(size), automatic: null },
      onLine: officeActs(waiting, error => faults.push(error)),
    })
  const settle = async (count: number) => {
    await expect.poll(() => told.length).toBe(count)
    await Promise.all(told)
    told = []
  }
  const desk = await open()
  await settle(4)
  expect(await desk.refuse('b', 'photo')).toMatchObject({ verdict: 'accept' })
  await settle(1)
  const word = `${'00'.repeat(12)}${'d1'.repeat(20)}`
  const refused = hexDigits(sha256(new TextEncoder().encode('b')))
  const said = async () =>
    (await provenActs(log)).map(act =>
      act.name === 'permit' ? [hexDigits(act.subject), act.change] : [act.name],
    )
  const all = [
    [word, 0],
    [word, 1],
    [word, 0],
    [word, 2],
    [refused, 3],
  ]
  expect(await said()).toEqual(all)
  await open()
  await settle(5)
  expect(await said()).toEqual(all)
  expect(faults).toEqual([])
})

test('decisions about reduced fares are in the log by a hash alone, and what is issued is not', async () => {
  const { log } = await newLog({ nowMs: START_MS })
  const told: Promise<void>[] = []
  const tell = teller(entry => log.add(entry), wallet)
  const lines = [
    ...['a', 'b'].map(id => ({ type: 'applied', id, ticket: MARK.hash, sealed: 'AA' })),
    { type: 'granted', id: 'a', category: 'senior', untilS: MARK.untilS },
    { type: 'issued', id: 'a', month: '2026-11', indexes: [4, 77] },
    { type: 'revoked', id: 'a', reason: 'papers' },
    { type: 'refused', id: 'b', reason: 'papers' },
  ].map((line, i) => JSON.stringify({ ...line, atMs: START_MS + i }))
  const faults: unknown[] = []
  await openConcessionDesk({
    log: { read: async () => lines, append: async () => {} },
    signing: await signingOf(await makeSigningKey()),
    ...{
      url: 'http://127.0.0.1:1',
      now: () => START_MS,
      random: size => new Uint8Array(size),
      automatic: null,
    },
    onLine: concessionActs(
      (matter, at) => {
        const done = tell(matter, at)
        told.push(done)
        return done
      },
      error => faults.push(error),
    ),
  })
  await expect.poll(() => told.length).toBe(3)
  await Promise.all(told)
  const hashed = (id: string) => hexDigits(sha256(new TextEncoder().encode(id)))
  const acts = (await provenActs(log)).map(act =>
    act.name === 'permit' ? [hexDigits(act.subject), act.change, Number(act.untilS)] : [act.name],
  )
  expect(acts).toEqual([
    [hashed('a'), 0, MARK.untilS],
    [hashed('a'), 2, MARK.untilS],
    [hashed('b'), 3, 0],
  ])
  expect(faults).toEqual([])
})

test('keys of months are in the log when they are made and when they are destroyed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hexhail-key-acts-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const { log } = await newLog({ nowMs: START_MS })
  const tell = teller(entry => log.add(entry), wallet)
  const november = Date.UTC(2026, 10, 23)
  await tellKeys(await makeMonthKeysAt(folder, wallet.address, november, monthKeySigner(wallet, 1)), tell)
  await destroyMonthKey(folder, 202_611, Date.UTC(2028, 10, 1))
  await tellKeys(await listMonthKeys(folder), tell)
  const acts = (await provenActs(log)).map(act =>
    act.name === 'key' ? [act.change, act.atMs, act.fromMs, act.untilMs] : [],
  )
  expect(acts).toEqual([
    [0, november, Date.UTC(2026, 10), Date.UTC(2026, 11)],
    [0, november, Date.UTC(2026, 11), Date.UTC(2027, 0)],
    [1, Date.UTC(2028, 10, 1), Date.UTC(2026, 10), Date.UTC(2026, 11)],
  ])
})
