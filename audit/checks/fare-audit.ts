import { type AuditLine, atMost, type Recomputed, recompute, sum } from '@hexhail/protocol/fare-basis.ts'
import { equalBytes, fromHex } from '@hexhail/protocol/hex.ts'
import { encodeRecord } from '@hexhail/protocol/record.ts'
import type { TripRecord } from '@hexhail/protocol/record-table.ts'
import { type Tariff, waitOf } from '@hexhail/protocol/tariff.ts'
import type { ClassDocument, TripTariff } from '@hexhail/protocol/trip-tariff.ts'
import { countedOf, drivenWay } from '@hexhail/protocol/trip-way.ts'
import { paidOf, type Settled } from '../settled.ts'
import { plainBooks } from './books.ts'
import type { Answer, TripCase, TripCheck } from './check.ts'
import { createLedger, type Ledger } from './ledger.ts'
import { fareAboveQuote } from './proofs/fare-above-quote.ts'
import { fareArithmetic } from './proofs/fare-arithmetic.ts'
import { fareOverTariff } from './proofs/fare-over-tariff.ts'
import { levyShort } from './proofs/levy-short.ts'
import { recordMismatch } from './proofs/record-mismatch.ts'
import { tariffStale } from './proofs/tariff-stale.ts'

/** The checks that a fare hangs on: they need nothing but the settlement, its record and the tariff. */
const FARE_CHECKS: readonly TripCheck[] = [
  recordMismatch,
  fareOverTariff,
  fareAboveQuote,
  fareArithmetic,
  levyShort,
  tariffStale,
]

/** An answer with the id of the check that asked. One that is not ok is a finding. */
export interface AskedAnswer extends Answer {
  readonly check: string
}

/** A settlement held against its tariff: the recomputed lines, every answer, and those that are not ok. */
export interface FareAudit {
  readonly recomputed: Recomputed
  /** Fare, waiting, toll and tip line by line as the tariff and the record give them. */
  readonly lines: readonly AuditLine[]
  readonly due: bigint
  readonly paid: bigint
  readonly answers: readonly AskedAnswer[]
  readonly findings: readonly AskedAnswer[]
  readonly verdict: 'right' | 'wrong'
}

/** A tariff as `auditFare` takes it: with the document behind it and the class of its cars, where they are known. */
export interface FareTariff {
  readonly tariff: Tariff
  readonly by: ClassDocument | null
  /** How many seconds of road the cars drive in one: more than 1 in a demo alone. */
  readonly timeScale: number
  readonly ledger: Ledger
}

/** Makes a tariff ready for many fares. */
export function fareTariff(
  id: number,
  tariff: Tariff,
  by: ClassDocument | null = null,
  timeScale = 1,
): FareTariff {
  const document = by?.document ?? null
  const entry = { id, tariff, document, endsAtS: document?.validTo ?? 0 }
  return { tariff, by, timeScale, ledger: createLedger(plainBooks(0, [entry])) }
}

/** Asks the checks of one settlement with its opened record, and recomputes its lines. */
export function auditFare(given: FareTariff, record: TripRecord, fact: Settled): FareAudit {
  const { tariff, by, timeScale, ledger } = given
  const concession = by?.document.concessions[record.concessionId]?.id
  const of: TripTariff = { tariff, by, timeScale, ...(concession !== undefined && { concession }) }
  const recomputed = recompute(of, record, countedOf(of, drivenWay(record.trace), record))
  const isOfTrip = equalBytes(record.terms, fromHex(fact.terms, 32))
  const trip: TripCase = {
    settled: fact,
    record,
    bytes: encodeRecord(record),
    filed: isOfTrip ? 'opened' : 'unreadable',
  }
  const answers = FARE_CHECKS.flatMap(check =>
    check.ask(trip, ledger).map(answer => ({ check: check.id, ...answer })),
  )
  const extras: AuditLine[] = [
    { key: 'wait', amount: atMost(record.wait, waitOf(tariff, record.waitSecs)) },
    { key: 'toll', amount: record.toll },
    { key: 'tip', amount: fact.tip },
  ]
  const lines = [...recomputed.lines, ...extras.filter(line => line.amount !== 0n)]
  const findings = answers.filter(({ ok }) => !ok)
  const verdict = findings.length === 0 ? 'right' : 'wrong'
  return { recomputed, lines, due: sum(lines), paid: paidOf(fact), answers, findings, verdict }
}
