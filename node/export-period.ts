import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { ExportSpan } from './export-source.ts'

const DAY_S = 86_400

/** The UTC time that `2026-11` or `2026-W48` (ISO 8601) names. @throws {HexhailError} 'bad-value' */
export function periodSpan(period: string): ExportSpan {
  const [, year = '', week, month] = /^(\d{4})-(?:W(\d\d)|(\d\d))$/.exec(period) ?? []
  if (month !== undefined && Number(month) >= 1 && Number(month) <= 12)
    return {
      fromS: Date.UTC(Number(year), Number(month) - 1) / 1_000,
      toS: Date.UTC(Number(year), Number(month)) / 1_000,
    }
  if (week !== undefined && Number(week) >= 1 && Number(week) <= 53) {
    // Week 1 has the fourth of January in it.
    const fourth = Date.UTC(Number(year), 0, 4) / 1_000
    const monday = fourth - ((new Date(fourth * 1_000).getUTCDay() + 6) % 7) * DAY_S
    const fromS = monday + (Number(week) - 1) * 7 * DAY_S
    return { fromS, toS: fromS + 7 * DAY_S }
  }
  throw new HexhailError(
    'bad-value',
    `--period takes a month as 2026-11 or a week as 2026-W48, not «${period}».`,
    {},
  )
}
