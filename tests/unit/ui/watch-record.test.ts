import type { RecordStanding } from '@hexhail/client/look-up-record.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { type ShownStanding, watchRecord } from '@hexhail/ui/watch-record.ts'
import { expect, test } from 'vitest'

const TRIP: Hex = `0xabc${'1'.repeat(61)}`
const file = {
  kind: 'inclusion',
  vkey: '',
  witnesses: [],
  checkpoint: '',
  index: 0,
  entry: '',
  proof: [],
} as const
const included = (size: number, block: number | 'due' | null): RecordStanding => ({
  state: 'included',
  size,
  witnesses: [],
  file,
  block,
})

/** Follows a record that a log tells so, one answer after the other; what is put, and after how long it is asked again. */
async function follow(answers: readonly (RecordStanding | Error)[]) {
  const put: ShownStanding[] = []
  const waits: number[] = []
  let next: (() => void) | null = null
  let at = 0
  const look = async () => {
    const answer = answers[at++]!
    if (answer instanceof Error) throw answer
    return answer
  }
  const stop = watchRecord(
    TRIP,
    look,
    standing => put.push(standing),
    (ms, run) => {
      waits.push(ms)
      next = run
      return () => {
        next = null
      }
    },
  )
  const step = async (): Promise<void> => {
    await expect.poll(() => put.length).toBe(at)
    await Promise.resolve()
    const run = next
    next = null
    run?.()
  }
  for (let i = 0; i < answers.length; i++) await step()
  return { put, waits, stop, asked: () => at, isWaiting: () => next !== null }
}

test('a record that is in the log and not yet on the chain is asked for again until it is', async () => {
  const { put, waits, isWaiting } = await follow([
    { state: 'unfiled' },
    new Error('the log is away'),
    included(2, 'due'),
    included(3, 'due'),
    included(3, 1_207),
  ])
  expect(put.map(each => (each === 'away' ? each : each.state))).toEqual([
    'unfiled',
    'away',
    'included',
    'included',
    'included',
  ])
  expect(put.at(-1)).toEqual(included(3, 1_207))
  expect(waits).toEqual([2_000, 2_000, 15_000, 15_000])
  expect(isWaiting()).toBe(false)
})

test('where no tree is put on the chain, and where the log lies, nothing more is asked', async () => {
  expect((await follow([included(2, null)])).waits).toEqual([])
  expect((await follow([{ state: 'lied', by: 'log', file: null }])).waits).toEqual([])
})

test('whoever stops is told nothing more, not even what is on its way', async () => {
  const answer = Promise.withResolvers<RecordStanding>()
  const put: ShownStanding[] = []
  const stop = watchRecord(
    TRIP,
    () => answer.promise,
    standing => put.push(standing),
    () => () => {},
  )
  stop()
  answer.resolve(included(2, 'due'))
  await answer.promise
  await Promise.resolve()
  expect(put).toEqual([])
})
