import { Buckets } from '@hexhail/net/bucket.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'

test('no stretch of time lets more through than the burst and its rate', () => {
  const steps = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 300 })
  fc.assert(
    fc.property(steps, gapsMs => {
      let nowMs = 0
      const buckets = new Buckets({ perS: 5, burst: 10 }, () => nowMs)
      const passedAtMs: number[] = []
      for (const gapMs of gapsMs) {
        nowMs += gapMs
        if (buckets.take('peer')) passedAtMs.push(nowMs)
      }
      passedAtMs.forEach((startMs, i) => {
        passedAtMs.slice(i).forEach((endMs, count) => {
          expect(count + 1).toBeLessThanOrEqual(10 + ((endMs - startMs) / 1000) * 5 + 1e-6)
        })
      })
    }),
    { numRuns: 50 },
  )
})

test('one key does not eat the tokens of another, and too many keys are refused until they are forgotten', () => {
  let nowMs = 0
  const buckets = new Buckets({ perS: 1, burst: 2 }, () => nowMs, 2)
  expect([buckets.take('a'), buckets.take('a'), buckets.take('a')]).toEqual([true, true, false])
  expect([buckets.take('b'), buckets.take('c')]).toEqual([true, false])
  nowMs = 2000
  expect(buckets.take('c')).toBe(true)
})

test('a clock that steps back takes no tokens away', () => {
  let nowMs = 10_000
  const buckets = new Buckets({ perS: 1, burst: 3 }, () => nowMs)
  expect(buckets.take('a')).toBe(true)
  nowMs = 0
  expect(buckets.take('a')).toBe(true)
})
