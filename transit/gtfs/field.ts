/** How one column is read. */
export interface Field<T> {
  /** Undefined where `value`, which is not blank, cannot stand there. */
  readonly read: (value: string) => T | undefined
  /** What a blank cell means; undefined where it must not be blank. */
  readonly blank: T | undefined
  /** The complaint for what cannot be read: an id that nothing has, or just no value. */
  readonly code: 'VALUE_BAD' | 'ID_UNKNOWN'
}

const field = <T>(read: Field<T>['read'], blank?: T): Field<T> => ({ read, blank, code: 'VALUE_BAD' })

/** The same column where it must not be blank. */
export const needed = <T>(some: Field<T>): Field<T> => ({ ...some, blank: undefined })

/** Any words; '' where blank. */
export const text: Field<string> = field(value => value, '')

/** An id that must be there. */
export const id: Field<string> = needed(text)

/** One of the whole numbers 0 to `most`. */
export const choice = (most: number, blank = 0): Field<number> =>
  field(value => (/^\d{1,4}$/.test(value) && Number(value) <= most ? Number(value) : undefined), blank)

/** A whole number >= 0, at most nine digits; -1 where blank. */
export const count: Field<number> = field(value => (/^\d{1,9}$/.test(value) ? Number(value) : undefined), -1)

/** Degrees from -`most` to `most`; NaN where blank. */
export const degrees = (most: 90 | 180): Field<number> =>
  field(value => {
    const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?$/i.test(value) ? Number(value) : Number.NaN
    return Math.abs(number) <= most ? number : undefined
  }, Number.NaN)

/** Days from 1970-01-01 of a date as YYYYMMDD; -1 where blank. */
export const date: Field<number> = field(value => {
  if (!/^(19[7-9]|2\d\d)\d{5}$/.test(value)) return undefined
  const [year, month, day] = [+value.slice(0, 4), +value.slice(4, 6), +value.slice(6)]
  const days = Date.UTC(year, month - 1, day) / 86_400_000
  return new Date(days * 86_400_000).getUTCDate() === day && month >= 1 && month <= 12 ? days : undefined
}, -1)

/** Trips end within a week of their service day. */
const MOST_SECONDS = 7 * 86_400

/** Seconds of the service day of H:MM:SS, which may be past 24 h; -1 where blank. */
export const time: Field<number> = field(value => {
  const s = secondsOf(value)
  return s < 0 ? undefined : s
}, -1)

/** Seconds of H:MM:SS, HH:MM:SS or HHH:MM:SS; -1 for what is no time. */
export function secondsOf(value: string): number {
  const n = value.length
  if (n < 7 || n > 9 || value.charCodeAt(n - 3) !== 58 || value.charCodeAt(n - 6) !== 58) return -1
  let hours = 0
  for (let i = 0; i < n - 6; i++) {
    const digit = digitAt(value, i)
    if (digit < 0) return -1
    hours = hours * 10 + digit
  }
  const [m1, m2, s1, s2] = [
    digitAt(value, n - 5),
    digitAt(value, n - 4),
    digitAt(value, n - 2),
    digitAt(value, n - 1),
  ]
  if (m1 < 0 || m1 > 5 || m2 < 0 || s1 < 0 || s1 > 5 || s2 < 0) return -1
  const seconds = hours * 3600 + (m1 * 10 + m2) * 60 + s1 * 10 + s2
  return seconds <= MOST_SECONDS ? seconds : -1
}

function digitAt(value: string, i: number): number {
  const digit = value.charCodeAt(i) - 48
  return digit >= 0 && digit <= 9 ? digit : -1
}

/** A colour as six hex digits, lower case. */
export const colour: Field<string> = field(
  value => (/^[0-9a-f]{6}$/i.test(value) ? value.toLowerCase() : undefined),
  '',
)

/** A decimal sum of money as it is written, maybe below 0 (a discount). */
export const money: Field<string> = field(value =>
  /^-?\d{1,9}(\.\d{1,4})?$/.test(value) ? value : undefined,
)

/** A currency by its three letters (ISO 4217). */
export const currency: Field<string> = field(value => (/^[A-Z]{3}$/.test(value) ? value : undefined))

/** A time zone by its name (IANA). */
export const timezone: Field<string> = field(value => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
    return value
  } catch {
    return undefined
  }
}, '')

/** An id that something in `list` has; '' where blank. */
export const ref = (list: ReadonlyMap<string, unknown>): Field<string> => ({
  read: value => (list.has(value) ? value : undefined),
  blank: '',
  code: 'ID_UNKNOWN',
})
