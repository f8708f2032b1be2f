import { isBookable } from '@hexhail/protocol/later.ts'
import { slots } from '@hexhail/rider-web/slots.ts'
import { expect, test } from 'vitest'

test('every time that can be chosen can be asked for, also after some minutes of thought', () => {
  for (const nowMs of [1_795_390_400_000, 1_795_390_500_000, 1_795_391_999_999]) {
    const times = slots(nowMs)
    expect(times.length).toBeGreaterThanOrEqual(93)
    for (const at of times) {
      expect(at % 900_000).toBe(0)
      expect(isBookable(at, nowMs)).toBe(true)
      expect(isBookable(at, nowMs + 299_000)).toBe(true)
    }
  }
})
