import { idOrder } from '@hexhail/streets/route/id-order.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'

test('of two orders the lower one is of the id that comes first as text', () => {
  const letter = fc.constantFrom(...'019:@AZ_az{~-. é\u{1f600}')
  const id = fc.oneof(fc.string({ unit: letter, maxLength: 8 }), fc.string({ maxLength: 8 }))
  fc.assert(
    fc.property(id, id, (a, b) => {
      const [one, other] = [idOrder(a), idOrder(b)]
      expect(one).toBe(one >>> 0)
      if (one < other) expect(a < b).toBe(true)
      if (one > other) expect(a > b).toBe(true)
    }),
    { numRuns: 2000, seed: 51 },
  )
})

test('addresses are told apart by their first digits', () => {
  const ids = Array.from({ length: 4096 }, (_, i) => `0x${i.toString(16).padStart(3, '0')}77`)
  expect(new Set(ids.map(idOrder)).size).toBe(4096)
})
