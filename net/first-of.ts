import type { After } from './ports.ts'

/** One way to get something; gives up when told. */
export type Attempt<T> = (signal: AbortSignal) => Promise<T>

/**
 * Tries several ways, the next one as soon as the one before fails or has had its head start, so that one that hangs
 * holds up nobody. The first to succeed wins, and the others are told to give up. Rejects with the last failure.
 */
export async function firstOf<T>(
  attempts: readonly Attempt<T>[],
  { headStartMs, signal, after }: { headStartMs: number; signal: AbortSignal; after: After },
): Promise<T> {
  const over = new AbortController()
  const both = AbortSignal.any([signal, over.signal])
  const won = Promise.withResolvers<T>()
  let next = 0
  let running = 0
  let cancel = (): void => {}
  const lose = (error: unknown): void => {
    running--
    if (next < attempts.length) start()
    else if (running === 0) won.reject(error)
  }
  const start = (): void => {
    cancel()
    const attempt = attempts[next++]
    if (attempt === undefined || both.aborted) return
    running++
    cancel = after(headStartMs, start)
    attempt(both).then(won.resolve, lose)
  }
  const onAbort = (): void => won.reject(signal.reason)
  signal.addEventListener('abort', onAbort)
  try {
    signal.throwIfAborted()
    if (attempts.length === 0) throw new Error('There is no way to try.')
    start()
    return await won.promise
  } finally {
    cancel()
    over.abort()
    signal.removeEventListener('abort', onAbort)
  }
}
