/** Durations, lengths, speeds and moments in the reader's notation. */

/** Seconds as `45 s`, `4 min`, `1 h 5 min`; minutes are rounded up, since a wait is never shorter than shown. */
export function formatDuration(seconds: number, tag: string): string {
  if (seconds < 60) return unit(Math.max(0, Math.round(seconds)), 'second', tag)
  const minutes = Math.ceil(seconds / 60)
  if (minutes < 60) return unit(minutes, 'minute', tag)
  const rest = minutes % 60
  const hours = unit(Math.floor(minutes / 60), 'hour', tag)
  return rest === 0 ? hours : `${hours} ${unit(rest, 'minute', tag)}`
}

/** Seconds as a running clock: `0:07`, `12:30`, `1:02:03`. */
export function formatClock(seconds: number): string {
  const total = Math.max(0, Math.floor(seconds))
  const two = (n: number): string => String(n).padStart(2, '0')
  const hours = Math.floor(total / 3600)
  const minutes = Math.floor(total / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(total % 60)}` : `${minutes}:${two(total % 60)}`
}

/** Metres as `80 m`, `350 m`, `2.4 km`, `18 km`. */
export function formatDistance(metres: number, tag: string): string {
  if (metres < 995) return unit(Math.round(metres / 10) * 10, 'meter', tag)
  const km = metres / 1000
  return unit(Number(km.toFixed(km < 9.95 ? 1 : 0)), 'kilometer', tag)
}

/** A moment's time of day: `14:05`, `2:05 PM`. */
export function formatTime(atMs: number, tag: string): string {
  return new Intl.DateTimeFormat(tag, { hour: 'numeric', minute: '2-digit' }).format(atMs)
}

/** A moment's day and time: `23 Nov, 14:05`. */
export function formatMoment(atMs: number, tag: string): string {
  return new Intl.DateTimeFormat(tag, {
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  }).format(atMs)
}

/** A moment within a day or two, as in a sentence: `today, 14:05`, `mañana, 7:30`; the time is not broken over lines. */
export function formatDayTime(atMs: number, nowMs: number, tag: string): string {
  const midnight = (ms: number): number => new Date(ms).setHours(0, 0, 0, 0)
  const days = Math.round((midnight(atMs) - midnight(nowMs)) / 86_400_000)
  if (Math.abs(days) > 1) return formatMoment(atMs, tag)
  const day = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }).format(days, 'day')
  return `${day}, ${formatTime(atMs, tag).replace(/\s/g, '\u00a0')}`
}

/** Words that stand alone: `Today, 14:05`. */
export function capitalized(words: string, tag: string): string {
  return `${words.slice(0, 1).toLocaleUpperCase(tag)}${words.slice(1)}`
}

/** A plain number: `12,480`, `12.480`. */
export function formatNumber(value: number, tag: string, decimals = 0): string {
  return new Intl.NumberFormat(tag, { maximumFractionDigits: decimals }).format(value)
}

/** A share as percent: `3%`, `2,5 %`. Basis points in (300 = 3 %). */
export function formatBasisPoints(bp: number, tag: string): string {
  return new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 2 }).format(bp / 10_000)
}

function unit(value: number, name: string, tag: string): string {
  return new Intl.NumberFormat(tag, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value)
}
