import { WEEK_MS } from '../treasury.ts'

/** A cell for the eye: without the unused digits at its end. */
export const cellName = (cell: string): string => cell.replace(/f+$/, '')

/** First and last characters of an account or a hash. */
export const shortHex = (hex: string): string => `${hex.slice(0, 6)}…${hex.slice(-4)}`

/** Monday and Sunday of a week of the treasury, in the reader's notation. */
export const weekName = (fromMs: number, tag: string): string =>
  new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', timeZone: 'UTC' }).formatRange(
    fromMs,
    fromMs + WEEK_MS - 1,
  )
