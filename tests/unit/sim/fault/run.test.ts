import { execFileSync } from 'node:child_process'
import { runSeed } from '@hexhail/sim/fault/run.ts'
import { shrink } from '@hexhail/sim/fault/shrink.ts'
import { expect, test } from 'vitest'

test('without faults every trip ends, and nothing is broken', async () => {
  const { ends, violations, faults } = await runSeed({ seed: 2, trips: 6, calm: true })
  expect(violations).toEqual([])
  expect(Object.values(faults).every(count => count === 0)).toBe(true)
  expect(Object.values(ends).reduce((a, b) => a + b, 0)).toBe(6)
  expect(ends.settled).toBeGreaterThan(3)
})

test('one seed gives one run, event by event', async () => {
  const notes: string[][] = [[], []]
  const runs = []
  for (const into of notes)
    runs.push(await runSeed({ seed: 5, trips: 4, trace: (atMs, what) => void into.push(`${atMs} ${what}`) }))
  expect(notes[0]!.length).toBeGreaterThan(100)
  expect(notes[1]).toEqual(notes[0])
  expect(runs[1]).toEqual(runs[0])
  const other = await runSeed({ seed: 6, trips: 4 })
  expect(other.hash).not.toBe(runs[0]!.hash)
})

test('eighty trips under faults all end, and no oracle is broken', async () => {
  let faults = 0
  for (let seed = 20; seed < 30; seed++) {
    const run = await runSeed({ seed, trips: 8 })
    expect(run.violations, `seed ${seed}`).toEqual([])
    for (const count of Object.values(run.faults)) faults += count
  }
  expect(faults).toBeGreaterThan(80 * 9)
})

test('rides that change hands under faults all end, and no oracle is broken', async () => {
  let handed = 0
  for (let seed = 40; seed < 90; seed++) {
    const run = await runSeed({ seed, trips: 8, epochs: true })
    expect(run.violations, `seed ${seed}`).toEqual([])
    handed += run.handovers
  }
  expect(handed).toBeGreaterThan(12)
})

/** Each broke an oracle: by what was undone while a page was closed, or by a claim that a receipt crossed. */
test.each([81, 89, 121])(
  'thirty-two trips of one world all end, and no oracle is broken (seed %i)',
  async seed => {
    const { violations, faults } = await runSeed({ seed, trips: 32 })
    expect(violations).toEqual([])
    expect(Object.values(faults).reduce((a, b) => a + b, 0)).toBeGreaterThan(32 * 9)
  },
)

test('one seed gives one hash, in another process too', async () => {
  const told = execFileSync(process.execPath, ['sim/run.ts', '--seed', '5', '--trips', '3'], {
    encoding: 'utf8',
  })
  const { hash } = JSON.parse(told.split('\n')[0]!)
  expect(hash).toBe((await runSeed({ seed: 5, trips: 3 })).hash)
})

test('a broken run is made smaller while it stays broken', async () => {
  const init = { seed: 1, trips: 2, bugs: new Set(['placeEarly']) }
  const small = await shrink(init)
  expect(small.trips).toBe(1)
  expect(small.without?.size).toBeGreaterThan(12)
  expect((await runSeed(small)).violations[0]).toMatch(/^placeBeforeHold/)
})
