import { compileFeed } from '@hexhail/transit/gtfs/compile-feed.ts'
import { readFeed } from '@hexhail/transit/gtfs/read-feed.ts'
import { buildTimetable } from '@hexhail/transit/timetable/build-timetable.ts'
import { timetableFault } from '@hexhail/transit/timetable/check-timetable.ts'
import { CROW } from '@hexhail/transit/timetable/find-feet.ts'
import type { Timetable } from '@hexhail/transit/timetable/timetable.ts'
import { decodeTimetable, encodeTimetable, timetableHash } from '@hexhail/transit/timetable/timetable-file.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inflate, makeZip } from '../gtfs/make-zip.ts'
import { TINY } from '../gtfs/tiny-feed.ts'
import { randomFeed } from '../random-feed.ts'

const tiny = (): Timetable => compileFeed(readFeed(makeZip(TINY), inflate).feed!, 'Tiny', CROW)

describe('a timetable as bytes', () => {
  test('comes back as it was', () => {
    for (let seed = 1; seed <= 25; seed++) {
      const timetable = buildTimetable(randomFeed(seed))
      expect(decodeTimetable(encodeTimetable(timetable))).toEqual({ verdict: 'accept', value: timetable })
    }
    expect(decodeTimetable(encodeTimetable(tiny()))).toEqual({ verdict: 'accept', value: tiny() })
  })

  test('has the same hash when it is built again, and another where a second differs', () => {
    const timetable = tiny()
    const bytes = encodeTimetable(timetable)
    expect(timetableHash(encodeTimetable(tiny()))).toBe(timetableHash(bytes))
    timetable.trips.startS[0]!++
    expect(timetableHash(encodeTimetable(timetable))).not.toBe(timetableHash(bytes))
  })

  test('is refused where it is foreign, of another version, cut off, or longer than it says', () => {
    const bytes = encodeTimetable(tiny())
    const code = (hostile: Uint8Array): string | null => {
      const verdict = decodeTimetable(hostile)
      return verdict.verdict === 'accept' ? null : verdict.code
    }
    expect(code(bytes.with(0, 0))).toBe('TIMETABLE_FOREIGN')
    expect(code(bytes.with(7, 99))).toBe('TIMETABLE_VERSION')
    expect(code(bytes.subarray(0, 5))).toBe('TIMETABLE_TRUNCATED')
    expect(code(bytes.subarray(0, bytes.length - 1))).toBe('TIMETABLE_TRUNCATED')
    expect(code(Uint8Array.from([...bytes, 0]))).toBe('TIMETABLE_DAMAGED')
    for (let length = 0; length < bytes.length; length += 7)
      expect(code(bytes.subarray(0, length))).not.toBeNull()
  })

  test('with bytes changed anywhere is refused with a code, or still holds together', () => {
    for (const timetable of [buildTimetable(randomFeed(7)), tiny()]) survives(encodeTimetable(timetable))
  })

  test('with fares that are none is refused', () => {
    const fares = tiny().fares!
    const [rule] = fares.rules
    for (const hostile of [
      { ...fares, caps: { day: -1, week: 0 } },
      { ...fares, currency: 'usd' },
      { ...fares, networks: [] },
      { ...fares, rules: [{ ...rule!, from: 'centre' }] },
      { ...fares, products: [{ ...fares.products[0]!, amount: 0.5 }] },
      { ...fares, frames: [{ ...fares.frames[0]!, service: 99 }] },
      { ...fares, transfers: [null] },
      { ...fares, areas: [['centre']] },
    ])
      expect(decodeTimetable(encodeTimetable({ ...tiny(), fares: hostile as Timetable['fares'] }))).toEqual({
        ...{ verdict: 'reject', code: 'TIMETABLE_DAMAGED' },
      })
  })

  function survives(bytes: Uint8Array): void {
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), changes => {
        const hostile = bytes.slice()
        for (const [at, byte] of changes) hostile[at] = byte
        const verdict = decodeTimetable(hostile)
        if (verdict.verdict !== 'accept') expect(verdict.code).toMatch(/^TIMETABLE_/)
        else expect(timetableFault(verdict.value)).toBeNull()
      }),
      { seed: 20261123, numRuns: 400 },
    )
  }
})
