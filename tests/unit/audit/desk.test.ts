import { randomBytes } from 'node:crypto'
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDesk, createMemoryLog, type DeskLog, SEALED_MAX } from '@hexhail/audit/desk.ts'
import { openFileLog } from '@hexhail/audit/file-log.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'

const trip = (n: number): Hex => toHex(new Uint8Array(32).fill(n))
const bytes = (size: number): string => randomBytes(size).toString('base64')

describe.each([
  ['in memory', async () => createMemoryLog()],
  ['in a file', fileLog],
] as [string, () => Promise<DeskLog>][])('a desk %s', (_, openLog) => {
  test('numbers records in the order of arrival and lists those after a number', async () => {
    const desk = await createDesk({ log: await openLog(), now: () => 77 })
    const sealed = [bytes(256), bytes(256), bytes(256)]
    await Promise.all(sealed.map((each, n) => desk.file(trip(n), each)))
    expect(desk.list(0).map(each => each.seq)).toEqual([1, 2, 3])
    expect(desk.list(1, 1)).toEqual([
      { seq: 2, terms: trip(1), sealed: sealed[1], atMs: 77, status: 'unknown' },
    ])
    expect(desk.list(3)).toEqual([])
  })

  test('takes the same record twice as one', async () => {
    const desk = await createDesk({ log: await openLog(), now: () => 0 })
    const sealed = bytes(256)
    const filings = await Promise.all([desk.file(trip(1), sealed), desk.file(trip(1), sealed)])
    expect(filings).toEqual([
      { verdict: 'accept', value: { seq: 1, isNew: true } },
      { verdict: 'accept', value: { seq: 1, isNew: false } },
    ])
    expect(desk.size).toBe(1)
  })
})

test('a desk knows its records again after a restart, also when the last line was torn by a crash', async () => {
  const path = await filePath()
  const first = await openFileLog(path)
  const desk = await createDesk({ log: first, now: () => 5 })
  await desk.file(trip(1), bytes(256))
  await first[Symbol.asyncDispose]()
  await appendFile(path, '{"seq":2,"terms":"0xabc')
  await using second = await openFileLog(path)
  const again = await createDesk({ log: second, now: () => 6 })
  expect(again.size).toBe(1)
  await again.file(trip(2), bytes(256))
  await using third = await openFileLog(path)
  expect((await createDesk({ log: third, now: () => 7 })).list(0).map(each => each.terms)).toEqual([
    trip(1),
    trip(2),
  ])
  expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(4)
})

test('a record without a settlement is pending until there is one', async () => {
  const settled = new Set<Hex>()
  const desk = await createDesk({
    log: createMemoryLog(),
    now: () => 0,
    isSettled: terms => settled.has(terms),
  })
  await desk.file(trip(1), bytes(256))
  expect(desk.list(0)[0]?.status).toBe('pending')
  settled.add(trip(1))
  expect(desk.list(0)[0]?.status).toBe('settled')
})

test('junk for one trip cannot fill the desk, and the trip next to it goes in', async () => {
  const desk = await createDesk({ log: createMemoryLog(), now: () => 0 })
  const filings = []
  for (let n = 0; n < 20; n++) filings.push(await desk.file(trip(1), bytes(64)))
  expect(filings.filter(each => each.verdict === 'accept')).toHaveLength(8)
  expect(filings.at(-1)).toEqual({ verdict: 'ignore', code: 'crowded' })
  expect((await desk.file(trip(2), bytes(64))).verdict).toBe('accept')
})

test('a log that fails is told to the one who files, and the next filing goes on', async () => {
  const lines: string[] = []
  let broken = true
  const log: DeskLog = {
    read: async () => lines,
    append: async line => {
      if (broken) throw new Error('disk full')
      lines.push(line)
    },
  }
  const desk = await createDesk({ log, now: () => 0 })
  const sealed = bytes(64)
  await expect(desk.file(trip(1), sealed)).rejects.toThrow('disk full')
  broken = false
  expect(await desk.file(trip(1), sealed)).toEqual({ verdict: 'accept', value: { seq: 1, isNew: true } })
})

test.each([
  ['0x12', bytes(256), 'terms'],
  ['ff'.repeat(32), bytes(256), 'terms'],
  [null, bytes(256), 'terms'],
  [trip(1), 'not base64!', 'sealed'],
  [trip(1), undefined, 'sealed'],
  [trip(1), bytes(48), 'size'],
  [trip(1), bytes(SEALED_MAX + 1), 'size'],
  [trip(1), 'A'.repeat(1_000_000), 'size'],
])('a filing of %.20s with %.20s is refused: %s', async (terms, sealed, code) => {
  const desk = await createDesk({ log: createMemoryLog(), now: () => 0 })
  expect(await desk.file(terms, sealed)).toEqual({ verdict: 'reject', code })
})

test('a desk never throws, whatever is filed', async () => {
  const desk = await createDesk({ log: createMemoryLog(), now: () => 0 })
  await fc.assert(
    fc.asyncProperty(fc.anything(), fc.anything(), async (terms, sealed) => {
      expect((await desk.file(terms, sealed)).verdict).toBe('reject')
    }),
  )
})

async function filePath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hexhail-desk-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return join(folder, 'deep', 'records.jsonl')
}

async function fileLog(): Promise<DeskLog> {
  const log = await openFileLog(await filePath())
  onTestFinished(() => log[Symbol.asyncDispose]())
  return log
}
