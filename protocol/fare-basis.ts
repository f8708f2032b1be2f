import type { TripRecord } from './record-table.ts'
import { cancelCeiling, type FareLine } from './tariff.ts'
import {
  type Counted,
  endFare,
  isUpfront,
  meteredLines,
  quotedLines,
  type TripTariff,
  vestedLines,
} from './trip-tariff.ts'

/**
 * What a fare stands on: the quote agreed before the ride, the meter after an early stop, the part earned so far when
 * the last running receipt was settled, the fee of a cancelled trip, or a sum below all of these that both accepted.
 */
export type FareBasis = 'quote' | 'metered' | 'vested' | 'cancel' | 'less'

/**
 * One line of a recomputed fare, minor units. `units`: steps of the meter; `concession`: below zero; `cancel`: the fee of a
 * trip that never began; `less`: what was waived.
 */
export interface AuditLine {
  readonly key: FareLine['key'] | 'units' | 'concession' | 'cancel' | 'less'
  readonly amount: bigint
}

/** The fare as the tariff gives it, line by line; the lines add up to `fare`, which is never above `limit`. */
export interface Recomputed {
  readonly basis: FareBasis
  readonly lines: readonly AuditLine[]
  readonly fare: bigint
  /** The most that may be asked on this basis. */
  readonly limit: bigint
  /** Metres and seconds that the lines count. */
  readonly metres: number
  readonly secs: number
}

/** The figures of a record that its fare is recomputed from. */
export type FareFigures = Pick<
  TripRecord,
  'bp' | 'fare' | 'quote' | 'quoteMetres' | 'quoteSecs' | 'metres' | 'secs' | 'startedAtMs'
>

/**
 * Recomputes the fare of a record from nothing but the tariff and the record's own figures. `counted`: what the meter
 * counts of the way driven, where it is not all of it.
 */
export function recompute(
  of: TripTariff,
  record: FareFigures,
  counted: Counted = { metres: record.metres, secs: record.secs },
): Recomputed {
  const { bp, fare, quote, quoteMetres, quoteSecs, secs } = record
  const agreed = { fare: quote, metres: quoteMetres, secs: quoteSecs, bp }
  if (record.startedAtMs === 0) {
    const limit = cancelCeiling(of.tariff, quote)
    const due = atMost(fare, limit)
    const lines: AuditLine[] = due === 0n ? [] : [{ key: 'cancel', amount: due }]
    return { basis: 'cancel', lines, fare: due, limit, metres: record.metres, secs }
  }
  const isAgreed = isUpfront(of)
  const upfront = quotedLines(of, quoteMetres, quoteSecs, bp)
  const full = { metres: quoteMetres, secs: quoteSecs, limit: quote }
  if (isAgreed && fare >= quote) return { basis: 'quote', lines: upfront, fare: sum(upfront), ...full }
  const driven = { ...counted, limit: quote, fare }
  const metered = meteredLines(of, counted, bp)
  if (fare === endFare(of, agreed, counted, true) && fare === sum(metered))
    return { basis: 'metered', lines: metered, ...driven }
  const vested = vestedLines(of, agreed, counted, secs)
  if (fare === sum(vested)) return { basis: 'vested', lines: vested, ...driven }
  const lines = isAgreed ? upfront : metered
  const waived = fare - sum(lines)
  return { basis: 'less', lines: [...lines, { key: 'less', amount: waived }], fare, ...full }
}

/** The sum of lines, minor units. */
export const sum = (lines: readonly AuditLine[]): bigint =>
  lines.reduce((total, line) => total + line.amount, 0n)

/** An amount, cut at a limit. */
export function atMost(amount: bigint, limit: bigint): bigint {
  if (amount > limit) return limit
  return amount
}
