const DAY_MS = 86_400_000

/** ISO 8601 week of a moment in UTC: `2026-W48`; it is of the year that its Thursday is in. */
export function isoWeekOf(atMs: number): string {
  const day = Math.floor(atMs / DAY_MS)
  const thursday = day - ((day + 3) % 7) + 3 // day 0 is a Thursday
  const year = new Date(thursday * DAY_MS).getUTCFullYear()
  const week = Math.floor((thursday - Date.UTC(year, 0, 1) / DAY_MS) / 7) + 1
  return `${year}-W${String(week).padStart(2, '0')}`
}
