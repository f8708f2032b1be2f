import { fromBase64, toBase64 } from '@hexhail/audit/base64.ts'
import { verifyLogFile } from '@hexhail/audit/log/evidence.ts'
import { nodeSha256 } from '@hexhail/audit/log/node-sha256.ts'
import type { AuditRow } from '@hexhail/audit/settled.ts'
import { createLogModel, type LogModel, type LogPorts } from '@hexhail/authority-web/log-model.ts'
import { loggedTrips } from '@hexhail/authority-web/logged-trips.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { effect } from '@preact/signals-core'
import { expect, onTestFinished, test } from 'vitest'
import { COUNCIL, LOG_KEY, newLog, START_MS, serveLog } from '../audit/log/log-world.ts'
import { loggedDesk } from '../audit/memory-desk.ts'

const TRIPS: readonly Hex[] = [`0x${'a1'.repeat(32)}`, `0x${'b2'.repeat(32)}`, `0x${'c3'.repeat(32)}`]
const sealedOf = (terms: Hex): string => toBase64(new TextEncoder().encode(`sealed ${terms}`))

async function world(
  fetchAs?: (client: Awaited<ReturnType<typeof serveLog>>['client']) => object,
  anchored: LogPorts['anchored'] = null,
) {
  const clock = { nowMs: START_MS }
  const { log } = await newLog(clock)
  const { client } = await serveLog(log, clock)
  const desk = loggedDesk(log)
  for (const terms of TRIPS.slice(0, 2)) await desk.publish(terms, sealedOf(terms))
  await log.publish()
  let poll = (): void => {}
  const model = createLogModel({
    client: { ...client, ...fetchAs?.(client) },
    log: LOG_KEY,
    witnesses: [COUNCIL],
    anchored,
    every: (_, run) => {
      poll = run
      return () => {}
    },
    report: () => {},
  })
  onTestFinished(() => model[Symbol.dispose]())
  return { log, desk, model, poll: () => poll() }
}

/** Resolves when the model says this. */
const until = (model: LogModel, isSo: () => boolean): Promise<void> =>
  new Promise(resolve => {
    const stop = effect(() => {
      void model.state.value
      void model.size.value
      void model.checkpoints.value
      if (isSo())
        queueMicrotask(() => {
          stop()
          resolve()
        })
    })
  })

test('the screen works the tree out from the leaves, and finds records, gaps and proofs in it', async () => {
  const { model, log, desk, poll } = await world()
  await until(model, () => model.state.value === 'good')
  expect(model.size.value).toBe(2)
  expect(model.checkpoints.value.map(({ size, fits, witnesses }) => [size, fits, witnesses.length])).toEqual([
    [2, true, 0],
    [0, true, 0],
  ])
  const fact = (terms: Hex) => ({ fact: { terms, timestampS: START_MS / 1000 } }) as AuditRow
  const rows = { value: TRIPS.map(fact) } as { value: readonly AuditRow[] }
  const filed = (terms: Hex) => (terms === TRIPS[2] ? [] : [fromBase64(sealedOf(terms))!])
  const trips = () =>
    loggedTrips({ rows: rows as never, sealedOf: filed, nowMs: () => START_MS + 200_000 }, model)
  expect(trips().map(({ index, isFiled, isLate }) => [index, isFiled, isLate])).toEqual([
    [0, true, true],
    [1, true, true],
    [null, false, true],
  ])
  const [newest] = model.checkpoints.value
  expect(await model.stands(newest!.note)).toBe(true)
  expect(await model.stands(newest!.note.replace('\n2\n', '\n1\n'))).toBe(false)
  const file = model.prove(TRIPS[1]!, fromBase64(sealedOf(TRIPS[1]!))!)
  expect(await verifyLogFile(JSON.parse(JSON.stringify(file)))).toMatchObject({
    value: { kind: 'inclusion', size: 2 },
  })
  expect(model.prove(TRIPS[2]!, new Uint8Array(9))).toBeNull()
  await desk.publish(TRIPS[2]!, sealedOf(TRIPS[2]!))
  await log.publish()
  poll()
  await until(model, () => model.size.value === 3)
  expect(model.placeOf(TRIPS[2]!, fromBase64(sealedOf(TRIPS[2]!))!)).toBe(2)
})

test('a log whose leaves are not those that it signed, or that shrinks, is shown as wrong, one that is silent as away', async () => {
  const { model } = await world(client => ({
    leaves: async (tile: number, width: number) => (await client.leaves(tile, width)).map(byte => byte ^ 1),
  }))
  await until(model, () => model.state.value === 'wrong')
  expect(model.size.value).toBe(0)
  const held = { note: '' }
  const old = await world(client => ({ checkpoint: async () => held.note || client.checkpoint() }))
  await until(old.model, () => old.model.state.value === 'good')
  held.note = old.log.history.at(-1)!
  old.poll()
  await until(old.model, () => old.model.state.value === 'wrong')
  const silent = await world(() => ({ checkpoint: () => Promise.reject(new Error('gone')) }))
  await until(silent.model, () => silent.model.state.value === 'away')
})

test('what the log says of the chain is looked up there, and another root shows the log as wrong', async () => {
  const origin = toHex(nodeSha256(new TextEncoder().encode(LOG_KEY.name)))
  const told = (...txs: readonly string[]) => ({
    status: async () => ({ vkey: '', checkpoints: [], anchors: txs.map(tx => ({ size: 2, tx, atS: 1 })) }),
  })
  const roots = new Map<string, Hex>([['0xbad', `0x${'66'.repeat(32)}`]])
  const anchored = async (tx: Hex) => {
    if (tx === '0xaway') throw new Error('the chain is away')
    const root = roots.get(tx)
    return root === undefined ? null : { origin, size: 2, root }
  }
  const states = async (...txs: readonly string[]) => {
    const page = await world(() => told(...txs), anchored)
    roots.set('0xgood', toHex(page.log.store.root(2)))
    await until(page.model, () => page.model.state.value !== 'starting')
    return [page.model.state.value, ...page.model.anchors.value.map(each => each.state)]
  }
  await states()
  expect(await states('0xgood', '0xaway')).toEqual(['good', 'onChain', 'unasked'])
  expect(await states('0xgood', '0xbad')).toEqual(['wrong', 'onChain', 'other'])
  expect(await states('0xnowhere')).toEqual(['wrong', 'other'])
})
