import {
  cancelNumber,
  fareNumber,
  levyNumber,
  meterNumber,
  wageNumber,
  waitNumber,
} from '@hexhail/audit/checks/fare-number.ts'
import { cancelCeiling, fareOf, levyOf, waitOf } from '@hexhail/protocol/tariff.ts'
import { meter } from '@hexhail/protocol/tariff-meter.ts'
import { wageFloor } from '@hexhail/protocol/tariff-wage.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GOLDEN } from '../../vectors/tariffs/documents.ts'
import { TARIFF } from '../protocol/demo-tariff.ts'

const way = {
  metres: fc.nat(2 ** 32 - 1),
  secs: fc.nat(2 ** 32 - 1),
  bp: fc.integer({ min: 1, max: 65_535 }),
}
/** A number that is exact, or NaN: never a wrong one. */
const isRight = (found: number, due: bigint): boolean => Number.isNaN(found) || BigInt(found) === due
const short = (value: number): number => value % 100_000

test('fares as numbers are those of the protocol, and said to be unknown where no number holds them', () => {
  const tariff = fc.record({
    ...{ base: fc.nat(2 ** 24 - 1), perKm: fc.nat(2 ** 24 - 1), perMin: fc.nat(2 ** 24 - 1) },
    ...{ minimum: fc.nat(2 ** 24 - 1), perKmBeyond: fc.nat(2 ** 24 - 1), sectionM: fc.nat(20_000) },
    ...{ roundTo: fc.nat(500), levyBps: fc.nat(2_000), levyFlat: fc.nat(10_000), cancelBp: fc.nat(10_000) },
  })
  fc.assert(
    fc.property(tariff, fc.record(way), (some, { metres, secs, bp }) => {
      const t = { ...TARIFF, ...some }
      const fare = fareOf(t, metres, secs, bp)
      expect(isRight(fareNumber(t, metres, secs, bp), fare)).toBe(true)
      expect(isRight(levyNumber(t, Number(fare)), levyOf(t, fare))).toBe(true)
      expect(isRight(cancelNumber(t, Number(fare)), cancelCeiling(t, fare))).toBe(true)
      expect(isRight(waitNumber(t.waitPerMin, t.freeWaitS, secs), waitOf(t, secs))).toBe(true)
      expect(Number.isNaN(fareNumber(TARIFF, short(metres), short(secs), bp))).toBe(false)
    }),
    { numRuns: 2_000 },
  )
})

test('meters as numbers are those of the documents, D and S, with steps and rounding', () => {
  const documents = fc.constantFrom(...Object.values(GOLDEN))
  fc.assert(
    fc.property(documents, fc.record(way), fc.nat(9), (document, { metres: m, secs: s, bp }, pick) => {
      const [metres, secs] = [short(m), short(s)]
      const of = document.classes[pick % document.classes.length]!
      const free = {
        ...document,
        caps: { day: 0, week: 0 },
        upfront: { isAllowed: true, toleranceBp: 0, minBp: 1, maxBp: 65_535 },
      }
      const segments = [
        { metres, secs: 0 },
        { metres: 0, secs },
      ]
      const { fare } = meter(free, { class: of.id, startedAtS: 1_795_390_412, segments, waitS: 0, bp })
      expect(BigInt(meterNumber(document, of, metres, secs, bp))).toBe(fare)
      const floor = wageFloor(
        { wage: { per: 'trip', perKm: 77, perMin: 33, wavPerKm: 99 } },
        { metres, secs, isWav: false },
      )
      expect(BigInt(wageNumber(77, 33, metres, secs))).toBe(floor)
    }),
    { numRuns: 2_000 },
  )
})
