import { createMemoryDisk } from '@hexhail/audit/log/disk.ts'
import { verifyLogFile } from '@hexhail/audit/log/evidence.ts'
import type { LogClient } from '@hexhail/audit/log/log-client.ts'
import { lookUpEntry, type PublicRecordDeps } from '@hexhail/audit/log/public-record.ts'
import { openWitness } from '@hexhail/audit/log/witness.ts'
import { askWitnessAt } from '@hexhail/audit/log/witness-client.ts'
import { createWitnessHandler } from '@hexhail/audit/log/witness-http.ts'
import { expect, test } from 'vitest'
import {
  COUNCIL,
  LOG_KEY,
  MAX_DELAY_MS,
  newLog,
  newMemory,
  START_MS,
  serve,
  serveLog,
  someRecord,
  type TestClock,
} from './log-world.ts'

const MINE = someRecord(7)

async function world() {
  const clock: TestClock = { nowMs: START_MS }
  const witness = await openWitness({
    key: COUNCIL,
    logs: [LOG_KEY],
    disk: createMemoryDisk(),
    now: () => clock.nowMs,
  })
  const url = await serve(createWitnessHandler({ witness, now: () => clock.nowMs }))
  const { log } = await newLog(clock, { witnesses: [askWitnessAt(url, COUNCIL)] })
  const { client } = await serveLog(log, clock)
  const memory = newMemory()
  const look = (its: LogClient = client, more: Partial<PublicRecordDeps> = {}) =>
    lookUpEntry(
      { client: its, log: LOG_KEY, witnesses: [COUNCIL], memory, now: () => clock.nowMs, ...more },
      MINE,
    )
  return { clock, log, client, memory, look }
}

/** A second log with the same key, for those who are to be deceived. */
async function lyingLog(clock: TestClock, records: readonly number[]): Promise<LogClient> {
  const { log } = await newLog(clock)
  for (const n of records) await log.add(someRecord(n))
  await log.publish()
  return (await serveLog(log, clock)).client
}

test('a record is promised, then included under a checkpoint that the witness cosigned; the file verifies offline', async () => {
  const { log, look, clock } = await world()
  for (let n = 20; n < 40; n++) await log.add(someRecord(n))
  expect(await look()).toEqual({ state: 'promised', by: LOG_KEY.name, dueAtMs: START_MS + MAX_DELAY_MS })
  clock.nowMs += 3_000
  await log.publish()
  const found = await look()
  if (found.state !== 'included') throw new Error(found.state)
  expect(found.witnesses).toEqual([{ name: COUNCIL.name, atS: clock.nowMs / 1000 }])
  const verdict = await verifyLogFile(JSON.parse(JSON.stringify(found.file)))
  expect(verdict).toMatchObject({
    verdict: 'accept',
    value: { kind: 'inclusion', size: 21, witnesses: found.witnesses },
  })
  for (const change of [{ index: 19 }, { entry: 'AAAA' }, { proof: [] }, { vkey: '' }, { checkpoint: '' }])
    expect((await verifyLogFile({ ...found.file, ...change })).verdict).toBe('reject')
})

test('without the witness it is the word of the log alone', async () => {
  const clock = { nowMs: START_MS }
  const client = await lyingLog(clock, [7])
  const deps = { client, log: LOG_KEY, witnesses: [COUNCIL], memory: newMemory(), now: () => clock.nowMs }
  expect(await lookUpEntry(deps, MINE)).toMatchObject({ state: 'included', witnesses: [] })
})

test('a log that shows a page another tree of the same size is caught, with a file that verifies', async () => {
  const { log, look, clock } = await world()
  await look()
  await log.publish()
  expect(await look()).toMatchObject({ state: 'included' })
  const other = await lyingLog(clock, [8])
  const caught = await look(other)
  if (caught.state !== 'lied' || !caught.file) throw new Error(caught.state)
  expect(await verifyLogFile(JSON.parse(JSON.stringify(caught.file)))).toMatchObject({
    value: { kind: 'equivocation' },
  })
})

test('a log that shows a longer tree without what the page saw before cannot prove that it grew', async () => {
  const { log, look, clock } = await world()
  await look()
  await log.publish()
  await look()
  expect(await look(await lyingLog(clock, [8, 9, 7]))).toMatchObject({ state: 'lied', file: null })
})

test('a log that promises and puts another leaf there gives itself away: the file verifies', async () => {
  const { clock, look, log } = await world()
  expect(await look()).toMatchObject({ state: 'promised' })
  void log
  const other = await lyingLog(clock, [8, 9])
  const caught = await look(other)
  if (caught.state !== 'lied' || !caught.file) throw new Error(caught.state)
  expect(await verifyLogFile(JSON.parse(JSON.stringify(caught.file)))).toMatchObject({
    value: { kind: 'broken-promise', size: 2 },
  })
})

test('a log that promises and never grows is late, and its own later checkpoint shows that', async () => {
  const { clock, look } = await world()
  await look()
  const early = { ...(await lyingLog(clock, [])) }
  clock.nowMs += MAX_DELAY_MS + 1
  // It shows an old checkpoint: late, and not yet proven to have lied.
  expect(await look(early)).toEqual({ state: 'late', by: LOG_KEY.name, dueAtMs: START_MS + MAX_DELAY_MS })
  const caught = await look(await lyingLog(clock, []))
  if (caught.state !== 'lied' || !caught.file) throw new Error(caught.state)
  expect(await verifyLogFile(caught.file)).toMatchObject({ value: { kind: 'broken-promise', size: 0 } })
})

test('an honest log is never shown to have lied, whatever is asked when', async () => {
  const { clock, log, look } = await world()
  await look()
  for (let i = 0; i < 6; i++) {
    clock.nowMs += (i % 3 === 2 ? -1 : 1) * MAX_DELAY_MS // also by a clock that is set back
    await log.add(someRecord(50 + i))
    if (i % 2 === 0) await log.publish()
    expect((await look()).state).toBe(i === 0 ? 'included' : 'included')
  }
})
