import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { CityInfo } from './city.ts'
import type { CityAnswer, CityCall } from './city-calls.ts'
import { createLocalCity } from './local-city.ts'

/*
 * Worker side of `openCityWorker`. Calls wait in a queue that is drained one a task, so that a cancel can overtake
 * the call it cancels; routes and places go before tiles, which come in flocks.
 */

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<CityCall>) => void) | null
  postMessage(answer: CityAnswer, transfer?: Transferable[]): void
}
const city = createLocalCity(undefined, { fetchBundle, hashBundle })
const queue: Extract<CityCall, { id: number }>[] = []
const bell = new MessageChannel()
const WARM_UP_MS = 3000

scope.onmessage = ({ data }) => {
  if ('cancel' in data) {
    const at = queue.findIndex(call => call.id === data.cancel)
    if (at >= 0) queue.splice(at, 1)
    return
  }
  queue.push(data)
  bell.port2.postMessage(null)
}

bell.port1.onmessage = async () => {
  const urgent = queue.findIndex(call => call.method !== 'tile')
  const [call] = queue.splice(Math.max(0, urgent), 1)
  if (!call) return
  try {
    const method = city[call.method] as (...args: readonly unknown[]) => Promise<unknown>
    const value = await method(...call.args)
    const transfer = value instanceof Uint8Array && value.byteLength > 0 ? [value.buffer as ArrayBuffer] : []
    scope.postMessage({ id: call.id, ok: true, value }, transfer)
    if (call.method === 'load') warmUp(value as CityInfo)
  } catch (error) {
    const code = error instanceof HexhailError ? error.code : 'CITY_WORKER'
    scope.postMessage({
      id: call.id,
      ok: false,
      code,
      message: error instanceof Error ? error.message : String(error),
    })
  }
}

/** The first snap and the first search would wait for what they need: make it while nothing else is asked. */
function warmUp({ centre }: CityInfo): void {
  setTimeout(() => queue.length === 0 && city.snap(centre).catch(() => {}))
  setTimeout(() => queue.length === 0 && city.find('').catch(() => {}), WARM_UP_MS)
}

async function fetchBundle(url: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const response = await fetch(url, signal ? { signal } : {}).catch((cause: unknown) => {
    throw new HexhailError(
      'CITY_FETCH',
      `The city could not be fetched: check the connection.`,
      { url },
      cause,
    )
  })
  if (response.ok) return new Uint8Array(await response.arrayBuffer())
  throw new HexhailError('CITY_FETCH', `The city could not be fetched: the server says ${response.status}.`, {
    url,
  })
}

/** By the browser's own code, which only safe origins may use. */
async function hashBundle(bytes: Uint8Array): Promise<string | undefined> {
  const digest = await globalThis.crypto.subtle?.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)
  return digest && bytesToHex(new Uint8Array(digest))
}
