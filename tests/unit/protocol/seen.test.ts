import { hexDigits } from '@hexhail/protocol/hex.ts'
import { createSeen, packSeen, unpackSeen } from '@hexhail/protocol/seen.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

describe('the seen-set', () => {
  it('forgets no id before it expires, while there is room', () => {
    const step = fc.record({ id: fc.string(), lifeMs: fc.nat(90_000), waitMs: fc.nat(5_000) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), steps => {
        const seen = createSeen(1000)
        const model = new Map<string, number>()
        let now = 0
        for (const { id, lifeMs, waitMs } of steps) {
          now += waitMs
          if (!seen.has(id)) {
            seen.add(id, now + lifeMs, now)
            model.set(id, now + lifeMs)
          }
          for (const [known, expiresAtMs] of model) if (expiresAtMs > now) expect(seen.has(known)).toBe(true)
        }
      }),
    )
  })

  it('forgets expired ids', () => {
    const seen = createSeen()
    for (let i = 0; i < 100; i++) seen.add(`old ${i}`, 1000, 0)
    seen.add('new', 60_000, 30_000)
    expect(seen.size).toBe(1)
    expect(seen.has('old 3')).toBe(false)
  })

  it('is bounded, and gives up the id that expires first', () => {
    const seen = createSeen(10)
    for (let i = 0; i < 50; i++) seen.add(`${i}`, 1000 * (100 - i), 0)
    expect(seen.size).toBe(10)
    expect(seen.has('0')).toBe(true)
    expect(seen.has('49')).toBe(true)
    expect(seen.has('48')).toBe(false)
  })

  it('comes back from storage without what has expired meanwhile', () => {
    const seen = createSeen()
    seen.add('long', 90_000, 0)
    seen.add('short', 1000, 0)
    const stored = JSON.parse(JSON.stringify(seen.entries()))
    const again = createSeen(10, stored, 5000)
    expect([again.has('short'), again.has('long'), again.size]).toEqual([false, true, 1])
  })

  it('comes back from its rows, never forgetting earlier, and a row that was cut short is left out', () => {
    const id = fc.uint8Array({ minLength: 20, maxLength: 20 }).map(hexDigits)
    const entries = fc.uniqueArray(fc.tuple(id, fc.nat(2 ** 41)), { selector: ([name]) => name })
    fc.assert(
      fc.property(entries, fc.nat(23), (some, cut) => {
        const rows = packSeen(some)
        const back = [...unpackSeen(rows)]
        expect(back.map(([name]) => name)).toEqual(some.map(([name]) => name))
        back.forEach(([, untilMs], i) => {
          expect(untilMs - some[i]![1]).toBeGreaterThanOrEqual(0)
          expect(untilMs - some[i]![1]).toBeLessThan(1000)
        })
        expect([...unpackSeen(new Uint8Array([...rows, ...new Uint8Array(cut)]))]).toEqual(back)
      }),
    )
  })
})
