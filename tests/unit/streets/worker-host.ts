import { parentPort } from 'node:worker_threads'

/* Gives `city-worker.ts` the global scope that a browser worker has. */
const port = parentPort!
const scope = globalThis as unknown as {
  onmessage?: (event: { data: unknown }) => void
  postMessage: unknown
}
scope.postMessage = (message: unknown, transfer?: ArrayBuffer[]) => port.postMessage(message, transfer ?? [])
port.on('message', data => scope.onmessage?.({ data }))
await import('@hexhail/streets/city-worker.ts')
port.postMessage({ id: 0, ok: true, value: 'ready' })
