/* The page of the bench: starts the city worker as the apps do, and another one that times the router inside it. */
import { openCityWorker } from '@hexhail/streets/city-client.ts'
import CityWorker from '@hexhail/streets/city-worker.ts?worker'
import type { PageFigures } from '../browser.ts'
import type { WorkerFigures } from './timing-worker.ts'
import TimingWorker from './timing-worker.ts?worker'

const STARTS = 5

const bytes = new Uint8Array(await (await fetch('/data')).arrayBuffer())
const readyMs: number[] = []
const firstSnapMs: number[] = []
let scriptMb: number | null = null
for (let i = 0; i < STARTS; i++) {
  const before = performance.now()
  await using city = openCityWorker(new CityWorker())
  const { centre } = await city.load(bytes)
  const ready = performance.now()
  readyMs.push(ready - before)
  await city.snap(centre)
  firstSnapMs.push(performance.now() - ready)
  if (i > 0) continue
  scriptMb = await workerMb()
}
const worker = new TimingWorker()
const { wasmMb, nearest } = await new Promise<WorkerFigures>((resolve, reject) => {
  worker.onmessage = ({ data }) => resolve(data)
  worker.onerror = ({ message }) => reject(new Error(message))
  worker.postMessage(bytes)
})
const figures: PageFigures = { readyMs, firstSnapMs, scriptMb, wasmMb, nearest }
Object.assign(globalThis, { figures })

/** Megabytes (2^20 bytes) of all workers of this page but for WebAssembly, where the browser can tell. */
async function workerMb(): Promise<number | null> {
  const measure = (performance as { measureUserAgentSpecificMemory?: () => Promise<Memory> })
    .measureUserAgentSpecificMemory
  if (!measure) return null
  const { breakdown } = await measure.call(performance)
  const ofWorkers = breakdown.filter(part =>
    part.attribution.some(({ scope }) => scope === 'DedicatedWorkerGlobalScope'),
  )
  return ofWorkers.reduce((sum, part) => sum + part.bytes, 0) / 2 ** 20
}

interface Memory {
  readonly breakdown: readonly {
    readonly bytes: number
    readonly attribution: readonly { readonly scope: string }[]
  }[]
}
