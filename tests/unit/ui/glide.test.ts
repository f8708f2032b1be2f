import { settle } from '@hexhail/ui/components/use-sheet-drag.ts'
import { glide, glideMs } from '@hexhail/ui/map/glide.ts'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

describe('a gliding car', () => {
  test('turns the short way round north', () => {
    const from = { at: [0, 0], headingDeg: 350 } as const
    const to = { at: [1, 1], headingDeg: 10 } as const
    expect(glide(from, to, 1 / 6).headingDeg).toBeCloseTo(0)
    expect(glide(from, to, 1).headingDeg).toBeCloseTo(10)
  })

  test('starts and ends where it was told and never leaves the way between', () => {
    const degree = fc.double({ min: -80, max: 80, noNaN: true })
    const heading = fc.double({ min: 0, max: 359, noNaN: true })
    fc.assert(
      fc.property(
        degree,
        degree,
        heading,
        heading,
        fc.double({ min: -1, max: 2, noNaN: true }),
        (a, b, h, k, share) => {
          const from = { at: [a, 0], headingDeg: h } as const
          const to = { at: [b, 0], headingDeg: k } as const
          const { at, headingDeg } = glide(from, to, share)
          expect(at[0]).toBeGreaterThanOrEqual(Math.min(a, b) - 1e-9)
          expect(at[0]).toBeLessThanOrEqual(Math.max(a, b) + 1e-9)
          expect(headingDeg).toBeGreaterThanOrEqual(0)
          expect(headingDeg).toBeLessThan(360)
        },
      ),
    )
  })

  test('jumps when motion is unwanted or the car is suddenly far', () => {
    expect(glideMs(5_000, 40, true)).toBe(0)
    expect(glideMs(5_000, 2_000, false)).toBe(0)
    expect(glideMs(5_000, 40, false)).toBe(5_000)
    expect(glideMs(60_000, 40, false)).toBe(6_000)
  })
})

describe('a dragged sheet', () => {
  test('rests at the next height, at the farthest after a long pull, and where it was after a twitch', () => {
    expect(settle('half', 10)).toBe('half')
    expect(settle('peek', 80)).toBe('half')
    expect(settle('half', 80)).toBe('full')
    expect(settle('peek', 400)).toBe('full')
    expect(settle('full', -80)).toBe('half')
    expect(settle('full', -400)).toBe('peek')
  })
})
