import type { AuditRow } from '@hexhail/audit/settled.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { WEEK_MS, weekOf } from './treasury.ts'

/** How far back the tables look. */
export type Period = 'hour' | 'day' | 'week' | 'all'

/** Which settlements are looked at. Null = all. */
export interface Filter {
  readonly period: Period
  readonly only: 'all' | 'wrong' | 'missing'
  /** Trips that begin or end in this res-7 cell. */
  readonly cell: string | null
  readonly driver: Hex | null
  readonly tariff: number | null
  /** Start of a week of the treasury, unix milliseconds. */
  readonly weekMs: number | null
}

/** Looks at everything. */
export const EVERYTHING: Filter = {
  period: 'all',
  only: 'all',
  cell: null,
  driver: null,
  tariff: null,
  weekMs: null,
}

const PERIOD_S: Readonly<Record<Period, number>> = { hour: 3_600, day: 86_400, week: 604_800, all: Infinity }

/** Whether a settlement is looked at. */
export function passes(filter: Filter, { fact, filing, record, audit }: AuditRow, nowMs: number): boolean {
  if (nowMs / 1_000 - fact.timestampS > PERIOD_S[filter.period]) return false
  if (filter.only === 'wrong' && audit?.verdict !== 'wrong') return false
  if (filter.only === 'missing' && filing === 'opened') return false
  if (filter.driver !== null && fact.driver !== filter.driver) return false
  if (filter.tariff !== null && fact.tariff !== filter.tariff) return false
  if (filter.weekMs !== null && weekOf(fact.timestampS) !== filter.weekMs) return false
  return filter.cell === null || record?.pickupCell === filter.cell || record?.destCell === filter.cell
}

/** From when to when a filter looks, unix ms; null = from the first settlement on. */
export function spanOf(
  { period, weekMs }: Filter,
  nowMs: number,
): { readonly fromMs: number | null; readonly toMs: number } {
  if (weekMs !== null) return { fromMs: weekMs, toMs: Math.min(nowMs, weekMs + WEEK_MS - 1) }
  return { fromMs: period === 'all' ? null : nowMs - PERIOD_S[period] * 1_000, toMs: nowMs }
}
