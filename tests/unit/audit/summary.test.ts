import { auditFare, fareTariff } from '@hexhail/audit/checks/fare-audit.ts'
import type { AuditRow } from '@hexhail/audit/settled.ts'
import { byCell, byTariff, K, summarize } from '@hexhail/audit/summary.ts'
import { expect, test } from 'vitest'
import { TARIFF } from '../protocol/demo-tariff.ts'
import { PLAIN, settledTrip } from './settled-trip.ts'

const { record, fact } = settledTrip(TARIFF, PLAIN)
const opened: AuditRow = {
  fact,
  filing: 'opened',
  record,
  audit: auditFare(fareTariff(1, TARIFF), record, fact),
}
const wrong: AuditRow = { ...opened, audit: auditFare(fareTariff(1, TARIFF), record, { ...fact, levy: 0n }) }
const missing: AuditRow = { fact: { ...fact, tariff: 2 }, filing: 'missing', record: null, audit: null }

test('a summary adds every settlement up, opened or not', () => {
  const sums = summarize([opened, wrong, missing])
  expect(sums).toEqual({
    trips: 3,
    fares: 3n * fact.fare,
    waits: 3n * fact.wait,
    tolls: 3n * fact.toll,
    tips: 3n * fact.tip,
    levy: 3n * fact.levy,
    opened: 2,
    missing: 1,
    wrong: 1,
  })
})

test('sums by tariff add up to the whole', () => {
  expect(byTariff([missing, opened, wrong]).map(each => [each.tariff, each.sums.trips])).toEqual([
    [1, 2],
    [2, 1],
  ])
})

test('a cell counts pickups and dropoffs of opened records, and marks too few trips', () => {
  const few = byCell([opened, missing])
  expect(few).toHaveLength(2)
  expect(few[0]).toMatchObject({ cell: record.pickupCell, pickups: 1, dropoffs: 0, small: true })
  expect(few[1]).toMatchObject({ cell: record.destCell, pickups: 0, dropoffs: 1, levy: 0n, small: true })
  expect(byCell(Array.from({ length: K }, () => opened)).every(each => !each.small)).toBe(true)
})

test('res-5 cells take their children together', () => {
  expect(byCell([opened, wrong], 5)).toMatchObject([{ pickups: 2, dropoffs: 2, wrong: 1 }])
})
