import { greatCircleM, type LngLat, shifted } from '@hexhail/protocol/geo.ts'
import {
  decodeSegment,
  decodeTrace,
  encodeSegment,
  endOf,
  metresBorneOut,
  placeOf,
  type Sample,
  sampleOf,
  TRACE_MAX,
  traceHead,
  traceMetres,
} from '@hexhail/protocol/trace.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const TERMS = `0x${'ab'.repeat(32)}` as const

const anySample = fc.record({
  stepS: fc.oneof(fc.constant(10), fc.integer({ min: 1, max: 86_400 })),
  lngE5: fc.integer({ min: -18_000_000, max: 18_000_000 }),
  latE5: fc.integer({ min: -9_000_000, max: 9_000_000 }),
})
const anyWay: fc.Arbitrary<Sample[][]> = fc
  .array(fc.array(anySample, { minLength: 1, maxLength: 12 }), { maxLength: 8 })
  .map(segments => {
    let atS = 1_795_390_412
    return segments.map(segment =>
      segment.map(({ stepS, lngE5, latE5 }) => ({ atS: (atS += stepS), lngE5, latE5 })),
    )
  })

function encodeAll(segments: readonly (readonly Sample[])[]): Uint8Array[] {
  let end: readonly Sample[] = []
  return segments.map(samples => {
    const bytes = encodeSegment(end, samples)
    end = endOf(end, samples)
    return bytes
  })
}

const joined = (parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap(part => [...part]))

describe('a trace', () => {
  it('comes back whole, segment by segment and all at once', () => {
    fc.assert(
      fc.property(anyWay, way => {
        const bytes = encodeAll(way)
        expect(decodeTrace(joined(bytes))).toEqual({
          verdict: 'accept',
          value: { samples: way.flat(), segments: bytes },
        })
        way.forEach((samples, i) => {
          expect(decodeSegment(way.slice(0, i).flat().slice(-2), bytes[i]!)).toEqual({
            verdict: 'accept',
            value: samples,
          })
        })
      }),
    )
  })

  it('of hostile bytes gets a verdict, and what is accepted encodes to the same bytes', () => {
    const codes = new Set<string>()
    const check = (bytes: Uint8Array) => {
      const read = decodeTrace(bytes)
      if (read.verdict !== 'accept') return void codes.add(read.code)
      let at = 0
      const again = encodeAll(
        read.value.segments.map(({ 0: count }) => read.value.samples.slice(at, (at += count!))),
      )
      expect(joined(again)).toEqual(bytes)
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), check), { numRuns: 2_000, seed: 1 })
    fc.assert(
      fc.property(anyWay, fc.nat(), fc.nat(255), (way, place, byte) => {
        const bytes = joined(encodeAll(way))
        check(bytes.map((old, i) => (i === place % bytes.length ? byte : old)))
        check(bytes.slice(0, place % (bytes.length + 1)))
      }),
      { numRuns: 2_000, seed: 2 },
    )
    expect([...codes].toSorted()).toEqual(['canonical', 'empty', 'range', 'size', 'time', 'varint'])
    expect(decodeTrace(new Uint8Array(TRACE_MAX + 1))).toEqual({ verdict: 'reject', code: 'size' })
    expect(decodeSegment([], Uint8Array.of(1, 0, 0, 0, 7))).toEqual({ verdict: 'reject', code: 'rest' })
  })

  it('has another head when a segment is changed, dropped, joined to the next or of another trip', () => {
    const segments = [Uint8Array.of(1, 2), Uint8Array.of(3), Uint8Array.of(4, 5, 6)]
    const heads = [
      segments,
      [Uint8Array.of(1, 3), ...segments.slice(1)],
      segments.slice(1),
      segments.slice(0, 2),
      [joined(segments.slice(0, 2)), segments[2]!],
    ].map(each => `${traceHead(TERMS, each)}`)
    heads.push(`${traceHead(`0x${'ac'.repeat(32)}`, segments)}`)
    expect(new Set(heads).size).toBe(heads.length)
  })

  it('of city driving takes about three bytes a sample and bears out its own metres', () => {
    const samples: Sample[] = []
    let at: LngLat = [-56.1882, -34.9033]
    let driven = 0
    let heading = 0
    for (let i = 0; i < 360; i++) {
      // Blocks of 100 m at up to 12 m/s with a stop here and there, a turn every fourth block.
      const metres = i % 7 === 3 ? 15 : 60 + ((i * 37) % 60)
      if (i % 4 === 3) heading = (heading + (i % 8 === 3 ? 90 : 270)) % 360
      const rad = (heading * Math.PI) / 180
      const next = shifted(at, metres * Math.sin(rad), metres * Math.cos(rad))
      driven += greatCircleM(at, next)
      at = next
      samples.push(sampleOf(at, 1_795_390_412_000 + i * 10_000))
    }
    const segments = encodeAll(Array.from({ length: 60 }, (_, i) => samples.slice(i * 6, i * 6 + 6)))
    const bytes = joined(segments).length
    expect(bytes / samples.length).toBeLessThan(4)
    const length = traceMetres(samples)
    expect(Math.abs(length - driven) / driven).toBeLessThan(0.02)
    expect(metresBorneOut(length)).toBeGreaterThan(driven)
    expect(placeOf(samples[0]!)[0]).toBeCloseTo(-56.1882, 2)
  })
})
