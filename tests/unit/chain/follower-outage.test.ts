import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startAnvil } from '@hexhail/chain/anvil.ts'
import { expect, it } from 'vitest'
import { follow, trip, truth } from './following.ts'
import { localChain, UNIT } from './local-chain.ts'

it('a follower says that the chain is away, and goes on where it was when it is back', async () => {
  const home = mkdtempSync(join(tmpdir(), 'hexhail-chain-'))
  const statePath = join(home, 'state.json')
  const world = await localChain({ statePath })
  const [rider, driver] = await Promise.all([world.party(100n * UNIT), world.party()])
  const timers: (() => void)[] = []
  const after = (_: number, run: () => void) => {
    timers.push(run)
    return () => {}
  }
  const { follower, facts, changes } = follow(world.config, { after })
  const status: boolean[] = []
  let onChange = () => {}
  follower.onStatus(up => {
    status.push(up)
    onChange()
  })
  const changed = () => new Promise<void>(resolve => (onChange = resolve))
  await trip(world, rider, driver)
  await follower.caughtUp()

  const { port } = world.anvil
  await world.anvil.stop()
  expect(await world.anvil.exited).toBe(null)
  const down = changed()
  for (const run of timers.splice(0)) run()
  await down
  const again = await startAnvil({ statePath, port })
  await trip(world, rider, driver)
  await follower.caughtUp()
  expect(status).toEqual([true, false, true])
  expect(changes).toEqual(['fact held', 'fact released', 'fact held', 'fact released'])
  expect(facts()).toEqual(await truth(world.config))
  await follower[Symbol.asyncDispose]()
  await again.stop()
  rmSync(home, { recursive: true })
})
