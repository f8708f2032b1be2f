import { readFileSync } from 'node:fs'
import {
  cancelFeeOf,
  clockBp,
  fareLines,
  fareOf,
  levyOf,
  type Tariff,
  waitOf,
} from '@hexhail/protocol/tariff.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TARIFF } from './demo-tariff.ts'

interface Vectors {
  readonly tariffs: Readonly<Record<string, readonly number[]>>
  readonly cases: Readonly<Record<string, readonly (number | string)[]>>
}
const { tariffs, cases } = JSON.parse(
  readFileSync(new URL('../../vectors/tariff.json', import.meta.url), 'utf8'),
) as Vectors

const tariffAt = (i: number): Tariff => ({
  ...TARIFF,
  ...Object.fromEntries(Object.entries(tariffs).map(([name, values]) => [name, values[i]])),
})
const count = cases.tariff?.length ?? 0

describe('the tariff function', () => {
  it('gives the results of the vectors that the Solidity tests read too', () => {
    expect(count).toBeGreaterThan(200)
    for (let i = 0; i < count; i++) {
      const of = (name: string) => Number(cases[name]?.[i])
      const big = (name: string) => BigInt(cases[name]?.[i] ?? 0)
      const tariff = tariffAt(of('tariff'))
      const fare = fareOf(tariff, of('metres'), of('secs'), of('bp'))
      expect(fare, `fare ${i}`).toBe(big('fare'))
      expect(waitOf(tariff, of('waitSecs')), `wait ${i}`).toBe(big('wait'))
      expect(levyOf(tariff, fare), `levy ${i}`).toBe(big('levy'))
      expect(cancelFeeOf(tariff, fare, of('approachM'), of('elapsedS')), `cancel ${i}`).toBe(big('cancelFee'))
    }
  })

  it('has lines that add up to the fare', () => {
    const trip = fc.record({
      metres: fc.nat(200_000),
      secs: fc.nat(20_000),
      bp: fc.integer({ min: 8_000, max: 15_000 }),
    })
    fc.assert(
      fc.property(trip, ({ metres, secs, bp }) => {
        const sum = fareLines(TARIFF, metres, secs, bp).reduce((a, line) => a + line.amount, 0n)
        expect(sum).toBe(fareOf(TARIFF, metres, secs, bp))
      }),
    )
  })

  it('never falls when a trip grows', () => {
    fc.assert(
      fc.property(fc.nat(50_000), fc.nat(9_000), fc.nat(500), fc.nat(500), (metres, secs, moreM, moreS) => {
        expect(fareOf(TARIFF, metres + moreM, secs + moreS, 10_000)).toBeGreaterThanOrEqual(
          fareOf(TARIFF, metres, secs, 10_000),
        )
      }),
    )
  })

  it('knows the night of its own time zone, over midnight', () => {
    const at = (utc: string) => clockBp(TARIFF, Date.parse(utc) / 1000)
    expect(at('2026-11-23T00:59:59Z')).toBe(10_000) // 21:59 in Montevideo
    expect(at('2026-11-23T01:00:00Z')).toBe(12_000)
    expect(at('2026-11-23T08:59:59Z')).toBe(12_000)
    expect(at('2026-11-23T09:00:00Z')).toBe(10_000)
  })
})
