import { createFingerprint } from '@hexhail/net/fingerprint.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const of = createFingerprint(0x01234567, 0x89abcdef)

test('copies have one fingerprint, and every change of topic, byte or length another', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.uint8Array({ minLength: 1, maxLength: 300 }),
      fc.nat(),
      fc.nat(7),
      (topic, data, at, bit) => {
        const seen = of(topic, data)
        expect(of(topic, data.slice())).toBe(seen)
        expect(Number.isSafeInteger(seen)).toBe(true)
        const i = at % data.length
        const others = [
          of(topic, data.with(i, data[i]! ^ (1 << bit))),
          of(topic, data.subarray(0, -1)),
          of(topic, new Uint8Array([...data, 0])),
          of(`${topic}/`, data),
          createFingerprint(0x01234567, 0x89abcdee)(topic, data),
        ]
        expect(others).not.toContain(seen)
      },
    ),
  )
})

test('no two of 200,000 alike messages share one, and its bits are spread evenly', () => {
  const data = new Uint8Array(300)
  const view = new DataView(data.buffer)
  const seen = new Set<number>()
  const ones = new Array<number>(53).fill(0)
  for (let i = 0; i < 200_000; i++) {
    view.setUint32(120, i)
    const fingerprint = of('topic', data)
    seen.add(fingerprint)
    for (let bit = 0; bit < 53; bit++) ones[bit]! += Math.floor(fingerprint / 2 ** bit) % 2
  }
  expect(seen.size).toBe(200_000)
  for (const count of ones) expect(Math.abs(count - 100_000)).toBeLessThan(1500)
})
