import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { CityAnswer } from './city-calls.ts'

/** Every call can be given up. */
export interface CallOptions {
  readonly signal?: AbortSignal
}

/** Calls to one worker; what it throws comes back as `HexhailError` with the code it gave. */
export interface WorkerCalls extends Disposable {
  call<T>(method: string, args: readonly unknown[], options?: CallOptions): Promise<T>
}

/** Calls to a worker that `serveWorker` runs in. Disposing ends it; calls still open are then rejected. */
export function callWorker(worker: Worker): WorkerCalls {
  let lastId = 0
  let ended: Error | null = null
  const open = new Map<number, (answer: CityAnswer) => void>()
  const endAll = (error: Error): void => {
    ended = error
    for (const settle of open.values())
      settle({ id: 0, ok: false, code: 'CITY_WORKER', message: error.message })
    open.clear()
  }
  worker.onmessage = (event: MessageEvent<CityAnswer>) => {
    const settle = open.get(event.data.id)
    open.delete(event.data.id)
    settle?.(event.data)
  }
  worker.onerror = event =>
    endAll(new HexhailError('CITY_WORKER', `The city worker failed: ${event.message}. Reload the page.`))
  return {
    call: <T>(method: string, args: readonly unknown[], { signal }: CallOptions = {}): Promise<T> =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended)
        if (signal?.aborted) return reject(signal.reason)
        const id = ++lastId
        const giveUp = (): void => {
          open.delete(id)
          worker.postMessage({ cancel: id })
          reject(signal!.reason)
        }
        signal?.addEventListener('abort', giveUp, { once: true })
        open.set(id, answer => {
          signal?.removeEventListener('abort', giveUp)
          if (answer.ok) resolve(answer.value as T)
          else reject(new HexhailError(answer.code, answer.message))
        })
        worker.postMessage({ id, method, args })
      }),
    [Symbol.dispose]() {
      worker.terminate()
      endAll(new HexhailError('CITY_WORKER', 'The city was closed.'))
    },
  }
}
