import { auditFare, fareTariff } from '@hexhail/audit/checks/fare-audit.ts'
import { DEMO_DOCUMENT } from '@hexhail/chain/demo-tariff.ts'
import { shifted } from '@hexhail/protocol/geo.ts'
import { decodeRecord } from '@hexhail/protocol/record.ts'
import type { TripRules } from '@hexhail/protocol/rider-state.ts'
import { TARIFF_UNIT } from '@hexhail/protocol/tariff.ts'
import { chainTariff } from '@hexhail/protocol/tariff-chain.ts'
import type { TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import { expect, test } from 'vitest'
import { settlementOf } from '../audit/settled-trip.ts'
import { PLAN, RULES, tableTop } from './table-top.ts'

/** A meter that runs: metres when quick, seconds when slow. */
const METERED: TariffDocument = {
  ...DEMO_DOCUMENT,
  meter: 'S',
  classes: [{ ...DEMO_DOCUMENT.classes[0]!, changeoverMh: 18_000, minimum: 0 }],
  upfront: { ...DEMO_DOCUMENT.upfront, isAllowed: false },
}

/** Seconds of the road and metres a second: quick, a jam, standing, quick again. */
const ROAD = [
  [240, 10],
  [120, 3],
  [60, 0],
  [180, 10],
] as const
const QUICK_M = 4_200n
const SLOW_S = 180

const plan = { ...PLAN, dest: shifted(PLAN.pickup, 0, 5_000), metres: 4_800, secs: 600 }

test.each([
  [1, 5],
  [5, 4],
  [60, 1],
])('an S meter counts the seconds of the road where cars drive %d of them in one', (timeScale, stepS) => {
  const tariff = chainTariff(METERED, 'car', RULES.tariff.authority)
  const by = { document: METERED, class: 'car' }
  const rules: TripRules = { ...RULES, tariff, document: by, timeScale }
  const table = tableTop({ rules, plan })
  table.toTheDoor()
  table.toDriver({ type: 'pin', digits: '4711' })
  let [metres, secs] = [0, 0]
  for (const [roadS, mps] of ROAD)
    for (let s = 0; s < roadS; s += stepS * timeScale) {
      table.wait(stepS)
      metres += mps * stepS * timeScale
      secs += stepS
      const at = shifted(PLAN.pickup, 0, metres)
      table.toDriver({ type: 'position', at, headingDeg: 0, etaS: 60 })
      table.toDriver({ type: 'meter', metres, secs, moving: mps > 0 })
    }
  table.toDriver({ type: 'finish', early: false })
  table.wait(21)

  const read = decodeRecord(table.driver.trip?.receipt?.record ?? new Uint8Array(0))
  if (read.verdict !== 'accept') throw new Error(read.code)
  const record = read.value
  expect(record.secs).toBe(600 / timeScale)
  // A piece of the trace may lie across a change of speed.
  expect(Math.abs(record.slowSecs - SLOW_S)).toBeLessThanOrEqual(10)
  expect(record.time).toBe((BigInt(record.slowSecs) * 18n * TARIFF_UNIT) / 60n)
  const quick = (QUICK_M * 95n * TARIFF_UNIT) / 1_000n
  expect(record.distance).toBeGreaterThan((quick * 97n) / 100n)
  expect(record.distance).toBeLessThan((quick * 103n) / 100n)
  expect(record.fare).toBeLessThan(record.quote)
  const audited = (scale: number) =>
    auditFare(fareTariff(1, tariff, by, scale), record, settlementOf(tariff, record))
  expect(audited(timeScale)).toMatchObject({ verdict: 'right', due: audited(timeScale).paid })
})
