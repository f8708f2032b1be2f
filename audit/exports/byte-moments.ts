import type { ByteText } from './byte-text.ts'
import type { ToLocal } from './text.ts'

const DAY_S = 86_400
/** Every zone's clock is moved at the end of such a span only. */
const SPAN_S = 900
/** Days and spans that are remembered; trips of a batch are of few. */
const SLOTS = 256

/** Writes moments as `momentText` does. */
export type PutMoment = (out: ByteText, seconds: number) => void

/** A writer of unix seconds, whole ones, on a zone's clock. */
export function createPutMoment(toLocal: ToLocal): PutMoment {
  const days = new Int32Array(SLOTS).fill(-1)
  const dates = new Uint8Array(SLOTS * 10)
  const clock = rememberedClock(toLocal)
  return (out, seconds) => {
    const local = clock(seconds)
    const day = Math.floor(local / DAY_S)
    const slot = day & (SLOTS - 1)
    if (days[slot] !== day) {
      const date = new Date(day * DAY_S * 1_000).toISOString()
      for (let i = 0; i < 10; i++) dates[slot * 10 + i] = date.charCodeAt(i)
      days[slot] = day
    }
    const { bytes, at } = out
    for (let i = 0; i < 10; i++) bytes[at + i] = dates[slot * 10 + i]!
    bytes[at + 10] = 84
    const s = local - day * DAY_S
    const hours = (s / 3_600) | 0
    const minutes = ((s / 60) | 0) - hours * 60
    out.at = at + 11
    out.padded(hours, 2)
    out.byte(58)
    out.padded(minutes, 2)
    out.byte(58)
    out.padded(s - hours * 3_600 - minutes * 60, 2)
  }
}

/** A zone's clock that looks each quarter of an hour up once. */
export function rememberedClock(toLocal: ToLocal): ToLocal {
  const spans = new Int32Array(SLOTS).fill(-1)
  const offsets = new Float64Array(SLOTS)
  return seconds => {
    const span = Math.floor(seconds / SPAN_S)
    const slot = span & (SLOTS - 1)
    if (spans[slot] !== span) {
      offsets[slot] = toLocal(seconds) - seconds
      spans[slot] = span
    }
    return seconds + offsets[slot]!
  }
}
