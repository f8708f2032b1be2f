import type { Answer } from '@hexhail/audit/checks/check.ts'
import { createLedger } from '@hexhail/audit/checks/ledger.ts'
import { concessionDenied } from '@hexhail/audit/checks/proofs/concession-denied.ts'
import { fareAboveQuote } from '@hexhail/audit/checks/proofs/fare-above-quote.ts'
import { fareArithmetic } from '@hexhail/audit/checks/proofs/fare-arithmetic.ts'
import { fareOverTariff } from '@hexhail/audit/checks/proofs/fare-over-tariff.ts'
import { levyShort } from '@hexhail/audit/checks/proofs/levy-short.ts'
import type { Settled } from '@hexhail/audit/settled.ts'
import { DEMO_DOCUMENT } from '@hexhail/chain/demo-tariff.ts'
import { cellAt } from '@hexhail/protocol/cells.ts'
import { type LngLat, shifted } from '@hexhail/protocol/geo.ts'
import { decodeRecord, plainRecord, tripRecord } from '@hexhail/protocol/record.ts'
import type { TripRecord } from '@hexhail/protocol/record-table.ts'
import { fareAtEnd, fareSoFar } from '@hexhail/protocol/ride-fare.ts'
import type { TripRules } from '@hexhail/protocol/rider-state.ts'
import { levyOf, TARIFF_UNIT } from '@hexhail/protocol/tariff.ts'
import { chainTariff } from '@hexhail/protocol/tariff-chain.ts'
import type { TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import { quotedFare, tariffOf } from '@hexhail/protocol/trip-tariff.ts'
import { plannedPath } from '@hexhail/protocol/trip-way.ts'
import { gridDisk, gridPathCells } from 'h3-js'
import { describe, expect, it } from 'vitest'
import { PLAN, RULES, START_MS, tableTop } from './table-top.ts'

type Table = ReturnType<typeof tableTop>
type Fact = Parameters<Table['fact']>[0]

/** The ride goes north from the pickup at 10 m/s for this long, seconds. */
const RIDE_S = 540
const at = (s: number): LngLat => shifted(PLAN.pickup, 0, 10 * s)
const DEST = at(RIDE_S)
const way = gridPathCells(cellAt(PLAN.pickup, 9), cellAt(DEST, 9))
const GANTRY = Math.floor(way.length / 2)

const zone = (id: string, cells: string[], amounts: Partial<TariffDocument['zones'][number]>) => ({
  ...{ id, name: id, cells, pickup: 0, dropoff: 0, through: 0, multBp: 10_000, beneficiary: 'City' },
  ...amounts,
})

/** The demo's tariff with all that comes on top of a fare: zones, a gantry, a levy that riders pay, access. */
const CHARGED: TariffDocument = {
  ...DEMO_DOCUMENT,
  zones: [
    zone('port', gridDisk(cellAt(PLAN.pickup, 9), 1), { pickup: 30 }),
    zone('airport', gridDisk(cellAt(DEST, 9), 1), { dropoff: 150, pickup: 90 }),
    zone('centre', [way[GANTRY]!], { through: 20 }),
    zone('elsewhere', [cellAt([-57, -33], 9)], { through: 500, dropoff: 500 }),
  ],
  tolls: [
    {
      ...{ id: 'bridge', name: 'Bridge', amount: 70, beneficiary: 'Bridge' },
      gantries: [{ from: way[GANTRY]!, to: way[GANTRY + 1]! }],
    },
  ],
  levies: [
    ...DEMO_DOCUMENT.levies,
    { ...DEMO_DOCUMENT.levies[0]!, id: 'clean-air', payer: 'rider', bp: 100, amount: 5 },
  ],
  access: { ...DEMO_DOCUMENT.access, perTrip: 10 },
}

/** A meter that runs: metres when quick, seconds when slow. */
const METERED: TariffDocument = {
  ...CHARGED,
  meter: 'S',
  classes: [{ ...DEMO_DOCUMENT.classes[0]!, changeoverMh: 18_000, minimum: 0 }],
  upfront: { ...DEMO_DOCUMENT.upfront, isAllowed: false },
}

function rulesOf(document: TariffDocument): TripRules {
  const tariff = chainTariff(document, 'car', RULES.tariff.authority)
  return { ...RULES, tariff, document: { document, class: 'car' } }
}

const plan = { ...PLAN, dest: DEST, path: plannedPath([PLAN.pickup, DEST]) }

/** A table at which the rider has boarded. */
function boarded(rules: TripRules, driverRules = rules): Table {
  const table = tableTop({ rules, driverRules, plan })
  table.toTheDoor()
  table.toDriver({ type: 'pin', digits: '4711' })
  return table
}

/** Drives with a place each five seconds; in the middle the car stands for so long. */
function ride(table: Table, untilS = RIDE_S, standsS = 0) {
  let meterS = 0
  for (let s = 5; s <= untilS; s += 5) {
    for (let still = 0; s === 300 && still < standsS; still += 5) {
      table.wait(5)
      meterS += 5
      table.toDriver({ type: 'position', at: at(s - 5), headingDeg: 0, etaS: 60 })
      table.toDriver({ type: 'meter', metres: 10 * (s - 5), secs: meterS, moving: false })
    }
    table.wait(5)
    meterS += 5
    table.toDriver({ type: 'position', at: at(s), headingDeg: 0, etaS: 60 })
    table.toDriver({ type: 'meter', metres: 10 * s, secs: meterS, moving: true })
  }
}

function opened(bytes: Uint8Array | undefined): TripRecord {
  const record = decodeRecord(bytes ?? new Uint8Array(0))
  if (record.verdict !== 'accept') throw new Error(record.code)
  return record.value
}

/** What the auditor finds in a settled trip. */
function findings(table: Table, { tariff, document }: TripRules, record: TripRecord): string[] {
  const ledger = createLedger({
    ...{ nowS: START_MS, filingS: 1e9, fastestMps: 60 },
    tariffs: [{ id: RULES.tariffId, tariff, document: document?.document ?? null, endsAtS: 0 }],
  } as unknown as Parameters<typeof createLedger>[0])
  const settled = table.facts.find(fact => fact.fact === 'settled') as Settled
  const asked = [fareOverTariff, fareAboveQuote, fareArithmetic, levyShort, concessionDenied].flatMap(
    (check): readonly Answer[] => check.ask({ settled, filed: 'opened', record, bytes: null }, ledger),
  )
  expect(asked.length).toBeGreaterThan(10)
  return asked.filter(({ ok }) => !ok).map(({ code }) => code)
}

const settled = (table: Table) => table.facts.find(fact => fact.fact === 'settled')
const line = (id: number, units: number) => ({ id, amount: BigInt(units) * TARIFF_UNIT })

describe('a ride by the document behind the tariff', () => {
  it('pays zones, tolls and levies on top as both reckon them from the way, and no check finds anything', () => {
    const rules = rulesOf(CHARGED)
    const table = boarded(rules)
    expect(table.rider.byDocument && table.driver.trip?.byDocument).toBe(true)
    ride(table)
    table.toDriver({ type: 'finish', early: false })
    table.wait(21)
    const record = opened(table.driver.trip?.receipt?.record)
    expect(record).toEqual(opened(table.rider.signed?.record))
    const quote = quotedFare(tariffOf(rules, true), plan.metres, plan.secs, 10_000)
    const levies = quote / 100n + 5n * TARIFF_UNIT + 10n * TARIFF_UNIT
    const toll = BigInt(30 + 150 + 20 + 70) * TARIFF_UNIT + levies
    expect(settled(table)).toMatchObject({ fare: quote, toll })
    expect(record.zones).toEqual([0, 1, 2])
    expect(record.surcharges).toEqual([
      line(0, 30),
      line(1, 150),
      line(2, 20),
      { id: 0xffff, amount: levies },
    ])
    expect(record.tolls).toEqual([line(0, 70)])
    expect(table.rider.chosen?.charges).toBe(toll)
    expect(table.rider.notice).toBeNull()
    expect(findings(table, rules, record)).toEqual([])
  })

  it('pays tolls passed as it goes, and the rest with the last receipt', () => {
    const rules = rulesOf(CHARGED)
    const table = boarded(rules)
    ride(table, 200)
    expect(table.driver.trip?.receipt?.receipt.toll).toBe(0n)
    ride(table)
    expect(table.driver.trip?.receipt?.receipt.toll).toBe(70n * TARIFF_UNIT)
    table.toDriver({ type: 'settle' })
    expect(findings(table, rules, opened(table.driver.trip?.receipt?.record))).toEqual([])
  })

  it('pays what an S meter counts: metres when quick, seconds when slow, never above the quote', () => {
    const rules = rulesOf(METERED)
    const table = boarded(rules)
    ride(table, 400, 60)
    table.toDriver({ type: 'finish', early: false })
    table.wait(21)
    const record = opened(table.driver.trip?.receipt?.record)
    expect(record.meter).toBe(1)
    expect(record.slowSecs).toBeGreaterThanOrEqual(50)
    expect(record.slowSecs).toBeLessThanOrEqual(70)
    expect(record.time).toBe((BigInt(record.slowSecs) * 18n * TARIFF_UNIT) / 60n)
    expect(record.distance).toBeLessThanOrEqual(4_000n * 95n * (TARIFF_UNIT / 1_000n))
    expect(record.fare).toBe(record.base + record.distance + record.time + record.rounding)
    expect(record.fare).toBeLessThan(record.quote)
    expect(findings(table, rules, record)).toEqual([])
  })

  it('goes by the chain alone where one side has no document, on both sides the same', () => {
    const rules = rulesOf(CHARGED)
    const { document: _, ...bare } = rules
    for (const [mine, his] of [
      [rules, bare],
      [bare, rules],
    ] as const) {
      const table = boarded(mine, his)
      ride(table)
      table.toDriver({ type: 'finish', early: false })
      table.wait(21)
      expect(settled(table)).toMatchObject({
        fare: quotedFare(tariffOf(bare, true), 3_400, 540, 10_000),
        toll: 0n,
      })
      expect(table.driver.trip?.phase).toBe('settled')
    }
  })

  it('is not signed where the driver asks one charge too many: the rider signs what the tariff says', () => {
    const rules = rulesOf(CHARGED)
    // His page's own copy has an airport that is dearer; the hash on the chain is of the true one.
    const dear = CHARGED.zones.map(each => (each.id === 'airport' ? { ...each, dropoff: 900 } : each))
    const driverRules = { ...rules, document: { document: { ...CHARGED, zones: dear }, class: 'car' } }
    const table = boarded(rules, driverRules)
    ride(table)
    table.toDriver({ type: 'finish', early: false })
    expect(table.rider.notice).toBe('chargeRefused')
    expect(table.rider.receipt?.toll).toBeLessThan(900n * TARIFF_UNIT)
    expect(findings(settleByHand(table), rules, opened(table.rider.signed?.record))).toEqual([])
  })

  it('takes a concession off the fare, in the quote, under way and in the record', () => {
    const rule = {
      ...{ id: 'student', vct: 'urn:hexhail:concession:1', category: 'student', bp: 2_500, most: 120 },
      borneBy: 'authority' as const,
    }
    const rules = rulesOf({ ...CHARGED, concessions: [rule] })
    const of = tariffOf(rules, true, rule)
    for (const [metres, off] of [
      [2_000, 2_500n], // a quarter
      [20_000, 0n], // no more than the most
    ] as const) {
      const full = quotedFare(tariffOf(rules, true), metres, 540, 10_000)
      const fare = quotedFare(of, metres, 540, 10_000)
      expect(full - fare).toBe(off ? (full * off) / 10_000n : 120n * TARIFF_UNIT)
      const table = boarded(rules)
      const { terms, plan: asked } = table.rider
      const agreed = { fare, metres, secs: 540, bp: 10_000 }
      const ride = { agreed, startedAtMs: 1, meter: { metres: 1_000, secs: 200 }, trace: { segments: [] } }
      for (const paid of [fare, fareAtEnd(of, ride, true), fareSoFar(of, ride)]) {
        const record = tripRecord(
          {
            ...plainRecord(START_MS),
            ...{ terms: terms!, tariff: rules.tariff, agreed, pickup: asked.pickup, dest: asked.dest },
            ...{
              salt: table.rider.salt,
              by: rules.document!,
              concession: { id: 'student', proof: rules.tariff.document },
            },
          },
          {
            ...{ terms: table.rider.digest!, index: 1, fare: paid, wait: 0n, toll: 0n, tip: 0n },
            ...{ metres: 1_000, secs: 200, waitSecs: 0 },
          },
        )
        expect(record.waived).toBe(0n)
        expect(record.concession).toBeGreaterThan(0n)
        const { toll, wait, tip } = record
        const fact = {
          fact: 'settled' as const,
          rider: terms!.rider,
          driver: terms!.driver,
          tariff: 1,
          wait,
          tip,
          toll,
        }
        table.facts.length = 0
        const hash = rules.tariff.document
        table.fact({ ...fact, fare: paid, levy: levyOf(rules.tariff, paid), record: hash } as Fact, terms!)
        expect(findings(table, rules, record)).toEqual([])
      }
    }
  })

  it('is found by the auditor where both pages charge too much', () => {
    const rules = rulesOf(CHARGED)
    const dear = CHARGED.zones.map(each => (each.id === 'airport' ? { ...each, dropoff: 900 } : each))
    const table = boarded({ ...rules, document: { document: { ...CHARGED, zones: dear }, class: 'car' } })
    ride(table)
    table.toDriver({ type: 'finish', early: false })
    table.wait(21)
    expect(findings(table, rules, opened(table.driver.trip?.receipt?.record))).toEqual(['CHARGES'])
  })
})

/** The driver's page refuses the true receipt; the vault would take it from anyone. */
function settleByHand(table: Table): Table {
  const { terms, receipt } = table.rider
  const { terms: _, index: __, ...paid } = receipt!
  const fact = { fact: 'settled' as const, rider: terms!.rider, driver: terms!.driver, tariff: 1, ...paid }
  table.fact({ ...fact, levy: (paid.fare * 300n) / 10_000n } as Fact, terms!)
  return table
}
