import { join } from 'node:path'
import { readLedger } from '@hexhail/audit/exports/cube-ledger.ts'
import { createLogModel, type LogModel } from '@hexhail/authority-web/log-model.ts'
import { isLogged } from '@hexhail/authority-web/prove-release.ts'
import { createToldReleases } from '@hexhail/authority-web/told-releases.ts'
import { createWalletKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { cubeRelease } from '@hexhail/node/cube-release.ts'
import { periodSpan } from '@hexhail/node/export-period.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { effect } from '@preact/signals-core'
import { expect, onTestFinished, test } from 'vitest'
import { exportTrips, madeFolder, madeMonth } from '../audit/exports/made-month.ts'
import { COUNCIL, LOG_KEY, newLog, START_MS, serveLog, someRecord } from '../audit/log/log-world.ts'

const until = (model: LogModel, size: number): Promise<void> =>
  new Promise(resolve => {
    const stop = effect(() => {
      if (model.state.value === 'good' && model.size.value === size)
        queueMicrotask(() => {
          stop()
          resolve()
        })
    })
  })

test('a release is proven by the leaf that was written before it, and by nothing else', async () => {
  using folder = madeFolder()
  const clock = { nowMs: START_MS }
  const wallet = walletFromKey(createWalletKey())
  const { log } = await newLog(clock)
  const { url, client } = await serveLog(log, clock, [wallet.address])
  const ledger = join(folder.dir, 'epsilon.jsonl')
  for (const name of ['flows', 'hours']) {
    const more = { period: '2026-11', span: periodSpan('2026-11'), toLocal: (s: number) => s, ledger }
    const release = cubeRelease({ name, ...more, out: folder.dir })
    await exportTrips(madeMonth(200), release.make, folder.dir)
    release.spend(await release.tell(url, wallet, START_MS))
  }
  const spent = readLedger(ledger)
  expect(spent.map(({ leaf }) => leaf)).toEqual([0, 1])
  await log.publish()
  const model = createLogModel({
    ...{ client, log: LOG_KEY, witnesses: [COUNCIL], anchored: null },
    every: () => () => {},
    report: () => {},
  })
  onTestFinished(() => model[Symbol.dispose]())
  const told = createToldReleases(model, wallet.address)
  const second = { ...spent[1]!, left: 0, total: 2 }
  await expect(isLogged(model, wallet.address, second)).rejects.toMatchObject({ code: 'LOG_DOWN' })
  await until(model, 2)
  const isIn = (change: object, authority: Hex = wallet.address) =>
    isLogged(model, authority, { ...second, ...change })
  expect(await isIn({})).toBe(true)
  expect(await isIn({ ...spent[0], total: 1 })).toBe(true)
  // Without the first release in the list the sum is another.
  expect(await isIn({ total: 1 })).toBe(false)
  expect(await isIn({ sha256: 'ab'.repeat(32) })).toBe(false)
  expect(await isIn({ period: '2026-10' })).toBe(false)
  expect(await isIn({ epsilon: 0.5 })).toBe(false)
  expect(await isIn({ leaf: 0 })).toBe(false)
  expect(await isIn({ leaf: 7 })).toBe(false)
  expect(await isIn({ leaf: undefined })).toBe(false)
  expect(await isIn({}, `0x${'11'.repeat(20)}`)).toBe(false)
  const other: LogModel['entryAt'] = async index => {
    const found = await model.entryAt(index)
    return found && { ...found, file: { ...found.file, proof: [] } }
  }
  expect(await isLogged({ entryAt: other }, wallet.address, second)).toBe(false)
  // Whatever the ledger lists, the log's own leaves say what was released.
  const listed = (await told(() => false)).releases.map(({ index, file }) => [index, file])
  expect(listed).toEqual([
    [0, 'flows-2026-11.csv'],
    [1, 'hours-2026-11.csv'],
  ])
  const another = createToldReleases(model, `0x${'11'.repeat(20)}`)
  expect(await another(() => false)).toEqual({ releases: [], withheld: 0 })
})

test('entries that a log keeps back, or puts in the place of others, are noticed', async () => {
  const clock = { nowMs: START_MS }
  const wallet = walletFromKey(createWalletKey())
  const { log } = await newLog(clock)
  const { client } = await serveLog(log, clock, [wallet.address])
  for (const n of [1, 2, 3]) await log.add(someRecord(n))
  await log.publish()
  const over = async (bundle: typeof client.bundle) => {
    const model = createLogModel({
      ...{ client: { ...client, bundle }, log: LOG_KEY, witnesses: [COUNCIL], anchored: null },
      every: () => () => {},
      report: () => {},
    })
    onTestFinished(() => model[Symbol.dispose]())
    await until(model, 3)
    return createToldReleases(model, wallet.address)
  }
  const whole = await over(client.bundle)
  expect(await whole(() => false)).toEqual({ releases: [], withheld: 0 })
  const short = await over(async (n, width) => (await client.bundle(n, width)).slice(0, -1))
  expect((await short(() => false)).withheld).toBe(1)
  expect((await short(index => index === 2)).withheld).toBe(0)
  const swapped = await over(async (n, width) => (await client.bundle(n, width)).toReversed())
  expect((await swapped(() => false)).withheld).toBe(2)
  const gone = await over(async () => [])
  expect((await gone(() => false)).withheld).toBe(3)
})
