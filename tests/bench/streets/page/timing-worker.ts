/* Times the 10 nearest of 10,000 drivers inside a worker, where no message is on the way. */
import { openCity } from '@hexhail/streets/city.ts'
import { createCityRouter } from '@hexhail/streets/city-router.ts'
import { seeded } from '../../../unit/streets/grid-town.ts'
import { placeSource, someDrivers } from '../places.ts'
import { type Timing, timeCalls } from '../sample.ts'

/** What the worker finds: megabytes (2^20) of the kernel's memory before any driver, and the time of a question. */
export interface WorkerFigures {
  readonly wasmMb: number
  readonly nearest: Timing
}

/** Memory of each WebAssembly module: browsers leave it out when they are asked what a worker has. */
const memories: WebAssembly.Memory[] = []
WebAssembly.Instance = class extends WebAssembly.Instance {
  constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
    super(module, imports)
    if (this.exports.memory instanceof WebAssembly.Memory) memories.push(this.exports.memory)
  }
}

globalThis.onmessage = ({ data }: MessageEvent<Uint8Array>) => {
  const city = openCity(data)
  const router = createCityRouter(city)
  const wasmMb = memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0) / 2 ** 20
  const draw = placeSource(city, router.snap, seeded(11), 'uniform')
  for (const { id, place, stance } of someDrivers(city, 10_000, draw)) router.drivers.place(id, place, stance)
  const riders = Array.from({ length: 4096 }, draw)
  // The clock of an isolated page ticks every 5 µs: twenty calls a sample.
  const nearest = timeCalls(i => router.drivers.nearest(riders[i & 4095]!, 10), { batch: 20, samples: 1000 })
  globalThis.postMessage({ wasmMb, nearest } satisfies WorkerFigures)
}
