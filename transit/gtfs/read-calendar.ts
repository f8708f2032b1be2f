import type { FeedService } from './feed.ts'
import { choice, date, id, needed } from './field.ts'
import { type FeedSource, readRows } from './read-rows.ts'

const day = needed(choice(1))
const CALENDAR = {
  serviceId: id,
  ...{ monday: day, tuesday: day, wednesday: day, thursday: day, friday: day, saturday: day, sunday: day },
  startDate: needed(date),
  endDate: needed(date),
}
const EXCEPTION = { serviceId: id, date: needed(date), exceptionType: needed(choice(2)) }
const ADDED = 1
const REMOVED = 2

/** Days that one service may span; a hostile feed could say a million. */
const MOST_DAYS = 12 * 366

/** Services with all their days, by calendar.txt and the exceptions of calendar_dates.txt. */
export function readServices(source: FeedSource): FeedService[] {
  const { files, complaints } = source
  const weeks = readRows(source, 'calendar.txt', CALENDAR, {
    isNeeded: !files.has('calendar_dates.txt'),
    key: ['serviceId'],
  })
  const days = new Map<string, Set<number>>()
  for (const week of weeks) {
    const runs = [
      ...[week.thursday, week.friday, week.saturday, week.sunday],
      ...[week.monday, week.tuesday, week.wednesday],
    ]
    const at = { file: 'calendar.txt', row: week.row, column: 'end_date', value: week.serviceId }
    const last = Math.min(week.endDate, week.startDate + MOST_DAYS - 1)
    if (last < week.endDate) complaints.add('warning', 'SERVICE_LONG', at)
    const set = new Set<number>()
    // 1970-01-01 was a Thursday.
    for (let d = week.startDate; d <= last; d++) if (runs[d % 7] === 1) set.add(d)
    days.set(week.serviceId, set)
  }
  const exceptions = readRows(source, 'calendar_dates.txt', EXCEPTION, { key: ['serviceId', 'date'] })
  for (const { serviceId, date: d, exceptionType, row } of exceptions) {
    let set = days.get(serviceId)
    if (set === undefined) days.set(serviceId, (set = new Set()))
    if (exceptionType === ADDED) set.add(d)
    else if (exceptionType === REMOVED) set.delete(d)
    else
      complaints.add('error', 'VALUE_BAD', {
        file: 'calendar_dates.txt',
        row,
        column: 'exception_type',
        value: String(exceptionType),
      })
  }
  return [...days].map(([serviceId, set]) => {
    const sorted = [...set].sort((a, b) => a - b)
    const kept = sorted.filter(d => d < sorted[0]! + MOST_DAYS)
    const value = serviceId
    if (kept.length < sorted.length)
      complaints.add('warning', 'SERVICE_LONG', { file: 'calendar_dates.txt', value })
    if (kept.length === 0) complaints.add('warning', 'SERVICE_EMPTY', { file: 'calendar.txt', value })
    return { id: serviceId, days: kept }
  })
}
