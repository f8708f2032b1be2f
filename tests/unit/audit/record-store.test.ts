import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { moveRecordFile } from '@hexhail/audit/store/move-record-file.ts'
import { openPostgresRecords } from '@hexhail/audit/store/postgres-records.ts'
import type { RecordStore } from '@hexhail/audit/store/record-store.ts'
import { openSqlite } from '@hexhail/audit/store/sqlite-database.ts'
import { openSqliteRecords } from '@hexhail/audit/store/sqlite-records.ts'
import { recordsHash } from '@hexhail/audit/store/table-hash.ts'
import { createDeskLog } from '@hexhail/node/desk-log.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { afterAll, expect, test } from 'vitest'
import { newLog, START_MS } from './log/log-world.ts'
import { memoryRecords, ORIGIN } from './memory-desk.ts'
import { findPostgres, startPostgres } from './postgres-server.ts'
import { seededFiling } from './seeded-filing.ts'

const home = mkdtempSync(join(tmpdir(), 'hexhail-records-'))
afterAll(() => rmSync(home, { recursive: true }))

const FILINGS = Array.from({ length: 400 }, (_, i) => seededFiling(i))

/** As many as a killed process files. */
const KILLED = FILINGS.slice(0, 120)

/** Fills a store in uneven batches, some of them twice. */
async function fill(records: RecordStore): Promise<void> {
  const random = createSeeded(5)
  for (let from = 0; from < FILINGS.length; ) {
    const batch = FILINGS.slice(from, from + 1 + random.below(60))
    await records.add(batch)
    if (random.below(2) === 0) await records.add(batch)
    from += batch.length
  }
}

/** What every store of records does. */
async function isWhole(records: RecordStore): Promise<void> {
  await fill(records)
  expect(await records.size()).toBe(FILINGS.length)
  const all = await records.list(0, 1_000)
  expect(all).toEqual(
    FILINGS.map(({ sealed, ...rest }, i) => ({ seq: i + 1, ...rest, sealed: all[i]!.sealed })),
  )
  expect(all.every(({ sealed }, i) => Buffer.compare(sealed, FILINGS[i]!.sealed) === 0)).toBe(true)
  expect((await records.list(390, 3)).map(({ seq }) => seq)).toEqual([391, 392, 393])

  for (const prefix of ['000', 'fff', FILINGS[7]!.terms.slice(2, 5), FILINGS[9]!.terms.slice(2, 6)]) {
    const wanted = FILINGS.filter(({ terms }) => terms.startsWith(`0x${prefix}`)).map(({ terms }) => terms)
    expect(new Set(await records.trips(prefix))).toEqual(new Set(wanted))
  }
  const none = `0x${'00'.repeat(32)}` as const
  const [seventh, nobody, again] = await records.filedFor([FILINGS[7]!.terms, none, FILINGS[7]!.terms])
  expect(nobody).toEqual([])
  expect(Buffer.compare(seventh![0]!, FILINGS[7]!.sealed)).toBe(0)
  expect(again).toEqual(seventh)

  const crowd = Array.from({ length: 9 }, (_, i) => ({ terms: none, sealed: Buffer.of(i, 1), atMs: 1 }))
  expect((await records.add(crowd)).map(taken => taken?.seq ?? null)).toEqual([
    ...[401, 402, 403, 404, 405, 406, 407, 408],
    null,
  ])

  await records.useLog('first', 10)
  await records.place([
    { seq: 2, place: 9 },
    { seq: 1, place: 4 },
  ])
  expect((await records.unplaced(2)).map(({ seq }) => seq)).toEqual([3, 4])
  expect(await records.places(FILINGS[0]!.terms.slice(2, 5))).toContain(4)
  await records.useLog('first', 10)
  expect((await records.unplaced(1))[0]?.seq).toBe(3)
  await records.useLog('first', 9) // shorter than a place: the log began anew
  expect((await records.unplaced(1))[0]?.seq).toBe(1)
  await records.place([{ seq: 1, place: 0 }])
  await records.useLog('second', 9)
  expect((await records.unplaced(1))[0]?.seq).toBe(1)
}

test('a SQLite store numbers, finds, groups and places records, and has them after it was closed', async () => {
  const path = join(home, 'whole.sqlite')
  const hash = await (async () => {
    await using records = openSqliteRecords(path, ORIGIN)
    await isWhole(records)
    return await recordsHash(records)
  })()
  await using again = openSqliteRecords(path, ORIGIN)
  expect(await recordsHash(again)).toBe(hash)
})

const bin = findPostgres()
if (bin === null) console.log("PostgreSQL: skipped, Debian's postgresql is not installed.")
test.skipIf(bin === null)('a PostgreSQL store does the same, and holds the same', async () => {
  await using server = await startPostgres(bin!)
  await using records = await openPostgresRecords(server.url, ORIGIN)
  await isWhole(records)
  await using sqlite = memoryRecords()
  await isWhole(sqlite)
  expect(await recordsHash(records)).toBe(await recordsHash(sqlite))
  await expect(openPostgresRecords(server.url, { ...ORIGIN, chainId: 2 })).rejects.toThrow(/another --db/)
})

test('every question to the records goes by an index', () => {
  using db = openSqlite(':memory:', ORIGIN, 'FULL')
  const planOf = (text: string) =>
    db
      .sql(`EXPLAIN QUERY PLAN ${text}`)
      .all()
      .map(({ detail }) => String(detail))
  const questions = [
    'SELECT DISTINCT terms FROM records WHERE terms BETWEEN ? AND ?',
    'SELECT place FROM records WHERE terms BETWEEN ? AND ? AND place NOT NULL',
    'SELECT seq, sealed FROM records WHERE terms = ? ORDER BY seq',
    'SELECT * FROM records WHERE seq > ? ORDER BY seq LIMIT ?',
    'SELECT * FROM records WHERE place IS NULL ORDER BY seq LIMIT ?',
    'SELECT max(place) AS place FROM records',
    'SELECT max(seq) AS seq FROM records',
  ]
  expect(planOf('SELECT * FROM records WHERE sealed = ?')).toEqual(['SCAN records'])
  for (const text of questions) expect(planOf(text)[0]).toMatch(/^SEARCH records/)
})

test('what a desk said it has is there after each of 4 kills, and in the end all, as if it never was killed', async () => {
  const path = join(home, 'killed.sqlite')
  const random = createSeeded(23)
  const said = new Map<number, number>()
  const run = async (killAfter: number): Promise<string | number> => {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'file-process.ts'), path, String(KILLED.length)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const ended = once(child, 'exit')
    let lines = 0
    for await (const line of createInterface({ input: child.stdout })) {
      const [i, seq] = line.split(' ').map(Number) as [number, number]
      said.set(i, seq)
      if (++lines === killAfter) child.kill('SIGKILL')
    }
    const [code, signal] = await ended
    return signal ?? code
  }
  for (let kills = 0; kills < 4; ) {
    if ((await run(1 + random.below(40))) === 'SIGKILL') kills++
    await using records = openSqliteRecords(path, ORIGIN)
    const there = await records.list(0, 1_000)
    expect(there.map(({ seq }) => seq)).toEqual(there.map((_, i) => i + 1))
    for (const [i, seq] of said) expect(there[seq - 1]?.terms).toBe(KILLED[i]!.terms)
  }
  expect(await run(Number.POSITIVE_INFINITY)).toBe(0)
  await using records = openSqliteRecords(path, ORIGIN)
  await using clean = memoryRecords()
  await clean.add(KILLED)
  expect(await recordsHash(records)).toBe(await recordsHash(clean))
}, 60_000)

test('the file of an older desk moves into the store, once and whole, whatever a crash left of it', async () => {
  const path = join(home, 'records.jsonl')
  const lineOf = ({ terms, sealed, atMs }: (typeof FILINGS)[0], i: number) =>
    JSON.stringify({ seq: i + 1, terms, sealed: Buffer.from(sealed).toString('base64'), atMs })
  const lines = FILINGS.map(lineOf)
  writeFileSync(path, [...lines.slice(0, 200), '{"seq":201,"terms":"0xabc', ...lines.slice(200)].join('\n'))
  await using records = memoryRecords()
  await records.add(FILINGS.slice(0, 120)) // an earlier move that was killed
  expect(await moveRecordFile(path, records)).toBe(FILINGS.length)
  expect(existsSync(path)).toBe(false)
  await using clean = memoryRecords()
  await clean.add(FILINGS)
  expect(await recordsHash(records)).toBe(await recordsHash(clean))
  expect(await moveRecordFile(path, records)).toBeNull()
})

test('a record is on disk before the log gives its promise, and one that never came to the log comes at the next start', async () => {
  const { log } = await newLog({ nowMs: START_MS })
  await using records = memoryRecords()
  const sizes: number[] = []
  const watched: typeof log.add = async entry => {
    sizes.push(await records.size())
    return log.add(entry)
  }
  await records.useLog(log.vkey, log.store.size)
  const [taken] = await records.add([FILINGS[0]!])
  const joined = createDeskLog({ add: watched }, records)
  expect(await joined.publish({ ...FILINGS[0]!, seq: taken!.seq })).toContain(log.origin)
  expect(sizes).toEqual([1])
  await records.add(FILINGS.slice(1, 4)) // killed between the two
  await createDeskLog(log, records).publishAll()
  expect(log.store.size).toBe(4)
  expect(await records.unplaced(1)).toEqual([])
  expect(await records.places(FILINGS[2]!.terms.slice(2, 5))).toContain(2)
})
