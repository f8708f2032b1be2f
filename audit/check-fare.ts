import { type AuditLine, atMost, type Recomputed, recompute, sum } from '@hexhail/protocol/fare-basis.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { recordRoot } from '@hexhail/protocol/record.ts'
import type { TripRecord } from '@hexhail/protocol/record-table.ts'
import { fareOf, levyOf, type Tariff, waitOf } from '@hexhail/protocol/tariff.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { type ClassDocument, quotedFare, type TripTariff } from '@hexhail/protocol/trip-tariff.ts'
import { countedOf, drivenWay } from '@hexhail/protocol/trip-way.ts'
import { paidOf, type Settled } from './settled.ts'

/** Every question that a settlement is asked. Each has a plain answer that anyone can recompute. */
export const CHECKS = [
  'TERMS',
  'RECORD_ROOT',
  'TARIFF',
  'FACTOR',
  'QUOTE',
  'FARE',
  'FARE_CAP',
  'LINES',
  'WAIT',
  'TIP_LIMIT',
  'PAID_FARE',
  'PAID_WAIT',
  'PAID_TOLL',
  'PAID_TIP',
  'LEVY',
] as const

/** Name of a question; also the name of the finding when the answer is no. */
export type CheckCode = (typeof CHECKS)[number]

/** A figure of a check: an identifier, money in minor units, a tariff's number, or basis points. */
export type Figure =
  | { readonly unit: 'id'; readonly value: Hex }
  | { readonly unit: 'money'; readonly value: bigint }
  | { readonly unit: 'number' | 'bp'; readonly value: number }

/** One question with what was expected and what was found. `most`: found may be less. A failed one is a finding. */
export interface Check {
  readonly code: CheckCode
  readonly ok: boolean
  readonly rule: 'equal' | 'most'
  readonly expected: Figure
  readonly found: Figure
}

/** A settlement held against the tariff: the recomputed lines, every check, and those that failed. */
export interface FareAudit {
  readonly recomputed: Recomputed
  /** Fare, waiting, toll and tip line by line as the tariff and the record give them. */
  readonly lines: readonly AuditLine[]
  readonly due: bigint
  readonly paid: bigint
  readonly checks: readonly Check[]
  readonly findings: readonly Check[]
  readonly verdict: 'right' | 'wrong'
}

/**
 * Holds a settlement against its opened record, the tariff, and the document behind it where it is known (`by`). Proof
 * only: no statistics, so no false alarm.
 */
export function checkFare(
  tariff: Tariff,
  record: TripRecord,
  fact: Settled,
  by: ClassDocument | null = null,
): FareAudit {
  const concession = by?.document.concessions[record.concessionId]?.id
  const of: TripTariff = { tariff, by, ...(concession !== undefined && { concession }) }
  const counted = countedOf(by, drivenWay(record.trace), record)
  const recomputed = recompute(of, record, counted)
  const cap = fareOf(
    tariff,
    Math.max(record.quoteMetres, record.metres),
    Math.max(record.quoteSecs, record.secs),
    record.bp,
  )
  const wait = waitOf(tariff, record.waitSecs)
  const bp = Math.min(tariff.maxBp, Math.max(tariff.minBp, record.bp))
  const quote = quotedFare(of, record.quoteMetres, record.quoteSecs, record.bp)
  const checks: Check[] = [
    same('TERMS', id(fact.terms), id(toHex(record.terms))),
    same('RECORD_ROOT', id(fact.record), id(recordRoot(record))),
    same('TARIFF', { unit: 'number', value: fact.tariff }, { unit: 'number', value: record.tariff }),
    same('FACTOR', { unit: 'bp', value: bp }, { unit: 'bp', value: record.bp }),
    same('QUOTE', money(quote), money(record.quote)),
    most('FARE', recomputed.limit, record.fare),
    most('FARE_CAP', cap, record.fare),
    same('LINES', money(sum(recomputed.lines)), money(record.fare)),
    most('WAIT', wait, record.wait),
    most('TIP_LIMIT', record.fare, record.tip),
    same('PAID_FARE', money(record.fare), money(fact.fare)),
    same('PAID_WAIT', money(record.wait), money(fact.wait)),
    same('PAID_TOLL', money(record.toll), money(fact.toll)),
    most('PAID_TIP', record.tip, fact.tip), // the vault pays less where the rider's balance is short
    same('LEVY', money(levyOf(tariff, fact.fare)), money(fact.levy)),
  ]
  const extras: AuditLine[] = [
    { key: 'wait', amount: atMost(record.wait, wait) },
    { key: 'toll', amount: record.toll },
    { key: 'tip', amount: fact.tip },
  ]
  const lines = [...recomputed.lines, ...extras.filter(line => line.amount !== 0n)]
  const findings = checks.filter(check => !check.ok)
  const verdict = findings.length === 0 ? 'right' : 'wrong'
  return { recomputed, lines, due: sum(lines), paid: paidOf(fact), checks, findings, verdict }
}

const id = (value: Hex): Figure => ({ unit: 'id', value: value.toLowerCase() as Hex })
const money = (value: bigint): Figure => ({ unit: 'money', value })
const same = (code: CheckCode, expected: Figure, found: Figure): Check => ({
  code,
  ok: expected.value === found.value,
  rule: 'equal',
  expected,
  found,
})
const most = (code: CheckCode, limit: bigint, found: bigint): Check => ({
  code,
  ok: found <= limit,
  rule: 'most',
  expected: money(limit),
  found: money(found),
})
