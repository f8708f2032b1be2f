import { formatDistance, formatDuration, formatMoment, formatTime } from '../format/measure.ts'
import { locale } from '../locale.ts'

/** Seconds in words: `4 min`. */
export function Duration({ seconds }: { readonly seconds: number }) {
  return <span class="num">{formatDuration(seconds, locale.value)}</span>
}

/** Metres in words: `2.4 km`. */
export function Distance({ metres }: { readonly metres: number }) {
  return <span class="num">{formatDistance(metres, locale.value)}</span>
}

/** A moment: time of day, or with the day. */
export function Moment({ atMs, day = false }: { readonly atMs: number; readonly day?: boolean }) {
  return (
    <time class="num" dateTime={new Date(atMs).toISOString()}>
      {day ? formatMoment(atMs, locale.value) : formatTime(atMs, locale.value)}
    </time>
  )
}
