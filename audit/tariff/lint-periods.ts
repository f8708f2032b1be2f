import type { TariffDocument, TariffWindow } from '@hexhail/protocol/tariff-document.ts'
import { type Finding, finding } from './finding.ts'

const DAY = 1_440
const WEEK = 7 * DAY
/** A hole this short between two periods is a slip; a longer one is the plain price. Minutes. */
const SLIP = 60

/** Periods that overlap, leave slips between them or cover nothing; and windows that count on no day. */
export function periodFindings(doc: TariffDocument): Finding[] {
  const listsNone = doc.holidays.length === 0
  const windows = [
    ...doc.periods.map((each, i) => [`periods[${i}]`, each.id, each] as const),
    ...doc.levies.flatMap((levy, i) =>
      levy.when.map((each, j) => [`levies[${i}].when[${j}]`, levy.id, each] as const),
    ),
  ]
  const idle = windows.flatMap(([path, id, window]) => [
    ...(window.days.length === 0 ? [finding('error', `${path}.days`, 'lintPeriodNever', { id })] : []),
    ...(window.holidays === 'only' && listsNone
      ? [finding('error', `${path}.holidays`, 'lintHolidaysMissing')]
      : []),
  ])
  // A week of plain days, and one of holidays: a period may count on one of them only.
  const plain = weekOf(doc, 'only')
  const onHolidays = listsNone ? [] : weekOf(doc, 'never')
  return [...idle, ...(plain.length > 0 ? plain : onHolidays)]
}

/** Overlaps and slips of a week without the windows of one rule. */
function weekOf(doc: TariffDocument, without: TariffWindow['holidays']): Finding[] {
  const who = new Int16Array(WEEK).fill(-1)
  const found: Finding[] = []
  doc.periods.forEach((period, i) => {
    if (period.holidays === without) return
    let told = false
    for (const minute of minutesOf(period)) {
      const before = who[minute]!
      if (before === -1) who[minute] = i
      else if (before !== i && !told) {
        told = true
        const data = { id: doc.periods[before]!.id, other: period.id, ...placeOf(minute) }
        found.push(finding('error', `periods[${i}]`, 'lintPeriodOverlap', data))
      }
    }
  })
  return [...found, ...slips(doc, who)]
}

function* minutesOf({ days, fromMin, toMin }: TariffWindow): Generator<number> {
  const length = toMin > fromMin ? toMin - fromMin : DAY - fromMin + toMin
  for (const day of days) for (let k = 0; k < length; k++) yield ((day - 1) * DAY + fromMin + k) % WEEK
}

/** Short holes between two periods, the first of each pair. */
function slips(doc: TariffDocument, who: Int16Array): Finding[] {
  const found = new Map<string, Finding>()
  for (let minute = 0; minute < WEEK; minute++) {
    const before = who[(minute + WEEK - 1) % WEEK]!
    if (who[minute] !== -1 || before === -1) continue
    let length = 1
    while (length < SLIP && who[(minute + length) % WEEK] === -1) length++
    const after = who[(minute + length) % WEEK]!
    if (length >= SLIP || after === -1) continue
    const data = {
      id: doc.periods[before]!.id,
      other: doc.periods[after]!.id,
      minutes: length,
      ...placeOf(minute),
    }
    const key = `${before} ${after}`
    if (!found.has(key))
      found.set(key, finding('warning', `periods[${after}].fromMin`, 'lintPeriodGap', data))
  }
  return [...found.values()]
}

/** The day's number, 1 = Monday, and the time of a minute of the week. */
function placeOf(minute: number): { readonly day: string; readonly time: string } {
  const of = minute % DAY
  const two = (n: number) => String(n).padStart(2, '0')
  const day = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][Math.floor(minute / DAY)]!
  return { day, time: `${two(Math.floor(of / 60))}:${two(of % 60)}` }
}
