import { plainBooks } from '@hexhail/audit/checks/books.ts'
import { runAudit } from '@hexhail/audit/checks/run-audit.ts'
import { settledRow } from '@hexhail/audit/checks/settled-row.ts'
import {
  addTo,
  compareMeans,
  compareShares,
  type Sums,
  standOut,
  twoSided,
  wilson,
} from '@hexhail/audit/checks/statistics/intervals.ts'
import { atLeast } from '@hexhail/audit/checks/statistics/phantom.ts'
import { responseDeciles } from '@hexhail/audit/checks/statistics/wav-share.ts'
import { zoneDeciles } from '@hexhail/audit/checks/statistics/zone-deciles.ts'
import { tripsInMemory } from '@hexhail/audit/checks/trip-source.ts'
import { encodeRecord } from '@hexhail/protocol/record.ts'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../bench/audit/random.ts'
import { TARIFF } from '../protocol/demo-tariff.ts'
import { PLAIN, settledTrip, settlementOf } from './settled-trip.ts'

describe('intervals', () => {
  test('chances of a normal number are those of the tables', () => {
    for (const [z, p] of [
      [0, 1],
      [1, 0.3173105],
      [1.959964, 0.05],
      [-2.575829, 0.01],
      [4, 6.334e-5],
    ] as const)
      expect(twoSided(z)).toBeCloseTo(p, 6)
  })

  test("Wilson's interval is that of the textbook", () => {
    const [low, high] = wilson(10, 100)
    expect([low, high]).toEqual([expect.closeTo(0.05523, 4), expect.closeTo(0.17437, 4)])
  })

  test('a chance of five or more where one is expected is that of Poisson', () => {
    expect(atLeast(5, 1)).toBeCloseTo(0.00366, 5)
    expect(atLeast(0, 3)).toBe(1)
  })

  test('Benjamini and Hochberg mark the example of their paper', () => {
    const p = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
      0.759, 1,
    ]
    expect(standOut(p).filter(Boolean).length).toBe(4)
  })
})

describe('zones against all others', () => {
  const random = createRandom(3)
  const noise = () => random() + random() + random() - 1.5

  test('one that is worse stands out, first of all, with its mean in the interval', () => {
    const sums = new Map<string, Sums>()
    for (let i = 0; i < 20_000; i++)
      addTo(sums, `zone ${i % 20}`, 300 + 60 * noise() + (i % 20 === 7 ? 20 : 0))
    const [first, ...rest] = compareMeans(sums)
    expect(first).toMatchObject({ subject: 'zone 7', standsOut: true, count: 1_000 })
    expect([first!.low < 320, first!.high > 320]).toEqual([true, true])
    expect(rest.filter(each => each.standsOut && each.value > each.baseline).length).toBe(0)
  })

  test('of twenty that are all alike, in 200 months, some zone stands out in about one of twenty', () => {
    let months = 0
    for (let month = 0; month < 200; month++) {
      const sums = new Map<string, Sums>()
      for (let i = 0; i < 2_000; i++) addTo(sums, `zone ${i % 20}`, noise())
      if (compareMeans(sums).some(each => each.standsOut)) months++
    }
    expect(months).toBeLessThan(24)
  })

  test('shares are compared by how many there are', () => {
    const sums = new Map<string, Sums>()
    for (let i = 0; i < 1_000; i++) addTo(sums, i < 100 ? 'few' : 'many', i < 40 || i % 10 === 0 ? 1 : 0)
    const few = compareShares(sums).find(each => each.subject === 'few')!
    expect(few).toMatchObject({ value: 0.46, standsOut: true })
    expect(few.baseline).toBeCloseTo(0.1, 5)
  })
})

test('tenths of zones and response times come from what stands in the records', () => {
  const trips = Array.from({ length: 40 }, (_, i) => {
    const { record } = settledTrip(TARIFF, { ...PLAIN, seed: new Uint8Array(32).fill(i + 1) })
    const asked = {
      ...record,
      requestedAtMs: record.startedAtMs - 600_000,
      arrivedAtMs: record.startedAtMs - 600_000 + i * 10_000,
    }
    const made = { ...asked, needs: i < 10 ? 1 : 0 }
    return { settled: settledRow(settlementOf(TARIFF, made)), record: encodeRecord(made) }
  })
  const { table, findings } = runAudit(
    tripsInMemory(trips),
    plainBooks(1_795_400_000, [{ id: 1, tariff: TARIFF, document: null, endsAtS: 0 }]),
  )
  expect(findings).toEqual([])
  const [wheelchair] = responseDeciles(table).filter(each => each.isWav)
  expect(wheelchair).toMatchObject({ count: 10, month: '2026-11' })
  expect(wheelchair!.decilesS[0]).toBe(0)
  expect(wheelchair!.decilesS[8]).toBe(80)
  const sums = new Map(
    Array.from({ length: 20 }, (_, i) => [`z${i}`, { count: 2, sum: 2 * i, squares: 2 * i * i }] as const),
  )
  const deciles = zoneDeciles(sums, (_, each) => each.sum)
  expect(deciles.map(each => each.mean)).toEqual([0.5, 2.5, 4.5, 6.5, 8.5, 10.5, 12.5, 14.5, 16.5, 18.5])
})
