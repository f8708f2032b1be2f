import { dayOf } from '@hexhail/protocol/tariff-clock.ts'
import type { TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import { type Finding, finding } from './finding.ts'

/** A tariff without an end is looked at so far ahead. */
const AHEAD_S = 2 * 366 * 86_400
const STEP_S = 86_400

/** Whether the days are days and the offsets those of the time zone, by the tz data of this machine. */
export function clockFindings(doc: TariffDocument): Finding[] {
  const days = doc.holidays.flatMap((date, i) =>
    new Date(dayOf(date) * 86_400_000).toISOString().startsWith(date)
      ? []
      : [finding('error', `holidays[${i}]`, 'lintDate', { date })],
  )
  const { offsets, tz } = doc.clock
  const isSorted = offsets.every((each, i) => i === 0 || each.fromS > offsets[i - 1]!.fromS)
  if (!isSorted || offsets.length === 0 || offsets[0]!.fromS > doc.validFrom)
    return [...days, finding('error', 'clock.offsets', 'lintOffsetsOrder')]
  const minutesOf = offsetReader(tz)
  if (minutesOf === null) return [...days, finding('error', 'clock.tz', 'lintZone', { tz })]
  const until = Math.min(doc.validTo || Number.POSITIVE_INFINITY, doc.validFrom + AHEAD_S)
  for (let atS = doc.validFrom; atS < until; atS += STEP_S) {
    const i = offsets.findLastIndex(each => each.fromS <= atS)
    const found = offsets[i]!.minutes
    const wanted = minutesOf(atS)
    if (found === wanted) continue
    const date = new Date(atS * 1_000).toISOString().slice(0, 10)
    return [...days, finding('warning', `clock.offsets[${i}]`, 'lintOffset', { date, tz, wanted, found })]
  }
  return days
}

/** Minutes east of UTC in a zone; null for a zone that is not known. */
function offsetReader(timeZone: string): ((unixS: number) => number) | null {
  try {
    const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    return unixS => {
      const name = format.formatToParts(unixS * 1_000).find(part => part.type === 'timeZoneName')?.value ?? ''
      const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? []
      return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) || 0
    }
  } catch {
    return null
  }
}
