import { makeAuditKey } from '@hexhail/audit/audit-key.ts'
import { createDesk } from '@hexhail/audit/desk.ts'
import { plainCsv } from '@hexhail/audit/exports/plain-table.ts'
import { createRecordOpener } from '@hexhail/audit/open-records.ts'
import { sealRecord } from '@hexhail/audit/sealed-record.ts'
import { storedTrips } from '@hexhail/node/export-source.ts'
import { openedBy } from '@hexhail/node/filed-records.ts'
import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import { fromHex } from '@hexhail/protocol/hex.ts'
import { encodeRecord } from '@hexhail/protocol/record.ts'
import { expect, test } from 'vitest'
import { exportTrips, madeFolder } from '../audit/exports/made-month.ts'
import { memoryRecords } from '../audit/memory-desk.ts'
import { PLAIN, settledTrip } from '../audit/settled-trip.ts'
import { TARIFF } from '../protocol/demo-tariff.ts'

test('an export opens what lies at the desk with the keys of the months, and takes nobody else’s filing for it', async () => {
  using folder = madeFolder()
  const key = await makeAuditKey()
  const records = memoryRecords()
  const trips = [1, 2, 3].map(n => settledTrip(TARIFF, { ...PLAIN, seed: new Uint8Array(32).fill(n) }))
  const [first, second] = trips as [(typeof trips)[0], (typeof trips)[0]]
  const sealed = async (record: (typeof first)['record']) =>
    Buffer.from(await sealRecord(fromHex(key.publicKey), 202611, record)).toString('base64')
  const desk = createDesk({ records, now: () => 1 })
  // A stranger files another record for the second trip before its own comes.
  await desk.file(second.fact.terms, await sealed({ ...second.record, metres: 1 }))
  await desk.file(first.fact.terms, await sealed(first.record))
  await desk.file(second.fact.terms, await sealed(second.record))
  const recordsOf = openedBy(records, createRecordOpener([key.privateKey]))
  expect(await recordsOf(trips.map(({ fact }) => fact))).toEqual([
    encodeRecord(first.record),
    encodeRecord(second.record),
    null,
  ])
  async function* facts(): AsyncIterable<ChainFact> {
    for (const { fact } of trips) yield fact
  }
  const rows = await Array.fromAsync(storedTrips({ facts }, { fromS: 0, toS: 2 ** 40 }, recordsOf))
  await exportTrips(rows, plainCsv, folder.dir)
  expect(folder.rows('trips.csv').map(row => row.record)).toEqual(['opened', 'opened', 'none'])
  const locked = openedBy(records, createRecordOpener([(await makeAuditKey()).privateKey]))
  expect(await locked([first.fact])).toEqual([null])
})
