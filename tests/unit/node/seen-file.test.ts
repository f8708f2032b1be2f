import { appendFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSeenFile } from '@hexhail/node/seen-file.ts'
import { afterAll, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'hexhail-seen-'))
afterAll(() => rmSync(folder, { recursive: true }))

const NOW = 1_800_000_000_000
const idOf = (i: number): string => i.toString(16).padStart(40, '0')

it('refuses after a restart what was heard before it, though nobody said goodbye', () => {
  const path = join(folder, 'killed.seen')
  const before = openSeenFile(path, () => NOW)
  for (let i = 0; i < 100; i++) before.add(idOf(i), NOW + 60_000, NOW)
  const after = openSeenFile(path, () => NOW + 30_000)
  for (let i = 0; i < 100; i++) expect(after.has(idOf(i))).toBe(true)
  expect(after.has(idOf(100))).toBe(false)
})

it('leaves out what has expired, and a row that was cut short by the kill', () => {
  const path = join(folder, 'old.seen')
  const before = openSeenFile(path, () => NOW)
  before.add(idOf(1), NOW + 5_000, NOW)
  before.add(idOf(2), NOW + 60_000, NOW)
  appendFileSync(path, new Uint8Array(7))
  const after = openSeenFile(path, () => NOW + 10_000)
  expect([after.has(idOf(1)), after.has(idOf(2)), after.size]).toEqual([false, true, 1])
  expect(statSync(path).size).toBe(24)
})

it('does not let the file grow without end', () => {
  const path = join(folder, 'busy.seen')
  let now = NOW
  const seen = openSeenFile(path, () => now)
  for (let i = 0; i < 60_000; i++) {
    now += 10
    seen.add(idOf(i), now + 1000, now)
  }
  expect(statSync(path).size).toBeLessThan(60_000 * 24)
  expect(openSeenFile(path, () => now).has(idOf(59_999))).toBe(true)
})

it('says in one line what to do where the file cannot be had', () => {
  expect(() => openSeenFile(folder, () => NOW)).toThrow('choose another --seen')
})
