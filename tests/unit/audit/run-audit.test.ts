import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ALL_CHECKS } from '@hexhail/audit/checks/all-checks.ts'
import { type AuditReport, estimates } from '@hexhail/audit/checks/audit-report.ts'
import { runAudit } from '@hexhail/audit/checks/run-audit.ts'
import { runParallel } from '@hexhail/audit/checks/run-parallel.ts'
import { shareTrips } from '@hexhail/audit/checks/shared-trips.ts'
import { tripsInMemory } from '@hexhail/audit/checks/trip-source.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FRAUDS } from '../../bench/audit/frauds.ts'
import { type Made, makeTrips } from '../../bench/audit/make-trips.ts'
import { score } from '../../bench/audit/score.ts'
import { openTrips } from '../../bench/audit/trip-file.ts'
import { booksOf } from '../../bench/audit/world.ts'

const dir = mkdtempSync(join(tmpdir(), 'hexhail-audit-'))
const path = join(dir, 'trips')
let made: Made
let report: AuditReport

beforeAll(() => {
  made = makeTrips(path, 1_600, 450, 7)
  report = runAudit(openTrips(path), booksOf(made.registers))
})
afterAll(() => rmSync(dir, { recursive: true }))

test('every kind of fraud among honest trips is found by its own check, and nobody else is accused', () => {
  const { missed, falseAlarms, kinds } = score(report.findings, made.seeds)
  expect(missed).toEqual([])
  expect(falseAlarms).toEqual([])
  expect([...kinds.keys()].sort()).toEqual(expect.arrayContaining(FRAUDS.map(fraud => fraud.kind)))
  expect(new Set([...kinds.values()].map(kind => kind.check)).size).toBeGreaterThanOrEqual(15)
})

test('two threads find the same as one, in the same order', async () => {
  const books = booksOf(made.registers)
  const module = new URL('../../bench/audit/trip-file.ts', import.meta.url).href
  const parallel = await runParallel({ module, options: path, rows: made.rows }, books, 2)
  expect(parallel.findings).toEqual(report.findings)
  expect(parallel.asked).toEqual(report.asked)
})

test('threads that share trips in memory find the same, and say of what is sealed that it is', async () => {
  const books = booksOf(made.registers)
  const source = openTrips(path)
  const trips = Array.from({ length: 600 }, (_, row) => {
    const trip = source.trip(row)
    return row % 10 === 0 ? { settled: trip.settled, record: null, isSealed: true } : trip
  })
  const parallel = await runParallel(shareTrips(trips), books, 2)
  const plain = runAudit(tripsInMemory(trips), books)
  expect(parallel.findings).toEqual(plain.findings)
  expect(parallel.asked).toEqual(plain.asked)
  expect(parallel.filed).toEqual(plain.filed)
  expect(plain.findings.length).toBeGreaterThan(20)
  expect(parallel.filed.sealed).toBe(60)
})

test('what there is no data for is said to be not checked, and never passes in silence', () => {
  const books = { ...booksOf(made.registers), permits: null, voids: null, leases: null }
  const { notChecked, findings } = runAudit({ ...openTrips(path), rows: 200 }, books)
  expect(notChecked.map(each => each.check).sort()).toEqual(['A2', 'C4', 'C5', 'G1', 'G2', 'P1', 'Q1', 'W2'])
  expect(notChecked.find(each => each.check === 'P1')?.why).toBe('no data: the register of driver permits')
  expect(findings.filter(each => ['P1', 'C4', 'W2'].includes(each.check))).toEqual([])
})

test('statistics have intervals around their value and are ranked by how unlikely luck is', () => {
  const found = estimates(report.table, booksOf(made.registers))
  expect(found.map(each => each.check)).toEqual(['T2', 'T4', 'A1', 'E1', 'E2'])
  for (const { estimates: all } of found) {
    expect(all.every(({ low, value, high }) => low <= value && value <= high)).toBe(true)
    expect(all.filter(each => each.p < 0).length).toBe(0)
  }
})

test('there are the 28 checks of the list, each with its own id and words', () => {
  const ids = new Set(ALL_CHECKS.map(check => check.id))
  expect(ids.size).toBe(28)
  expect(new Set(ALL_CHECKS.map(check => check.says)).size).toBe(ALL_CHECKS.length)
})
