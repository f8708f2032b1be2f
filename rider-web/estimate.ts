import { plannedCharges } from '@hexhail/protocol/planned-charges.ts'
import { type PriceLine, priceLines } from '@hexhail/protocol/price-line.ts'
import { holdFor } from '@hexhail/protocol/quote.ts'
import type { TripRules } from '@hexhail/protocol/rider-state.ts'
import { quotedLines, tariffOf, usualFactor } from '@hexhail/protocol/trip-tariff.ts'
import { plannedPath } from '@hexhail/protocol/trip-way.ts'
import type { Route } from '@hexhail/streets/router.ts'

/** What a ride would cost before anybody is asked. */
export interface Estimate {
  readonly metres: number
  readonly secs: number
  readonly bp: number
  /** The way in cells as fine as zones are drawn. */
  readonly path: readonly string[]
  /** Fare and all that comes on top if the ride goes as planned. */
  readonly total: bigint
  readonly hold: bigint
  readonly lines: readonly PriceLine[]
}

const sum = (lines: readonly { readonly amount: bigint }[]): bigint =>
  lines.reduce((all, { amount }) => all + amount, 0n)

/** The estimate of a way that begins at a moment, unix ms; `concession`: id of what will be shown, null for the full fare. */
export function estimateOf(
  rules: TripRules,
  route: Pick<Route, 'distanceM' | 'durationS' | 'geometry'>,
  beginsAtMs: number,
  concession: string | null,
): Estimate {
  const metres = Math.round(route.distanceM)
  const secs = Math.round(route.durationS)
  const of = tariffOf(rules, true, concession === null ? null : { id: concession })
  const bp = usualFactor(of, Math.floor(beginsAtMs / 1000))
  const lines = quotedLines(of, metres, secs, bp)
  const fare = sum(lines)
  const path = plannedPath(route.geometry)
  const charges = plannedCharges(of, { path, beginsAtMs, propulsion: 0, fare })
  return {
    ...{ metres, secs, bp, path },
    total: fare + sum(charges),
    hold: holdFor(rules.tariff, fare, sum(charges)),
    lines: priceLines(lines, charges),
  }
}
