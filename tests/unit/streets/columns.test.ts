import { packColumn, unpackColumn } from '@hexhail/streets/columns.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const whole = fc.integer({ min: -(2 ** 30), max: 2 ** 30 })

test('every column comes back as it was', () => {
  fc.assert(
    fc.property(fc.array(whole), values => {
      for (const packing of ['signed', 'delta', 'delta2'] as const)
        expect([...unpackColumn(packColumn(values, packing), packing)]).toEqual(values)
      const positive = values.map(Math.abs)
      expect([...unpackColumn(packColumn(positive, 'plain'), 'plain')]).toEqual(positive)
    }),
  )
})

test('small numbers take a byte each', () => {
  expect(packColumn([0, 254, 7], 'plain').length).toBe(4)
  expect(packColumn([-127, 127, 0], 'signed').length).toBe(4)
})

test('a column that is cut off or makes things up is refused, and nothing hangs', () => {
  const bytes = packColumn([1, 254, 255, 70_000, 5], 'plain')
  for (let end = 0; end < bytes.length; end++)
    expect(() => unpackColumn(bytes.subarray(0, end), 'plain')).toThrow(RangeError)
  expect(() => unpackColumn(Uint8Array.of(...bytes, 0), 'plain')).toThrow(RangeError)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), junk => {
      try {
        expect(unpackColumn(junk, 'delta').length).toBeLessThanOrEqual(junk.length)
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError)
      }
    }),
  )
})
