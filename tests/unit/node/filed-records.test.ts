import { join } from 'node:path'
import { makeAuditKey } from '@hexhail/audit/audit-key.ts'
import { createDesk } from '@hexhail/audit/desk.ts'
import { plainCsv } from '@hexhail/audit/exports/plain-table.ts'
import { openFileLog } from '@hexhail/audit/file-log.ts'
import { createRecordOpener } from '@hexhail/audit/open-records.ts'
import { sealRecord } from '@hexhail/audit/sealed-record.ts'
import { storedTrips } from '@hexhail/node/export-source.ts'
import { openFiledRecords } from '@hexhail/node/filed-records.ts'
import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import { fromHex } from '@hexhail/protocol/hex.ts'
import { encodeRecord } from '@hexhail/protocol/record.ts'
import { expect, test } from 'vitest'
import { exportTrips, madeFolder } from '../audit/exports/made-month.ts'
import { PLAIN, settledTrip } from '../audit/settled-trip.ts'
import { TARIFF } from '../protocol/demo-tariff.ts'

test('an export opens what lies at the desk with the keys of the months, and takes nobody else’s filing for it', async () => {
  using folder = madeFolder()
  const key = await makeAuditKey()
  const path = join(folder.dir, 'records.jsonl')
  const trips = [1, 2, 3].map(n => settledTrip(TARIFF, { ...PLAIN, seed: new Uint8Array(32).fill(n) }))
  const [first, second, third] = trips as [(typeof trips)[0], (typeof trips)[0], (typeof trips)[0]]
  const sealed = async (record: (typeof first)['record']) =>
    Buffer.from(await sealRecord(fromHex(key.publicKey), 202611, record)).toString('base64')
  {
    await using log = await openFileLog(path)
    const desk = await createDesk({ log, now: () => 1 })
    // A stranger files another record for the second trip before its own comes.
    await desk.file(second.fact.terms, await sealed({ ...second.record, metres: 1 }))
    await desk.file(first.fact.terms, await sealed(first.record))
    await desk.file(second.fact.terms, await sealed(second.record))
  }
  using filed = openFiledRecords(path, createRecordOpener([key.privateKey]))
  expect(filed.size).toBe(3)
  expect(filed.recordOf(first.fact)).toEqual(encodeRecord(first.record))
  expect(filed.recordOf(second.fact)).toEqual(encodeRecord(second.record))
  expect(filed.recordOf(third.fact)).toBeNull()
  async function* facts(): AsyncIterable<ChainFact> {
    for (const { fact } of trips) yield fact
  }
  const rows = await Array.fromAsync(storedTrips({ facts }, { fromS: 0, toS: 2 ** 40 }, filed.recordOf))
  await exportTrips(rows, plainCsv, folder.dir)
  expect(folder.rows('trips.csv').map(row => row.record)).toEqual(['opened', 'opened', 'none'])
  const locked = openFiledRecords(path, createRecordOpener([(await makeAuditKey()).privateKey]))
  expect(locked.recordOf(first.fact)).toBeNull()
  locked[Symbol.dispose]()
})
