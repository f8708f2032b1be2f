import { makeAuditKey } from '@hexhail/audit/audit-key.ts'
import { fromBase64, toBase64 } from '@hexhail/audit/base64.ts'
import { runAudit } from '@hexhail/audit/checks/run-audit.ts'
import { tripsInMemory } from '@hexhail/audit/checks/trip-source.ts'
import { createDesk, createMemoryLog } from '@hexhail/audit/desk.ts'
import { sealRecord } from '@hexhail/audit/sealed-record.ts'
import { openSqliteStore } from '@hexhail/audit/store/sqlite-store.ts'
import { auditInput } from '@hexhail/node/audit-input.ts'
import { permitSpans } from '@hexhail/node/permit-spans.ts'
import { fromHex } from '@hexhail/protocol/hex.ts'
import type { TripRecord } from '@hexhail/protocol/record-table.ts'
import { expect, test } from 'vitest'
import { PLAIN, settledTrip, settlementOf } from '../audit/settled-trip.ts'
import { TARIFF } from '../protocol/demo-tariff.ts'

const NOW_S = 1_795_900_000
const DAY_S = 86_400

/** Settlements of a day each, in a database, and what was filed for them at a desk. */
async function world(filedOf: (record: TripRecord, i: number) => TripRecord | null) {
  const { privateKey, publicKey } = await makeAuditKey()
  const store = openSqliteStore(':memory:', { chainId: 1, vault: `0x${'aa'.repeat(20)}` })
  const desk = await createDesk({ log: createMemoryLog(), now: () => 0 })
  for (let i = 0; i < 4; i++) {
    const { record } = settledTrip(TARIFF, { ...PLAIN, seed: new Uint8Array(32).fill(i + 1) })
    const place = {
      blockNumber: i + 1,
      blockHash: `0x${`0${i + 1}`.repeat(32)}`,
      timestampS: NOW_S - (8 - i) * DAY_S,
    } as const
    await store.add([{ ...settlementOf(TARIFF, record), ...place }], { number: i + 1, hash: place.blockHash })
    const filed = filedOf(record, i)
    const terms = settlementOf(TARIFF, record).terms
    await desk.file(terms, toBase64(new Uint8Array(60)))
    if (filed) await desk.file(terms, toBase64(await sealRecord(fromHex(publicKey), 202_611, filed)))
  }
  const list = async (after: number) =>
    desk.list(after).map(each => ({ ...each, sealed: fromBase64(each.sealed)! }))
  const input = (fromS = 0, toS = NOW_S) =>
    auditInput({
      ...{ store, desk: { list }, url: 'http://127.0.0.1:9', keys: [privateKey], fromS, toS, nowS: NOW_S },
      reader: {
        tariff: async () => ({ ...TARIFF, document: `0x${'00'.repeat(32)}` }),
        config: { chainId: 1 } as never,
      },
      acts: async () => [],
      onProgress: () => {},
    })
  return { input }
}

test('settlements of a time come with the record that was settled, whatever else was filed', async () => {
  const { input } = await world(record => record)
  const { trips, books } = await input()
  expect(runAudit(tripsInMemory(trips), books)).toMatchObject({
    trips: 4,
    findings: [],
    filed: { opened: 4 },
  })
  expect((await input(NOW_S - 7 * DAY_S, NOW_S - 5 * DAY_S)).trips.length).toBe(2)
})

test('a record that was not filed, and one that is another, are findings', async () => {
  const { input } = await world((record, i) => (i === 0 ? null : i === 1 ? { ...record, fare: 1n } : record))
  const { trips, books } = await input()
  const { findings } = runAudit(tripsInMemory(trips), books)
  expect(findings.map(({ check, rows }) => [check, ...rows])).toEqual([
    ['C1', 0],
    ['C2', 1],
  ])
})

test('permits stand from their grant to their end, their revocation or the next grant', () => {
  const subject = `0x${'00'.repeat(12)}${'d1'.repeat(20)}` as const
  const act = { act: 'permit', authority: `0x${'a1'.repeat(20)}`, tx: '0x', logIndex: 0, subject } as const
  const spans = permitSpans([
    { ...act, change: 'granted', atS: 1_000, untilS: 5_000 },
    { ...act, change: 'granted', atS: 2_000, untilS: 9_000 },
    { ...act, change: 'revoked', atS: 3_000, untilS: 9_000 },
    { ...act, subject: `0x${'ca'.repeat(32)}`, change: 'granted', atS: 1_000, untilS: 5_000 },
    { ...act, change: 'granted', atS: 6_000, untilS: 7_000 },
  ])
  expect(spans.map(({ fromS, untilS }) => [fromS, untilS])).toEqual([
    [940, 2_060],
    [1_940, 3_060],
    [5_940, 7_060],
  ])
})
