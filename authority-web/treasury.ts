import type { AuditRow } from '@hexhail/audit/settled.ts'
import type { Payout } from './ledger.ts'

/** A payment without a receipt, with the tariff's levy in it. */
export type LeviedPayout = Payout & { readonly tariff: number; readonly levy: bigint }

/** What the settlements and payments of one tariff and week say is due. Money in minor units. */
export interface LevyWeek {
  readonly tariff: number
  /** Monday 0 h UTC, unix milliseconds. */
  readonly fromMs: number
  readonly trips: number
  readonly fares: bigint
  /** In the settlements. */
  readonly levy: bigint
  /** Claims, cancels and disputes that paid. */
  readonly others: number
  readonly othersLevy: bigint
}

/** One tariff against the pot that the chain keeps for it. */
export interface LevyPot {
  readonly tariff: number
  readonly due: bigint
  /** In the pot now; null = the chain has not answered. */
  readonly waiting: bigint | null
  /** Due less waiting: it went to the authority. Below zero the facts seen do not explain the pot. */
  readonly collected: bigint | null
}

/** Days between 1970-01-01, a Thursday, and the first Monday. */
const FIRST_MONDAY_S = 4 * 86_400
/** A week of the treasury, milliseconds. */
export const WEEK_MS = 7 * 86_400_000

/** Start of the week of a moment: Monday 0 h UTC, unix milliseconds. */
export const weekOf = (atS: number): number =>
  (Math.floor((atS - FIRST_MONDAY_S) / 604_800) * 604_800 + FIRST_MONDAY_S) * 1_000

/** The levy due by tariff and week, the newest week first. */
export function levyWeeks(rows: readonly AuditRow[], payouts: readonly LeviedPayout[]): LevyWeek[] {
  const weeks = new Map<string, { -readonly [K in keyof LevyWeek]: LevyWeek[K] }>()
  const at = (tariff: number, atS: number) => {
    const fromMs = weekOf(atS)
    const known = weeks.get(`${tariff} ${fromMs}`)
    if (known) return known
    const fresh = { tariff, fromMs, trips: 0, fares: 0n, levy: 0n, others: 0, othersLevy: 0n }
    weeks.set(`${tariff} ${fromMs}`, fresh)
    return fresh
  }
  for (const { fact } of rows) {
    const week = at(fact.tariff, fact.timestampS)
    week.trips++
    week.fares += fact.fare
    week.levy += fact.levy
  }
  for (const { fact, tariff, levy } of payouts) {
    const week = at(tariff, fact.timestampS)
    week.others++
    week.othersLevy += levy
  }
  return [...weeks.values()].sort((a, b) => b.fromMs - a.fromMs || a.tariff - b.tariff)
}

/** What is due of each tariff against what waits in its pot. */
export function levyPots(weeks: readonly LevyWeek[], waiting: ReadonlyMap<number, bigint>): LevyPot[] {
  const due = new Map<number, bigint>()
  for (const { tariff, levy, othersLevy } of weeks)
    due.set(tariff, (due.get(tariff) ?? 0n) + levy + othersLevy)
  return [...due]
    .sort(([a], [b]) => a - b)
    .map(([tariff, sum]) => {
      const pot = waiting.get(tariff) ?? null
      return { tariff, due: sum, waiting: pot, collected: pot === null ? null : sum - pot }
    })
}
