import type { TripRecord } from '@hexhail/protocol/record-table.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { Settled } from '../settled.ts'
import type { Books } from './books.ts'
import type { Ledger } from './ledger.ts'
import type { FILED, TripColumns } from './trip-columns.ts'

/** A figure: an identifier, money in minor units, a moment in unix ms, or a number of a unit. */
export type Figure =
  | { readonly unit: 'id'; readonly value: Hex }
  | { readonly unit: 'money'; readonly value: bigint }
  | { readonly unit: 'number' | 'bp' | 'm' | 's' | 'ms' | 'mps'; readonly value: number }

/** How what was found must stand to what was expected. */
export type Rule = 'equal' | 'most' | 'least'

/** One question with what was expected and what was found. */
export interface Answer<Code extends string = string> {
  readonly code: Code
  readonly ok: boolean
  readonly rule: Rule
  readonly expected: Figure
  readonly found: Figure
}

/** One settlement with its record, read exactly. */
export interface TripCase {
  readonly settled: Settled
  readonly filed: keyof typeof FILED
  /** The record that both signed; null where it is not at hand or cannot be read. */
  readonly record: TripRecord | null
  /** What was filed, as bytes. */
  readonly bytes: Uint8Array | null
}

/** What a check needs besides settlements. */
export type Need =
  | Exclude<keyof Books, 'nowS' | 'filingS' | 'fastestMps' | 'tariffs' | 'openTrips'>
  | 'documents'

/** What every check has: its id in audit-checks.json, its name there, and what it asks in plain words. */
interface About {
  readonly id: string
  readonly name: string
  readonly says: string
  readonly needs: readonly Need[]
}

/** What a look at one row says. */
export const LOOK = { notAsked: 0, clean: 1, suspect: 2 } as const
export type Look = (typeof LOOK)[keyof typeof LOOK]

/**
 * A fact about one trip. `look` is quick and may suspect too much, never too little; `ask` is exact and decides: a trip
 * is a finding when one of its answers is not ok. Whoever has the evidence can ask the same.
 */
export interface TripCheck extends About {
  readonly kind: 'proof'
  readonly scope: 'trip'
  look(t: TripColumns, i: number, ledger: Ledger): Look
  ask(trip: TripCase, ledger: Ledger): readonly Answer[]
}

/** A fact about several trips together, found by looking at a whole table. */
export interface GroupCheck extends About {
  readonly kind: 'proof'
  readonly scope: 'group'
  /** Groups of rows that may be a finding; only those whose key falls to `part` of `parts`. */
  suspects(t: TripColumns, ledger: Ledger, part: number, parts: number): Iterable<readonly number[]>
  ask(trips: readonly TripCase[], ledger: Ledger): readonly Answer[]
}

/** A fact that stands in the books, not in trips. */
export interface BookCheck extends About {
  readonly kind: 'proof'
  readonly scope: 'books'
  find(books: Books): readonly { readonly subject: string; readonly answers: readonly Answer[] }[]
}

/** What a statistic says of one subject: a rate or a mean with its 95 % interval. Never a violation. */
export interface Estimate {
  /** A zone (H3 cell), a driver or a pair. */
  readonly subject: string
  readonly value: number
  readonly low: number
  readonly high: number
  /** Trips or requests behind it. */
  readonly count: number
  /** Value of all others. */
  readonly baseline: number
  /** Chance of such a difference by luck alone. */
  readonly p: number
  /** True where it stands out after Benjamini and Hochberg at 5 % over all subjects of the check. */
  readonly standsOut: boolean
}

/** A look at many trips that proves nothing about one: ranked, with intervals. */
export interface StatisticCheck extends About {
  readonly kind: 'statistical' | 'metric'
  readonly scope: 'table'
  /** What `value` is. */
  readonly measure: string
  estimate(t: TripColumns, books: Books): readonly Estimate[]
}

/** Any of the 28. */
export type Check = TripCheck | GroupCheck | BookCheck | StatisticCheck
