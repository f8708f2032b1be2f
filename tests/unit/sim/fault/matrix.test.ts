import { cells } from '@hexhail/sim/fault/matrix.ts'
import { expect, test } from 'vitest'

/** Cells that do not end as they say yet. */
const OPEN: ReadonlySet<string> = new Set(['F8 chain RPC down, in phase B', 'F9 reorg of 12, in phase D'])

test('every cell of the failure matrix ends as it says, with no oracle broken', async () => {
  const all = cells()
  expect(all).toHaveLength(96)
  const bad: string[] = []
  for (const cell of all.filter(({ name }) => !OPEN.has(name))) {
    const { result, end, isGood } = await cell.run()
    if (!isGood) bad.push(`${cell.name}: ${end} ${result.violations.join('; ')}`)
  }
  expect(bad).toEqual([])
})
