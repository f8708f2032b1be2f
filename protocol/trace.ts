/**
 * The way a car drove: a place each ten seconds and at each turn, about three bytes a sample. It comes in segments, one
 * for each report of the meter; each segment is a link of a hash chain whose head the driver's session key signs, and the
 * record root in the rider's receipt covers the same segments. So both sign what they saw: the driver where his device
 * was, the rider that he was told so while he rode. The exact way stands in sealed records and nowhere else.
 *
 * A segment: the number of its samples (u8), then the samples. The first of all is absolute (unix seconds, longitude,
 * latitude, in 1e-5 degree); each other one says how far it lies from where the last two point to, the lowest bit of its
 * first number telling whether a time step other than ten seconds follows.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { greatCircleM, type LngLat } from './geo.ts'
import { concat, fromHex } from './hex.ts'
import type { Hex } from './terms.ts'
import { pushVarint, readVarint, unzigzag, zigzag } from './varint.ts'
import { accept, reject, type Verdict } from './verdict.ts'

/** All segments of a trip, bytes: six hours and more. */
export const TRACE_MAX = 8_192
/** Samples of one segment. */
export const SEGMENT_MOST = 64
/** Bytes of one segment. */
export const SEGMENT_BYTES = 1_024
/** The usual time between samples, seconds. */
export const SAMPLE_S = 10
/** Longest time between two samples, seconds. */
const GAP_S = 86_400
const E5 = 1e5

/** A place of the car at a time. */
export interface Sample {
  readonly atS: number
  readonly lngE5: number
  readonly latE5: number
}

/** Why bytes are not a trace. */
export type TraceCode = 'empty' | 'varint' | 'range' | 'time' | 'canonical' | 'rest' | 'size'

/** What the next sample is counted from: the last two of the segments before. */
export type TraceEnd = readonly Sample[]

/** A place as a trace has it. */
export const sampleOf = ([lng, lat]: LngLat, atMs: number): Sample => ({
  atS: Math.floor(atMs / 1000),
  lngE5: Math.round(lng * E5),
  latE5: Math.round(lat * E5),
})

/** The place of a sample. */
export const placeOf = ({ lngE5, latE5 }: Sample): LngLat => [lngE5 / E5, latE5 / E5]

/** The last two samples after some more. */
export const endOf = (end: TraceEnd, samples: readonly Sample[]): TraceEnd => [...end, ...samples].slice(-2)

/** Where the next sample is expected: as far again as the last two lie apart. */
function expected(end: TraceEnd): readonly [number, number] {
  const last = end.at(-1)!
  const before = end.length > 1 ? end[0]! : last
  return [2 * last.lngE5 - before.lngE5, 2 * last.latE5 - before.latE5]
}

/** Writes a segment behind an end. Throws a `RangeError` for samples that no trace can hold. */
export function encodeSegment(end: TraceEnd, samples: readonly Sample[]): Uint8Array {
  if (samples.length === 0 || samples.length > SEGMENT_MOST)
    throw new RangeError('a segment has 1 to 64 samples')
  const out = [samples.length]
  let behind = end
  for (const sample of samples) {
    const last = behind.at(-1)
    if (last === undefined) {
      pushVarint(out, sample.atS)
      pushVarint(out, zigzag(sample.lngE5))
      pushVarint(out, zigzag(sample.latE5))
    } else {
      const stepS = sample.atS - last.atS
      if (stepS < 1 || stepS > GAP_S) throw new RangeError(`no step of ${stepS} s in a trace`)
      const [lng, lat] = expected(behind)
      pushVarint(out, 2 * zigzag(sample.lngE5 - lng) + (stepS === SAMPLE_S ? 0 : 1))
      pushVarint(out, zigzag(sample.latE5 - lat))
      if (stepS !== SAMPLE_S) pushVarint(out, stepS)
    }
    behind = endOf(behind, [sample])
  }
  return Uint8Array.from(out)
}

interface Read {
  readonly samples: readonly Sample[]
  readonly at: number
}

function readSegment(end: TraceEnd, bytes: Uint8Array, from: number): Verdict<Read, TraceCode> {
  const count = bytes[from]
  if (!count) return reject('empty')
  if (count > SEGMENT_MOST) return reject('size')
  const samples: Sample[] = []
  let behind = end
  let at = from + 1
  let cut = false
  const next = (): number => {
    const read = readVarint(bytes, at)
    if (read === null) cut = true
    else at = read.end
    return read?.value ?? 0
  }
  while (samples.length < count) {
    const last = behind.at(-1)
    let sample: Sample
    if (last === undefined) sample = { atS: next(), lngE5: unzigzag(next()), latE5: unzigzag(next()) }
    else {
      const first = next()
      const [lng, lat] = expected(behind)
      const lngE5 = lng + unzigzag(Math.floor(first / 2))
      const latE5 = lat + unzigzag(next())
      const stepS = first % 2 ? next() : SAMPLE_S
      if (!cut && first % 2 && stepS === SAMPLE_S) return reject('canonical')
      if (!cut && (stepS < 1 || stepS > GAP_S)) return reject('time')
      sample = { atS: last.atS + stepS, lngE5, latE5 }
    }
    if (cut) return reject('varint')
    if (Math.abs(sample.lngE5) > 180 * E5 || Math.abs(sample.latE5) > 90 * E5) return reject('range')
    samples.push(sample)
    behind = endOf(behind, [sample])
  }
  return accept({ samples, at })
}

/** Reads one segment behind an end. Never throws; what it accepts encodes to the same bytes again. */
export function decodeSegment(end: TraceEnd, bytes: Uint8Array): Verdict<readonly Sample[], TraceCode> {
  if (bytes.length > TRACE_MAX) return reject('size')
  const read = readSegment(end, bytes, 0)
  if (read.verdict !== 'accept') return read
  return read.value.at === bytes.length ? accept(read.value.samples) : reject('rest')
}

/** A whole trace taken apart. */
export interface Trace {
  readonly samples: readonly Sample[]
  /** Bytes of each segment, in order. */
  readonly segments: readonly Uint8Array[]
}

/** Reads all segments of a trip; no bytes are a trace of no samples. Never throws. */
export function decodeTrace(bytes: Uint8Array): Verdict<Trace, TraceCode> {
  if (bytes.length > TRACE_MAX) return reject('size')
  const samples: Sample[] = []
  const segments: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    const read = readSegment(samples.slice(-2), bytes, at)
    if (read.verdict !== 'accept') return read
    samples.push(...read.value.samples)
    segments.push(bytes.subarray(at, read.value.at))
    at = read.value.at
  }
  return accept({ samples, segments })
}

const TITLE = new TextEncoder().encode('hexhail trace\n')

/** The chain before the first segment of a trip. */
export const traceStart = (terms: Hex): Uint8Array => sha256(concat(TITLE, fromHex(terms, 32)))

/** The chain with one more segment. */
export const traceLink = (head: Uint8Array, segment: Uint8Array): Uint8Array => sha256(concat(head, segment))

/** Head of the chain over segments. */
export const traceHead = (terms: Hex, segments: readonly Uint8Array[]): Uint8Array =>
  segments.reduce(traceLink, traceStart(terms))

/** What the driver's session key signs of a head. */
export const headBytes = (head: Uint8Array): Uint8Array => concat(TITLE, head)

/** Length along the samples, metres. Chords of ten seconds cut corners: see `TRACE_SLACK`. */
export function traceMetres(samples: readonly Sample[]): number {
  let metres = 0
  for (let i = 1; i < samples.length; i++)
    metres += greatCircleM(placeOf(samples[i - 1]!), placeOf(samples[i]!))
  return metres
}

/** A meter may say more than the trace's length by so much: chords cut corners, and the last seconds are not sampled. */
export const TRACE_SLACK = { bp: 2_500, metres: 250 } as const

/** The most metres that a trace bears out. */
export const metresBorneOut = (lengthM: number): number =>
  Math.floor((lengthM * (10_000 + TRACE_SLACK.bp)) / 10_000) + TRACE_SLACK.metres
