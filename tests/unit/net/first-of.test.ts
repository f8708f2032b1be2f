import { firstOf } from '@hexhail/net/first-of.ts'
import { expect, test } from 'vitest'

/** Ways that succeed or fail when the test says so, and a clock that strikes when it says so. */
function ways(count: number, signal = new AbortController().signal) {
  const begun: PromiseWithResolvers<string>[] = []
  const told: AbortSignal[] = []
  let due: (() => void) | undefined
  const attempts = Array.from({ length: count }, () => (given: AbortSignal) => {
    told.push(given)
    begun.push(Promise.withResolvers<string>())
    return begun.at(-1)!.promise
  })
  const after = (_: number, run: () => void) => {
    due = run
    return () => {
      if (due === run) due = undefined
    }
  }
  const result = firstOf(attempts, { headStartMs: 1000, signal, after })
  result.catch(() => {})
  return { begun, told, result, strike: () => due?.(), isWaiting: () => due !== undefined }
}
const settle = () => new Promise(setImmediate)

test('a way that hangs holds up the next for its head start only, and may still win', async () => {
  const { begun, told, result, strike } = ways(2)
  expect(begun).toHaveLength(1)
  strike()
  expect(begun).toHaveLength(2)
  begun[0]!.resolve('slow')
  expect(await result).toBe('slow')
  expect(told.map(({ aborted }) => aborted)).toEqual([true, true])
})

test('a way that fails gives way at once, and nothing is begun after the end', async () => {
  const { begun, result, isWaiting } = ways(3)
  begun[0]!.reject(new Error('refused'))
  await settle()
  expect(begun).toHaveLength(2)
  begun[1]!.resolve('second')
  expect(await result).toBe('second')
  expect([begun.length, isWaiting()]).toEqual([2, false])
})

test('when all fail the last failure is told; no ways are a failure too', async () => {
  const { begun, result, strike } = ways(2)
  strike()
  begun[1]!.reject(new Error('two'))
  begun[0]!.reject(new Error('one'))
  await expect(result).rejects.toThrow('one')
  await expect(ways(0).result).rejects.toThrow('no way')
})

test('who is told to give up gives up, and tells all ways', async () => {
  const control = new AbortController()
  const { told, result } = ways(2, control.signal)
  control.abort(new Error('enough'))
  await expect(result).rejects.toThrow('enough')
  expect(told[0]!.aborted).toBe(true)
})
