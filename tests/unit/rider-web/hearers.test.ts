import { hearersOf } from '@hexhail/rider-web/hearers.ts'
import { expect, test } from 'vitest'

test('drivers of the near cells are in the regions too, and are counted once', () => {
  expect(hearersOf([2, 3, 20])).toEqual({ near: 5, all: 20 })
  expect(hearersOf([2, 3, 0])).toEqual({ near: 5, all: 5 })
})

test('where no relay tells, nothing is said; a step that was not asked yet counts as none', () => {
  expect(hearersOf(null)).toBeNull()
  expect(hearersOf([])).toBeNull()
  expect(hearersOf([null, null, null])).toBeNull()
  expect(hearersOf([4, null, null])).toEqual({ near: 4, all: 4 })
})
