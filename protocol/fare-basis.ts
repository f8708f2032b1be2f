import { finalFare, VEST_S, vestedFare } from './quote.ts'
import type { TripRecord } from './record-table.ts'
import {
  cancelCeiling,
  distancePart,
  type FareLine,
  fareLines,
  TARIFF_UNIT,
  type Tariff,
  timePart,
} from './tariff.ts'

/**
 * What a fare stands on: the quote agreed before the ride, the meter after an early stop, the part earned so far when
 * the last running receipt was settled, the fee of a cancelled trip, or a sum below all of these that both accepted.
 */
export type FareBasis = 'quote' | 'metered' | 'vested' | 'cancel' | 'less'

/** One line of a recomputed fare, minor units. `cancel` is the fee of a trip that never began, `less` what was waived. */
export interface AuditLine {
  readonly key: FareLine['key'] | 'cancel' | 'less'
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

/** Recomputes the fare of a record from nothing but the tariff and the record's own figures. */
export function recompute(tariff: Tariff, record: FareFigures): Recomputed {
  const { bp, fare, quote, quoteMetres, quoteSecs, metres, secs } = record
  const agreed = { fare: quote, metres: quoteMetres, secs: quoteSecs, bp }
  if (record.startedAtMs === 0) {
    const limit = cancelCeiling(tariff, quote)
    const due = atMost(fare, limit)
    const lines: AuditLine[] = due === 0n ? [] : [{ key: 'cancel', amount: due }]
    return { basis: 'cancel', lines, fare: due, limit, metres, secs }
  }
  const upfront = fareLines(tariff, quoteMetres, quoteSecs, bp)
  const full = { metres: quoteMetres, secs: quoteSecs, limit: quote }
  if (fare >= quote) return { basis: 'quote', lines: upfront, fare: sum(upfront), ...full }
  const driven = { metres, secs, limit: quote, fare }
  if (fare === finalFare(tariff, agreed, metres, secs, true)) {
    return { basis: 'metered', lines: fareLines(tariff, metres, secs, bp), ...driven }
  }
  if (fare === vestedFare(tariff, agreed, metres, secs)) {
    return { basis: 'vested', lines: vestedLines(tariff, record), ...driven }
  }
  const waived = fare - sum(upfront)
  return { basis: 'less', lines: [...upfront, { key: 'less', amount: waived }], fare, ...full }
}

/** The lines of a running receipt: the base grows over the first two minutes, and no minimum holds yet. */
function vestedLines(tariff: Tariff, { metres, secs, bp, fare }: FareFigures): AuditLine[] {
  const base = (BigInt(tariff.base) * TARIFF_UNIT * BigInt(Math.min(secs, VEST_S))) / BigInt(VEST_S)
  const distance = distancePart(tariff, metres)
  const time = timePart(tariff, secs)
  const plain = base + distance + time
  const factor = (plain * BigInt(bp)) / 10_000n - plain
  const lines: AuditLine[] = [
    { key: 'base', amount: base },
    { key: 'distance', amount: distance },
    { key: 'time', amount: time },
    { key: 'factor', amount: factor },
    { key: 'rounding', amount: fare - plain - factor },
  ]
  return lines.filter(line => line.amount !== 0n)
}

/** The sum of lines, minor units. */
export const sum = (lines: readonly AuditLine[]): bigint =>
  lines.reduce((total, line) => total + line.amount, 0n)

/** An amount, cut at a limit. */
export function atMost(amount: bigint, limit: bigint): bigint {
  if (amount > limit) return limit
  return amount
}
