import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { City, CityInfo } from './city.ts'
import type { CityAnswer, CityCall } from './city-calls.ts'
import type { AsyncCity } from './city-client.ts'
import { createLocalCity } from './local-city.ts'
import type { CityRouter } from './router.ts'

/** The city that is open in this worker. */
export interface OpenedCity {
  readonly city: City
  readonly router: CityRouter
}

/** Methods by name, as calls reach them. */
export type WorkerMethods = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<CityCall>) => void) | null
  postMessage(answer: CityAnswer, transfer?: Transferable[]): void
}
const WARM_UP_MS = 3000

/**
 * Answers the calls of `callWorker` in this worker: those of a city, and what `more` makes over whatever city is open.
 * Calls wait in a queue that is drained one a task, so that a cancel can overtake the call it cancels; routes and places
 * go before tiles, which come in flocks.
 */
export function serveWorker(more: (opened: () => OpenedCity) => WorkerMethods = () => ({})): void {
  let opened: OpenedCity | null = null
  const city = createLocalCity(undefined, {
    fetchBundle,
    hashBundle,
    onOpen: (tables, router) => {
      opened = { city: tables, router }
    },
  })
  const methods = {
    ...city,
    ...more(() => {
      if (opened === null)
        throw new HexhailError('CITY_NOT_LOADED', 'No city is loaded yet: call load first.')
      return opened
    }),
  } as unknown as Readonly<Record<string, (...args: readonly unknown[]) => Promise<unknown>>>
  const queue: Extract<CityCall, { id: number }>[] = []
  const bell = new MessageChannel()

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
      const method = methods[call.method]
      if (method === undefined)
        throw new HexhailError('CITY_WORKER', `This worker does not answer ${call.method}.`)
      const value = await method(...call.args)
      const transfer =
        value instanceof Uint8Array && value.byteLength > 0 ? [value.buffer as ArrayBuffer] : []
      scope.postMessage({ id: call.id, ok: true, value }, transfer)
      if (call.method === 'load') warmUp(city, value as CityInfo, () => queue.length === 0)
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
}

/** The first snap and the first search would wait for what they need: make it while nothing else is asked. */
function warmUp(city: AsyncCity, { centre }: CityInfo, isIdle: () => boolean): void {
  setTimeout(() => isIdle() && city.snap(centre).catch(() => {}))
  setTimeout(() => isIdle() && city.find('').catch(() => {}), WARM_UP_MS)
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
