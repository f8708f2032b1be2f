/** The trace of a running trip on both sides: the driver writes it, the rider takes it segment by segment. Pure. */
import type { LngLat } from './geo.ts'
import {
  decodeSegment,
  encodeSegment,
  endOf,
  SAMPLE_S,
  type Sample,
  SEGMENT_MOST,
  sampleOf,
  TRACE_MAX,
  type TraceEnd,
} from './trace.ts'

/** Segments that are told, and samples that are not yet. */
export interface TraceBook {
  readonly segments: readonly Uint8Array[]
  readonly end: TraceEnd
  readonly open: readonly Sample[]
  /** Heading at the last sample, degrees. */
  readonly headingDeg: number
}

/** Before the ride. */
export const NO_TRACE: TraceBook = { segments: [], end: [], open: [], headingDeg: 0 }

/** A turn of so much is sampled at once. Degrees. */
const TURN_DEG = 30
/** Bytes that a sample takes at most, and the first of all. */
const SAMPLE_BYTES = 13
const FIRST_BYTES = 16
/** Half full: from here on a sample a minute, so that the longest ride fits. Bytes. */
const SPARSE_FROM = TRACE_MAX / 2
const SPARSE_S = 60

const sizeOf = ({ segments }: TraceBook) => segments.reduce((sum, { length }) => sum + length, 0)

/** Notes where the car is, when it is time for a sample, a turn, or `must`. One road second is `timeScale` simulated ones. */
export function noteSample(
  book: TraceBook,
  at: LngLat,
  headingDeg: number,
  atMs: number,
  { timeScale, must = false }: { readonly timeScale: number; readonly must?: boolean },
): TraceBook {
  const sample = sampleOf(at, atMs)
  const last = book.open.at(-1) ?? book.end.at(-1)
  const used = sizeOf(book) + book.open.length * SAMPLE_BYTES + FIRST_BYTES
  if (book.open.length >= SEGMENT_MOST || used + SAMPLE_BYTES > TRACE_MAX) return book
  if (last) {
    const stepS = sample.atS - last.atS
    if (stepS < 1) return book
    const turn = Math.abs(((headingDeg - book.headingDeg + 540) % 360) - 180)
    const sparse = used > SPARSE_FROM
    const due = stepS >= (sparse ? SPARSE_S : SAMPLE_S) / timeScale
    if (!due && !must && (sparse || turn < TURN_DEG)) return book
  }
  return { ...book, open: [...book.open, sample], headingDeg }
}

/** Ends the segment under way; empty bytes when nothing was sampled since the last. */
export function closeSegment(book: TraceBook): { readonly book: TraceBook; readonly segment: Uint8Array } {
  if (book.open.length === 0) return { book, segment: new Uint8Array(0) }
  const segment = encodeSegment(book.end, book.open)
  const end = endOf(book.end, book.open)
  return { book: { ...book, segments: [...book.segments, segment], end, open: [] }, segment }
}

/** Takes in a segment that the driver told as number `index`; the same book when it is not the next, or is no segment. */
export function takeSegment(book: TraceBook, index: number, segment: Uint8Array): TraceBook {
  if (index !== book.segments.length || segment.length === 0) return book
  if (sizeOf(book) + segment.length > TRACE_MAX) return book
  const samples = decodeSegment(book.end, segment)
  if (samples.verdict !== 'accept') return book
  return { ...book, segments: [...book.segments, segment], end: endOf(book.end, samples.value) }
}
