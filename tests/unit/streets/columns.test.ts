import { packColumn, unpackColumn } from '@hexhail/streets/columns.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const whole = fc.integer({ min: -(2 ** 30), max: 2 ** 30 })

test('every column comes back as it was', () => {
  fc.assert(
    fc.property(fc.array(whole), values => {
      expect([...unpackColumn(packColumn(values, 'delta'), 'delta')]).toEqual(values)
      expect([...unpackColumn(packColumn(values, 'delta2'), 'delta2')]).toEqual(values)
      const positive = values.map(Math.abs)
      expect([...unpackColumn(packColumn(positive, 'plain'), 'plain')]).toEqual(positive)
    }),
  )
})

test('a column that is cut off or makes things up is refused, and nothing hangs', () => {
  const bytes = packColumn([1, 200, 70_000, 5], 'plain')
  for (let end = 0; end < bytes.length; end++)
    expect(() => unpackColumn(bytes.subarray(0, end), 'plain')).toThrow(RangeError)
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
