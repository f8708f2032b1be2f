import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'

/** Midnight of a day that an option was given, UTC, unix seconds; null for none. @throws {HexhailError} 'bad-value' */
export function dayOption(option: string, day: string | null): number | null {
  if (day === null) return null
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  if (Number.isFinite(ms)) return ms / 1_000
  throw new HexhailError('bad-value', `--${option} takes a day as 2026-11-01, not «${day}».`, {})
}
