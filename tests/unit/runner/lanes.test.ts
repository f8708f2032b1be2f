import { expect, test } from 'vitest'
import { runLanes } from '../../runner/lanes.ts'

const STEPS = [
  { name: 'a1', lane: 'a' },
  { name: 'b1', lane: 'b' },
  { name: 'b2', lane: 'b', after: 'a2' },
  { name: 'a2', lane: 'a' },
  { name: 'b3', lane: 'b', after: 'not asked for' },
]

test('lanes run side by side, each in its order, and who comes after another waits for it', async () => {
  const seen: string[] = []
  const gates = new Map(STEPS.map(({ name }) => [name, Promise.withResolvers<void>()]))
  const done = runLanes(['a', 'b'], STEPS, async ({ name }, place) => {
    seen.push(`${place} ${name}`)
    await gates.get(name)!.promise
  })
  const open = async (name: string): Promise<void> => {
    gates.get(name)!.resolve()
    await new Promise(resolve => setImmediate(resolve))
  }
  expect(seen).toEqual(['0 a1', '1 b1'])
  await open('b1')
  expect(seen).toHaveLength(2)
  await open('a1')
  expect(seen.slice(2)).toEqual(['3 a2'])
  await open('a2')
  expect(seen.slice(3)).toEqual(['2 b2'])
  await open('b2')
  expect(seen.slice(4)).toEqual(['4 b3'])
  gates.get('b3')!.resolve()
  await done
})

test('what stands in no lane of its own is taken once, by the lane that is free first', async () => {
  const seen: string[] = []
  const held = Promise.withResolvers<void>()
  const steps = [
    { name: 'a1', lane: 'a' },
    { name: 'b1', lane: 'b' },
    { name: 'either', lane: 'any' },
    { name: 'a2', lane: 'a' },
  ]
  const done = runLanes(['a', 'b'], steps, async ({ name }) => {
    if (name === 'a1') await held.promise
    seen.push(name)
    if (name === 'either') held.resolve()
  })
  await done
  expect(seen).toEqual(['b1', 'either', 'a1', 'a2'])
})
