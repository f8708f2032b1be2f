import type { TariffDocument, TariffWindow } from './tariff-document.ts'

/** A moment by a tariff's own clock. */
export interface TariffTime {
  /** Days since 1970-01-01, local. */
  readonly day: number
  /** 1 = Monday … 7 = Sunday. */
  readonly weekday: number
  /** 0 … 1439. */
  readonly minute: number
}

/** Local time of a moment; before the first offset, UTC. */
export function tariffTime({ clock }: Pick<TariffDocument, 'clock'>, unixS: number): TariffTime {
  const offset = clock.offsets.findLast(each => each.fromS <= unixS)?.minutes ?? 0
  const minutes = Math.floor(unixS / 60) + offset
  const day = Math.floor(minutes / 1_440)
  return { day, weekday: weekdayOf(day), minute: minutes - day * 1_440 }
}

/** 1970-01-01 was a Thursday. */
const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1

/** `2026-12-25` as days since 1970-01-01. */
export const dayOf = (date: string): number => Math.floor(Date.parse(`${date}T00:00:00Z`) / 86_400_000)

/** True when a moment lies in a window; `holidays` are the days of the document's list. */
export function inWindow(window: TariffWindow, at: TariffTime, holidays: ReadonlySet<number>): boolean {
  const { fromMin, toMin } = window
  if (toMin > fromMin) return at.minute >= fromMin && at.minute < toMin && countsDay(window, at.day, holidays)
  if (at.minute >= fromMin) return countsDay(window, at.day, holidays)
  return at.minute < toMin && countsDay(window, at.day - 1, holidays)
}

function countsDay(
  { days, holidays: rule }: TariffWindow,
  day: number,
  holidays: ReadonlySet<number>,
): boolean {
  if (!days.includes(weekdayOf(day))) return false
  return rule === 'any' || holidays.has(day) === (rule === 'only')
}

const holidaySets = new WeakMap<readonly string[], ReadonlySet<number>>()

/** The holidays of a document as days since 1970-01-01; kept, since every trip asks. */
export function holidaysOf({ holidays }: Pick<TariffDocument, 'holidays'>): ReadonlySet<number> {
  const set = holidaySets.get(holidays) ?? new Set(holidays.map(dayOf))
  holidaySets.set(holidays, set)
  return set
}

/** Factor of the period that a moment lies in, basis points; 10,000 in none. The first that fits counts. */
export function periodBp(doc: TariffDocument, at: TariffTime): number {
  const holidays = holidaysOf(doc)
  return doc.periods.find(period => inWindow(period, at, holidays))?.multBp ?? 10_000
}
