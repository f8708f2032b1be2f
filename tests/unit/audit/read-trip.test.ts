import { createTripReader, type TripBytes } from '@hexhail/audit/checks/read-trip.ts'
import { settledOf, settledRow } from '@hexhail/audit/checks/settled-row.ts'
import { tripCase } from '@hexhail/audit/checks/trip-case.ts'
import { createTripColumns, FILED } from '@hexhail/audit/checks/trip-columns.ts'
import { componentSum, encodeRecord } from '@hexhail/protocol/record.ts'
import { FARE_PART, RIDE_PART, type TripRecord, WAY_PART, WHO_PART } from '@hexhail/protocol/record-table.ts'
import { decodeTrace, traceHead, traceMetres } from '@hexhail/protocol/trace.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { honestTrip } from '../../bench/audit/honest-trip.ts'
import { createRandom } from '../../bench/audit/random.ts'
import { account, hexOf, named, TOWNS } from '../../bench/audit/world.ts'
import { anyBody } from '../protocol/any-message.ts'
import { TARIFF } from '../protocol/demo-tariff.ts'
import { settlementOf } from './settled-trip.ts'

const NAMES = Object.keys(FILED) as (keyof typeof FILED)[]
const table = createTripColumns(1)
const reader = createTripReader(table)
const read = (trip: TripBytes): void => {
  reader.read(trip, 0)
  reader.finish()
}
const ride = (seed: number): TripRecord => {
  const driving = {
    driver: account('d'),
    permit: named('p'),
    vehicle: named('v'),
    propulsion: 1,
    isWav: false,
  }
  const town = TOWNS[seed % TOWNS.length]!
  const place = { shift: named('s').subarray(0, 16), shiftSeq: 3 }
  return honestTrip(createRandom(seed), town, { ...driving, ...place }, 1_793_500_000 + seed * 977, `${seed}`)
    .record
}
const rowOf = (record: TripRecord) => settledRow(settlementOf(TARIFF, record))

test('a settlement is the same after being bytes', () => {
  const fact = settlementOf(TARIFF, ride(1))
  expect(settledOf(settledRow(fact))).toEqual(fact)
})

describe('a record read quickly', () => {
  test('has the figures that the protocol reads, and a trace of about the same length', () => {
    for (let seed = 0; seed < 40; seed++) {
      const record = ride(seed)
      read({ settled: rowOf(record), record: encodeRecord(record) })
      expect(NAMES[table.filed[0]!]).toBe('opened')
      expect(table.components[0]).toBe(Number(componentSum(record)))
      expect(table.isTraceBroken[0]).toBe(0)
      for (const key of [
        'metres',
        'secs',
        'waitSecs',
        'slowSecs',
        'quoteMetres',
        'bp',
        'shiftSeq',
        'concessionId',
      ] as const)
        expect([key, table[key][0]]).toEqual([key, record[key]])
      for (const key of ['fare', 'wait', 'toll', 'tip', 'quote', 'base', 'distance'] as const)
        expect([key, table[key][0]]).toEqual([key, Number(record[key])])
      expect(table.startedAtS[0]).toBe(Math.floor(record.startedAtMs / 1_000))
      const trace = decodeTrace(record.trace)
      const metres = trace.verdict === 'accept' ? traceMetres(trace.value.samples) : Number.NaN
      expect(Math.abs(table.traceM[0]! - metres)).toBeLessThanOrEqual(metres * 0.005)
    }
  })

  test('is opened exactly when the protocol opens it, whatever its fields are', () => {
    const any = fc.tuple(...[FARE_PART, RIDE_PART, WHO_PART, WAY_PART].map(anyBody))
    fc.assert(
      fc.property(any, parts => {
        const record = Object.assign({}, ...parts, { version: 2 }) as TripRecord
        const trip = { settled: rowOf(record), record: encodeRecord(record) }
        read(trip)
        expect(NAMES[table.filed[0]!]).toBe(tripCase(trip).filed)
        const trace = decodeTrace(record.trace)
        const isWhole =
          trace.verdict === 'accept' &&
          trace.value.segments.length === record.segments &&
          (record.segments === 0 ||
            hexOf(traceHead(hexOf(record.terms), trace.value.segments)) === hexOf(record.head))
        expect(table.isTraceBroken[0]).toBe(isWhole ? 0 : 1)
      }),
      { numRuns: 150 },
    )
  })

  test('is never opened when one bit of it is another', () => {
    const record = ride(2)
    const bytes = encodeRecord(record)
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
        const changed = Uint8Array.from(bytes)
        changed[at]! ^= 1 << bit
        const trip = { settled: rowOf(record), record: changed }
        read(trip)
        expect(table.filed[0]).toBe(FILED.other)
        expect(tripCase(trip).filed).toBe('other')
      }),
    )
  })
})
