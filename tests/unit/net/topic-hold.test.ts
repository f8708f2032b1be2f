import { topicHold } from '@hexhail/net/topic-hold.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function table() {
  const log: string[] = []
  const hold = topicHold({
    holdMs: 60_000,
    join: t => log.push(`join ${t}`),
    leave: t => log.push(`leave ${t}`),
  })
  return { log, hold }
}

test('a topic is left 60 s after its last listener', () => {
  const { log, hold } = table()
  const stopA = hold.subscribe('a', () => {})
  const stopB = hold.subscribe('a', () => {})
  stopA()
  vi.advanceTimersByTime(70_000)
  stopB()
  vi.advanceTimersByTime(59_999)
  expect(log).toEqual(['join a'])
  vi.advanceTimersByTime(1)
  expect(log).toEqual(['join a', 'leave a'])
})

test('a car that comes back to a cell within 60 s never left it', () => {
  const { log, hold } = table()
  hold.subscribe('a', () => {})()
  vi.advanceTimersByTime(30_000)
  const heard: number[] = []
  hold.subscribe('a', data => heard.push(data[0]!))
  vi.advanceTimersByTime(120_000)
  hold.deliver('a', new Uint8Array([7]), 'peer')
  expect(log).toEqual(['join a'])
  expect(heard).toEqual([7])
})

test('stopping one listener twice does not stop the other', () => {
  const { log, hold } = table()
  const stop = hold.subscribe('a', () => {})
  hold.subscribe('a', () => {})
  stop()
  stop()
  vi.advanceTimersByTime(120_000)
  expect(log).toEqual(['join a'])
})
