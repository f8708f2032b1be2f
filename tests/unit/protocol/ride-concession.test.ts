import type { Answer } from '@hexhail/audit/checks/check.ts'
import { createLedger } from '@hexhail/audit/checks/ledger.ts'
import { concessionDenied } from '@hexhail/audit/checks/proofs/concession-denied.ts'
import { fareAboveQuote } from '@hexhail/audit/checks/proofs/fare-above-quote.ts'
import { fareArithmetic } from '@hexhail/audit/checks/proofs/fare-arithmetic.ts'
import { fareOverTariff } from '@hexhail/audit/checks/proofs/fare-over-tariff.ts'
import { wageFloorTrip } from '@hexhail/audit/checks/proofs/wage-floor.ts'
import type { Settled } from '@hexhail/audit/settled.ts'
import { DEMO_DOCUMENT } from '@hexhail/chain/demo-tariff.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { decodeRecord, NO_PROOF } from '@hexhail/protocol/record.ts'
import type { TripRules } from '@hexhail/protocol/rider-state.ts'
import { chainTariff } from '@hexhail/protocol/tariff-chain.ts'
import type { TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import { quotedFare, tariffOf } from '@hexhail/protocol/trip-tariff.ts'
import { describe, expect, it } from 'vitest'
import { PLAN, RULES, SHOWN, START_MS, TAG, tableTop } from './table-top.ts'

const RULE = {
  id: 'student',
  vct: 'urn:hexhail:concession:1',
  category: 'student',
  bp: 5_000,
  most: 0,
} as const

/** The floor lies at three quarters of the fare: half of it is below. */
function rulesOf(borneBy: 'authority' | 'driver'): TripRules {
  const document: TariffDocument = {
    ...DEMO_DOCUMENT,
    concessions: [{ ...RULE, borneBy }],
    wage: { per: 'trip', perKm: 85, perMin: 15, wavPerKm: 85 },
  }
  const tariff = chainTariff(document, 'car', RULES.tariff.authority)
  return { ...RULES, tariff, document: { document, class: 'car' } }
}

const BORNE = rulesOf('authority')
const plan = { ...PLAN, concession: 'student' }
const full = quotedFare(tariffOf(BORNE, true), PLAN.metres, PLAN.secs, 10_000)
const half = quotedFare(tariffOf(BORNE, true, RULE), PLAN.metres, PLAN.secs, 10_000)

function offered(more: Parameters<typeof tableTop>[0] = {}) {
  const table = tableTop({ rules: BORNE, plan, ...more })
  table.hear()
  table.offer()
  return table
}

/** Rides as quoted and settles; what the auditor finds. */
function ridden(rules: TripRules) {
  const table = tableTop({ rules, plan })
  table.toTheDoor()
  table.toDriver({ type: 'pin', digits: '4711' })
  for (let s = 60; s <= PLAN.secs; s += 60) {
    table.wait(60)
    table.toDriver({
      type: 'meter',
      metres: Math.round((PLAN.metres * s) / PLAN.secs),
      secs: s,
      moving: true,
    })
    expect(table.rider.receipt?.fare ?? 0n).toBeLessThanOrEqual(half)
  }
  table.toDriver({ type: 'finish', early: false })
  table.wait(21)
  const bytes = table.driver.trip?.receipt?.record ?? new Uint8Array(0)
  const record = decodeRecord(bytes)
  if (record.verdict !== 'accept') throw new Error(record.code)
  const ledger = createLedger({
    ...{ nowS: START_MS, filingS: 1e9, fastestMps: 60 },
    tariffs: [{ id: RULES.tariffId, tariff: rules.tariff, document: rules.document!.document, endsAtS: 0 }],
  } as unknown as Parameters<typeof createLedger>[0])
  const settled = table.facts.find(fact => fact.fact === 'settled') as Settled
  const asked = [fareOverTariff, fareAboveQuote, fareArithmetic, concessionDenied, wageFloorTrip].flatMap(
    (check): readonly Answer[] =>
      check.ask({ settled, filed: 'opened', record: record.value, bytes: null }, ledger),
  )
  const codes = asked.map(({ code }) => code)
  expect(codes).toEqual(expect.arrayContaining(['CONCESSION', 'FLOOR']))
  return {
    table,
    settled,
    record: record.value,
    found: asked.filter(({ ok }) => !ok).map(({ code }) => code),
  }
}

describe('a ride at a reduced fare', () => {
  it('costs the same in the offer, the terms, the charge and the record, and no check finds anything', () => {
    expect(half).toBe(full - full / 2n)
    const { table, settled, record, found } = ridden(BORNE)
    expect(table.rider.chosen?.fare).toBe(half)
    expect(table.rider.terms?.fare).toBe(half)
    expect(settled.fare).toBe(half)
    expect(record).toMatchObject({ fare: half, quote: half, concession: full / 2n, concessionId: 0 })
    expect(toHex(record.concessionProof)).toBe(SHOWN)
    expect(table.driver.trip?.receipt?.record).toEqual(table.rider.signed?.record)
    expect(found).toEqual([])
  })

  it('is below the wage floor only where the document lets the driver bear it', () => {
    const floor = rulesOf('driver')
    expect(ridden(floor).found).toEqual(['FLOOR'])
  })

  it('is held once the concession was checked, never before', () => {
    const table = offered()
    table.mute.rider = true // what is said next is handed over by hand
    table.choose()
    const said = table.riderDid.flatMap(effect => (effect.type === 'send' ? [effect.message] : []))
    const [select, shown] = said.slice(-2)
    expect([select?.name, shown?.name]).toEqual(['select', 'concession'])
    const hear = (message: NonNullable<typeof select>) =>
      table.toDriver({ type: 'message', tag: TAG, key: table.driver.offers[0]!.card.key, message })
    hear(select!)
    expect(table.driver.trip).toMatchObject({
      phase: 'selected',
      concession: { id: 'student', proof: NO_PROOF },
    })
    expect(table.driverDid.some(effect => effect.type === 'holdTx')).toBe(false)
    hear(shown!)
    expect(table.driver.trip).toMatchObject({ concession: { proof: SHOWN } })
    expect(table.driverDid.filter(effect => effect.type === 'holdTx')).toHaveLength(1)
    hear(shown!) // said again
    expect(table.driverDid.filter(effect => effect.type === 'holdTx')).toHaveLength(1)
  })

  it('is not driven where the concession does not hold, and the rider chooses again', () => {
    for (const laterS of [0, 7_200]) {
      const table = offered({ laterS })
      table.holds = false
      table.choose()
      expect([table.driver.trip, table.driver.booked]).toEqual([null, []])
      expect(table.driver.notice).toBe('concessionRefused')
      expect(table.rider).toMatchObject({ phase: 'offered', notice: 'concessionRefused', concession: null })
      expect(table.facts).toEqual([])
    }
  })

  it('is at the full fare where the driver has no document, or the device has nothing left to show', () => {
    const { document: _, ...bare } = BORNE
    const table = offered({ driverRules: bare })
    expect(table.rider.offers[0]?.fare).toBe(full)
    table.choose()
    expect(table.rider).toMatchObject({ phase: 'held', concession: null, terms: { fare: full } })

    const empty = offered()
    expect(empty.rider.offers[0]?.fare).toBe(half)
    empty.mute.rider = true
    empty.choose()
    empty.toRider({ type: 'failed', effect: 'signTerms', code: 'CONCESSION' })
    expect(empty.rider).toMatchObject({ phase: 'offered', notice: 'concessionGone' })
    expect(empty.rider.plan.concession).toBeUndefined()
    expect(empty.rider.offers[0]?.fare).toBe(full)
  })

  it('is refused where the terms name what the document does not have, or come without it', () => {
    const table = offered({ plan: { ...plan, concession: 'king' } })
    table.mute.rider = true
    table.choose()
    const select = table.riderDid.findLast(effect => effect.type === 'send')?.message
    if (select?.name !== 'select') throw new Error('nothing was selected')
    expect([table.rider.terms?.fare, select.body.concession]).toEqual([full, 255])
    const hear = (body: Partial<typeof select.body>) =>
      table.toDriver({
        ...{ type: 'message', tag: TAG, key: table.driver.offers[0]!.card.key },
        message: { name: 'select', body: { ...select.body, ...body } },
      })
    hear({ concession: 1 })
    expect([table.driver.trip, table.driver.notice]).toEqual([null, 'termsRefused'])
    hear({ concession: 0, document: new Uint8Array(32) })
    expect([table.driver.trip, table.driver.notice]).toEqual([null, 'termsRefused'])
    hear({ concession: 0 }) // the full fare is not what a student pays
    expect([table.driver.trip, table.driver.notice]).toEqual([null, 'termsRefused'])
    hear({})
    expect(table.driver.trip?.terms.fare).toBe(full)
  })
})
