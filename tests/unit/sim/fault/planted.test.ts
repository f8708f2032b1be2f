import { createHunt, ON_ANY_TRIP, PLANTED } from '@hexhail/sim/fault/planted.ts'
import { expect, test } from 'vitest'

// The others take seeds of more trips: `npm run sim -- --planted` hunts all of them.
test('planted bugs that show on any trip are found, by an oracle that is silent without them', async () => {
  const hunt = createHunt()
  expect(Object.keys(PLANTED).length).toBeGreaterThanOrEqual(14)
  const missed: string[] = []
  for (const bug of ON_ANY_TRIP) if ((await hunt(bug)) === null) missed.push(bug)
  expect(missed).toEqual([])
})
