import {
  committedVectors,
  type FareCase,
  type FareVectors,
  FIELDS,
  vectorsText,
} from '@hexhail/contracts/tools/tariff-vectors.ts'
import { cancelFeeOf, fareOf, levyOf, TARIFF_UNIT, type Tariff, waitOf } from '@hexhail/protocol/tariff.ts'
import { describe, expect, it } from 'vitest'

describe('tests/vectors/tariff.json, which the Solidity tests read too', () => {
  const vectors = JSON.parse(committedVectors()) as FareVectors
  const rows = vectors.cases.fare.length
  const tariff = (i: number) =>
    Object.fromEntries([
      ['authority', `0x${'00'.repeat(20)}`],
      ...Object.keys(FIELDS).map(key => [key, vectors.tariffs[key as keyof typeof FIELDS][i]]),
    ]) as unknown as Tariff
  const row = (i: number) =>
    Object.fromEntries(
      Object.entries(vectors.cases).map(([key, values]) => [key, values[i]]),
    ) as unknown as FareCase

  it('is what the generator writes', () => expect(committedVectors()).toBe(vectorsText()))

  it('has about 300 cases in the unit of the protocol', () => {
    expect(rows).toBeGreaterThanOrEqual(300)
    expect(BigInt(vectors.unit)).toBe(TARIFF_UNIT)
  })

  it('gives the numbers of protocol/tariff.ts in every case', () => {
    for (let i = 0; i < rows; i++) {
      const c = row(i)
      const t = tariff(c.tariff)
      const fare = fareOf(t, c.metres, c.secs, c.bp)
      const ours = {
        fare: String(fare),
        wait: String(waitOf(t, c.waitSecs)),
        levy: String(levyOf(t, fare)),
        cancelFee: String(cancelFeeOf(t, fare, c.approachM, c.elapsedS)),
      }
      expect(ours, `case ${i}`).toEqual({ fare: c.fare, wait: c.wait, levy: c.levy, cancelFee: c.cancelFee })
    }
  })
})
