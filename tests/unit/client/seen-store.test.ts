import { openSeen } from '@hexhail/client/seen-store.ts'
import { createMemoryStore } from '@hexhail/client/store.ts'
import { expect, it } from 'vitest'

const NOW = 1_800_000_000_000
const ID = 'ab'.repeat(20)

it('is kept over a reload until its ids expire', async () => {
  const store = createMemoryStore()
  const timers: (() => void)[] = []
  const open = (nowMs: number) =>
    openSeen({
      store,
      now: () => nowMs,
      every: (_, run) => {
        timers.push(run)
        return () => timers.splice(timers.indexOf(run), 1)
      },
      report: error => {
        throw error
      },
    })
  const first = await open(NOW)
  first.seen.add(ID, NOW + 60_000, NOW)
  for (const run of timers) run()
  first.stop()
  expect(timers).toEqual([])
  expect((await open(NOW + 59_000)).seen.has(ID)).toBe(true)
  expect((await open(NOW + 61_000)).seen.has(ID)).toBe(false)
})
