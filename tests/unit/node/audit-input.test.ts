import { makeAuditKey } from '@hexhail/audit/audit-key.ts'
import { fromBase64, toBase64 } from '@hexhail/audit/base64.ts'
import { runAudit } from '@hexhail/audit/checks/run-audit.ts'
import { tripsInMemory } from '@hexhail/audit/checks/trip-source.ts'
import { sealRecord } from '@hexhail/audit/sealed-record.ts'
import { openSqliteStore } from '@hexhail/audit/store/sqlite-store.ts'
import { permitSpans, vehicleSpans } from '@hexhail/chain/permit-spans.ts'
import { type AuditInputInit, auditInput } from '@hexhail/node/audit-input.ts'
import { fromHex, toHex } from '@hexhail/protocol/hex.ts'
import { packFiled, VOIDS, voidBytes } from '@hexhail/protocol/record-envelope.ts'
import { createSealContext, sealRecordAt } from '@hexhail/protocol/record-seal.ts'
import type { TripRecord } from '@hexhail/protocol/record-table.ts'
import { createSessionKey } from '@hexhail/protocol/session-key.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { describe, expect, test } from 'vitest'
import { memoryDesk } from '../audit/memory-desk.ts'
import { PLAIN, settledTrip, settlementOf } from '../audit/settled-trip.ts'
import { TARIFF } from '../protocol/demo-tariff.ts'

const NOW_S = 1_795_900_000
const DAY_S = 86_400
const C1 = `0x${'c1'.repeat(32)}` as const
const C2 = `0x${'c2'.repeat(32)}` as const

/** Settlements of a day each, in a database, and what was filed for them at a desk. */
async function world(
  filedOf: (record: TripRecord, i: number) => TripRecord | null,
  change: (record: TripRecord, i: number) => TripRecord = record => record,
) {
  const { privateKey, publicKey } = await makeAuditKey()
  const store = openSqliteStore(':memory:', { chainId: 1, vault: `0x${'aa'.repeat(20)}` })
  const desk = memoryDesk()
  for (let i = 0; i < 4; i++) {
    const plain = settledTrip(TARIFF, { ...PLAIN, seed: new Uint8Array(32).fill(i + 1) }).record
    const record = change(plain, i)
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
    (await desk.list(after)).map(each => ({ ...each, sealed: fromBase64(each.sealed)! }))
  const file = (terms: Hex, sealed: Uint8Array) => desk.file(terms, toBase64(sealed))
  const month = { month: 202_611, publicKey }
  const own = [{ ...month, privateKey }]
  const destroyed = [{ ...month, privateKey: null }]
  const input = (fromS = 0, toS = NOW_S, keys: AuditInputInit['keys'] = own) =>
    auditInput({
      ...{ store, desk: { list }, url: 'http://127.0.0.1:9', keys, fromS, toS, nowS: NOW_S },
      reader: {
        tariff: async () => ({ ...TARIFF, document: `0x${'00'.repeat(32)}` }),
        config: { chainId: 1 } as never,
      },
      acts: async () => [],
      leases: async () => ({ terms: [], shares: [] }),
      onProgress: () => {},
    })
  return { input, file, publicKey: fromHex(publicKey), destroyed }
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
  const act = {
    act: 'permit',
    holder: 'driver',
    credential: C1,
    authority: `0x${'a1'.repeat(20)}`,
    tx: '0x',
    logIndex: 0,
    subject,
  } as const
  const car = `0x${'ca'.repeat(32)}` as const
  const acts = [
    { ...act, change: 'granted', atS: 1_000, untilS: 5_000 },
    { ...act, change: 'granted', atS: 2_000, untilS: 9_000, credential: C2 },
    { ...act, change: 'revoked', atS: 3_000, untilS: 9_000 },
    { ...act, holder: 'vehicle', subject: car, change: 'granted', atS: 1_000, untilS: 5_000 },
    { ...act, change: 'granted', atS: 6_000, untilS: 7_000 },
  ] as const
  const spans = permitSpans(acts)
  expect(spans.map(({ fromS, untilS, credential }) => [fromS, untilS, credential])).toEqual([
    [940, 5_060, C1], // a page that was open may show it for a while after the renewal
    [1_940, 3_060, C2],
    [5_940, 7_060, C1],
  ])
  expect(vehicleSpans(acts)).toEqual([
    { authority: act.authority, credential: C1, fromS: 940, untilS: 5_060, classes: null },
  ])
})

describe('numbers of a shift', () => {
  const shift = new Uint8Array(16).fill(9)
  /** Four settlements of one shift, numbers 0, 1, 4 and 5. */
  const numbered = (record: TripRecord, i: number) => ({ ...record, shift, shiftSeq: [0, 1, 4, 5][i]! })
  const gaps = async (input: Awaited<ReturnType<typeof world>>['input'], from = 0) => {
    const { trips, books } = await input(from)
    return runAudit(tripsInMemory(trips), books).findings.filter(({ check }) => check === 'C4')
  }
  const voidOf = async (to: Uint8Array, shiftSeq: number, isSigned = true) => {
    const session = await createSessionKey()
    const terms = new Uint8Array(32).fill(100 + shiftSeq)
    const body = { terms, shift, shiftSeq, reason: VOIDS.released, driverKey: session.publicKey }
    const signature = isSigned ? await session.sign(voidBytes(body)) : new Uint8Array(64).fill(1)
    const context = await createSealContext({ authority: TARIFF.authority, month: 202_611, publicKey: to })
    const plain = packFiled({ void: { ...body, signature } })
    return { terms: toHex(terms), sealed: await sealRecordAt(context, shiftSeq, toHex(terms), plain) }
  }

  test('have no hole where each is a settlement, a signed void or the record of a trip never settled', async () => {
    const { input, file, publicKey } = await world(record => record, numbered)
    expect((await gaps(input)).map(each => each.rows)).toEqual([[2, 1]])
    const unsigned = await voidOf(publicKey, 2, false)
    await file(unsigned.terms, unsigned.sealed)
    const signed = await voidOf(publicKey, 3)
    await file(signed.terms, signed.sealed)
    const [finding] = await gaps(input)
    expect(finding?.answers).toMatchObject([{ code: 'HOLES', expected: { value: 1 }, found: { value: 2 } }])
    const never = settledTrip(TARIFF, { ...PLAIN, seed: new Uint8Array(32).fill(77) }).record
    await file(toHex(never.terms), await sealRecord(publicKey, 202_611, { ...never, shift, shiftSeq: 2 }))
    expect(await gaps(input)).toEqual([])
  })

  test('before the time that is audited are no holes', async () => {
    const { input } = await world(
      record => record,
      (record, i) => ({ ...record, shift, shiftSeq: i }),
    )
    expect((await input(NOW_S - 6.5 * DAY_S)).trips.length).toBe(2)
    expect(await gaps(input, NOW_S - 6.5 * DAY_S)).toEqual([])
  })
})

test('what is sealed to a key that was destroyed is said to be unreadable, and accuses nobody', async () => {
  const { input, destroyed } = await world(record => record)
  const { trips, books } = await input(0, NOW_S, destroyed)
  expect(runAudit(tripsInMemory(trips), books)).toMatchObject({ findings: [], filed: { sealed: 4, none: 0 } })
})
