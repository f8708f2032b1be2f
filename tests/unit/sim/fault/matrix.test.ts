import { cells } from '@hexhail/sim/fault/matrix.ts'
import { expect, test } from 'vitest'

test('every cell of the failure matrix ends as it says, with no oracle broken', async () => {
  const all = cells()
  expect(all).toHaveLength(96)
  const bad: string[] = []
  for (const cell of all) {
    const { result, end, isGood } = await cell.run()
    if (!isGood) bad.push(`${cell.name}: ${end} ${result.violations.join('; ')}`)
  }
  expect(bad).toEqual([])
})
