import { createVerifyQueue } from '@hexhail/protocol/verify-queue.ts'
import { expect, it } from 'vitest'

/** A queue whose checks wait to be let go, and the names of those begun. */
function held(limits: Parameters<typeof createVerifyQueue>[0]) {
  const queue = createVerifyQueue(limits)
  const begun: string[] = []
  const release = new Map<string, (good: boolean) => void>()
  const run = (name: string, from = name) =>
    queue.run(
      from,
      () =>
        new Promise<boolean>(done => {
          begun.push(name)
          release.set(name, done)
        }),
    )
  return { begun, run, release }
}
const LIMITS = { parallel: 1, perLink: 3, all: 5 }

it('checks one at a time and the newest of the waiting first', async () => {
  const { begun, run, release } = held(LIMITS)
  const results = ['a', 'b', 'c'].map(name => run(name))
  release.get('a')!(true)
  expect(await results[0]).toBe(true)
  release.get('c')!(false)
  expect(await results[2]).toBe(false)
  release.get('b')!(true)
  expect(await results[1]).toBe(true)
  expect(begun).toEqual(['a', 'c', 'b'])
})

it('drops the oldest waiting of a neighbour who has too many, and nobody else’s', async () => {
  const { begun, run, release } = held(LIMITS)
  const other = run('other')
  const flood = [1, 2, 3, 4].map(i => run(`flood ${i}`, 'flooder'))
  expect(await flood[0]).toBe(null)
  release.get('other')!(true)
  expect(await other).toBe(true)
  for (const i of [4, 3, 2]) {
    release.get(`flood ${i}`)!(true)
    expect(await flood[i - 1]).toBe(true)
  }
  expect(begun).toEqual(['other', 'flood 4', 'flood 3', 'flood 2'])
})

it('drops the oldest of all when there are too many in all, and takes new ones when they are done', async () => {
  const { run, release } = held(LIMITS)
  const many = [0, 1, 2, 3, 4, 5].map(i => run(`${i}`))
  expect(await many[1]).toBe(null)
  for (const i of [0, 5, 4, 3, 2]) {
    release.get(`${i}`)!(true)
    expect(await many[i]).toBe(true)
  }
  const late = run('late')
  release.get('late')!(true)
  expect(await late).toBe(true)
})

it('takes a check that fails for a bad signature', async () => {
  const queue = createVerifyQueue()
  expect(await queue.run(undefined, () => Promise.reject(new Error('no such curve')))).toBe(false)
})
