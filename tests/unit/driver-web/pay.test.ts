import { demoTariff } from '@hexhail/chain/demo-tariff.ts'
import { afterLevy, payRange } from '@hexhail/driver-web/pay.ts'
import { fareOf } from '@hexhail/protocol/tariff.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const tariff = demoTariff(`0x${'11'.repeat(20)}`)

describe('what a request pays', () => {
  it('covers what any trip that rounds up to its kilometres and minutes pays after the levy', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 80_000 }),
        fc.integer({ min: 1, max: 9_000 }),
        fc.integer({ min: tariff.minBp, max: tariff.maxBp }),
        (metres, secs, bp) => {
          const request = { distanceKm: Math.ceil(metres / 1000), minutes: Math.ceil(secs / 60) }
          const { least, most } = payRange({ tariff, by: null }, request, bp)
          const paid = afterLevy(tariff, fareOf(tariff, metres, secs, bp))
          expect(paid).toBeGreaterThanOrEqual(least)
          expect(paid).toBeLessThanOrEqual(most)
        },
      ),
    )
  })

  it('takes the levy off the fare', () => {
    expect(afterLevy(tariff, 10_000_000n)).toBe(9_700_000n)
  })
})
