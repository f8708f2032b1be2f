/* The page of the bench: starts a worker that times the search. */
import type { SearchTimes } from '../time-searches.ts'
import TimingWorker from './timing-worker.ts?worker'

const bytes = new Uint8Array(await (await fetch('/data')).arrayBuffer())
const worker = new TimingWorker()
const figures = await new Promise<SearchTimes>((resolve, reject) => {
  worker.onmessage = ({ data }) => resolve(data)
  worker.onerror = ({ message }) => reject(new Error(message))
  worker.postMessage(bytes)
})
Object.assign(globalThis, { figures })
