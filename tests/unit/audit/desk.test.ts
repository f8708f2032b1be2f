import { randomBytes } from 'node:crypto'
import { createDesk } from '@hexhail/audit/desk.ts'
import { SEALED_MAX } from '@hexhail/audit/sealed-fault.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memoryDesk, memoryRecords } from './memory-desk.ts'

const trip = (n: number): Hex => toHex(new Uint8Array(32).fill(n))
const bytes = (size: number): string => randomBytes(size).toString('base64')
const numbers = (filings: readonly Awaited<ReturnType<ReturnType<typeof memoryDesk>['file']>>[]) =>
  filings.map(each => (each.verdict === 'accept' ? [each.value.record.seq, each.value.isNew] : each.code))

test('numbers records in the order of arrival and lists those after a number', async () => {
  const desk = memoryDesk(() => 77)
  const sealed = [bytes(256), bytes(256), bytes(256)]
  await Promise.all(sealed.map((each, n) => desk.file(trip(n), each)))
  expect((await desk.list(0)).map(each => each.seq)).toEqual([1, 2, 3])
  expect(await desk.list(1, 1)).toEqual([
    { seq: 2, terms: trip(1), sealed: sealed[1], atMs: 77, status: 'unknown' },
  ])
  expect(await desk.list(3)).toEqual([])
})

test('takes the same record twice as one, also of filings that are written together', async () => {
  const desk = memoryDesk()
  const sealed = bytes(256)
  const filings = await Promise.all([desk.file(trip(1), sealed), desk.file(trip(1), sealed)])
  expect(numbers([...filings, await desk.file(trip(1), sealed)])).toEqual([
    [1, true],
    [1, false],
    [1, false],
  ])
  expect(await desk.size()).toBe(1)
})

test('a record without a settlement is pending until there is one', async () => {
  const settled = new Set<Hex>()
  const desk = createDesk({
    records: memoryRecords(),
    now: () => 0,
    isSettled: terms => settled.has(terms),
  })
  await desk.file(trip(1), bytes(256))
  expect((await desk.list(0))[0]?.status).toBe('pending')
  settled.add(trip(1))
  expect((await desk.list(0))[0]?.status).toBe('settled')
})

test('junk for one trip cannot fill the desk, and the trip next to it goes in', async () => {
  const desk = memoryDesk()
  const filings = await Promise.all(Array.from({ length: 20 }, () => desk.file(trip(1), bytes(64))))
  expect(filings.filter(each => each.verdict === 'accept')).toHaveLength(8)
  expect(filings.at(-1)).toEqual({ verdict: 'ignore', code: 'crowded' })
  expect(numbers([await desk.file(trip(2), bytes(64))])).toEqual([[9, true]])
})

test('a store that fails is told to the one who files, and the next filing goes on', async () => {
  const records = memoryRecords()
  let broken = true
  const add: typeof records.add = filings => {
    if (broken) throw new Error('disk full')
    return records.add(filings)
  }
  const desk = createDesk({ records: { ...records, add }, now: () => 0 })
  const sealed = bytes(64)
  await expect(desk.file(trip(1), sealed)).rejects.toThrow('disk full')
  broken = false
  expect(numbers([await desk.file(trip(1), sealed)])).toEqual([[1, true]])
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
  expect(await memoryDesk().file(terms, sealed)).toEqual({ verdict: 'reject', code })
})

test('a desk never throws, whatever is filed', async () => {
  const desk = memoryDesk()
  await fc.assert(
    fc.asyncProperty(fc.anything(), fc.anything(), async (terms, sealed) => {
      expect((await desk.file(terms, sealed)).verdict).toBe('reject')
    }),
  )
})
