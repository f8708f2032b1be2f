import { auditFare, fareTariff } from '@hexhail/audit/checks/fare-audit.ts'
import type { Settled } from '@hexhail/audit/settled.ts'
import type { TripRecord } from '@hexhail/protocol/record-table.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TARIFF } from '../protocol/demo-tariff.ts'
import { anyTrip, PLAIN, settledTrip, settlementOf } from './settled-trip.ts'

const OF = fareTariff(1, TARIFF)
const codes = (record: TripRecord, fact: Settled): string[] =>
  auditFare(fact.tariff === 1 ? OF : fareTariff(fact.tariff, TARIFF), record, fact).findings.map(
    ({ check, code }) => `${check} ${code}`,
  )

describe('a settlement of honest clients', () => {
  test('is right, whatever the trip and however it ended', () => {
    fc.assert(
      fc.property(anyTrip, figures => {
        const { record, fact } = settledTrip(TARIFF, figures)
        expect(auditFare(OF, record, fact)).toMatchObject({ findings: [], verdict: 'right' })
      }),
      { numRuns: 2_000 },
    )
  })

  test('has lines that add up to what the rider paid, to the unit', () => {
    fc.assert(
      fc.property(anyTrip, figures => {
        const { record, fact } = settledTrip(TARIFF, figures)
        const audit = auditFare(OF, record, fact)
        expect(audit.due).toBe(audit.paid)
        expect(audit.lines.reduce((sum, line) => sum + line.amount, 0n)).toBe(audit.paid)
      }),
    )
  })

  test('says what the fare stands on', () => {
    const basis = (ending: typeof PLAIN.ending, part: number) => {
      const { record, fact } = settledTrip(TARIFF, { ...PLAIN, ending, part })
      return auditFare(OF, record, fact).recomputed.basis
    }
    expect([basis('quote', 1), basis('early', 0.5), basis('vested', 0.05), basis('cancel', 1)]).toEqual([
      'quote',
      'metered',
      'vested',
      'cancel',
    ])
  })

  test('may take less than the tariff gives, and shows what was waived', () => {
    const { record } = settledTrip(TARIFF, PLAIN)
    const cheap = { ...record, fare: record.fare - 130_000n, base: record.base - 130_000n, tip: 0n }
    const audit = auditFare(OF, cheap, settlementOf(TARIFF, cheap))
    expect(audit).toMatchObject({ verdict: 'right', recomputed: { basis: 'less' } })
    expect(audit.lines).toContainEqual({ key: 'less', amount: -130_000n })
  })

  test('may pay a smaller tip than signed when the balance was short, and never a larger one', () => {
    const { record, fact } = settledTrip(TARIFF, PLAIN)
    expect(codes(record, { ...fact, tip: fact.tip - 1n })).toEqual([])
    expect(codes(record, { ...fact, tip: fact.tip + 1n })).toEqual(['F3 PAID_TIP'])
  })
})

describe('a settlement that one unit is wrong in', () => {
  const { record, fact } = settledTrip(TARIFF, PLAIN)
  const settled: readonly [string, Partial<Settled>, string[]][] = [
    ['fare', { fare: fact.fare + 1n }, ['F3 PAID_FARE']],
    ['waiting', { wait: fact.wait + 1n }, ['F3 PAID_WAIT']],
    ['toll', { toll: fact.toll + 1n }, ['F3 PAID_TOLL']],
    ['levy', { levy: fact.levy - 1n }, ['L1 LEVY']],
    ['tariff', { tariff: 2 }, ['F3 TARIFF']],
    ['record root', { record: `0x${'00'.repeat(32)}` }, ['C2 RECORD_ROOT']],
    ['trip', { terms: `0x${'00'.repeat(32)}` }, ['C2 READABLE']],
  ]
  test.each(settled)('on the chain (%s) has that finding', (_, change, expected) => {
    expect(codes(record, { ...fact, ...change })).toEqual(expected)
  })

  const signed: readonly [string, Partial<TripRecord>, string[]][] = [
    ['fare over the quote', { fare: record.fare + 1n }, ['F1 FARE_CAP', 'F2 FARE', 'F3 LINES']],
    ['waiting over the tariff', { wait: record.wait + 1n }, ['F1 WAIT']],
    ['tip over the fare', { tip: record.fare + 1n }, ['F3 TIP_LIMIT']],
    ['factor over the bound', { bp: TARIFF.maxBp + 1 }, ['F1 FACTOR']],
    ['a quote that the tariff does not give', { quote: record.quote + 1n }, ['F1 QUOTE']],
  ]
  test.each(signed)(
    'in the record (%s) has that finding, although the vault took it',
    (_, change, expected) => {
      const changed = { ...record, ...change }
      expect(codes(changed, settlementOf(TARIFF, changed))).toEqual(expected)
    },
  )

  test('in a cancel fee over the tariff has that finding', () => {
    const free = settledTrip(TARIFF, { ...PLAIN, ending: 'cancel' }).record
    const dear = { ...free, fare: free.quote, cancelFee: free.quote }
    expect(codes(dear, settlementOf(TARIFF, dear))).toContain('F1 CANCEL_FEE')
  })

  test('in any figure of the record does not have the root that was settled', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<keyof TripRecord>(
          'tariff',
          'bp',
          'quoteMetres',
          'quoteSecs',
          'metres',
          'secs',
          'waitSecs',
          'startedAtMs',
        ),
        key => {
          const changed = { ...record, [key]: (record[key] as number) + 1 }
          expect(codes(changed, fact)).toContain('C2 RECORD_ROOT')
        },
      ),
    )
  })

  test('shows what was expected and what was found', () => {
    const finding = auditFare(OF, record, { ...fact, levy: fact.levy + 5n }).findings[0]
    expect(finding).toMatchObject({
      code: 'LEVY',
      expected: { unit: 'money', value: fact.levy },
      found: { unit: 'money', value: fact.levy + 5n },
    })
  })
})
