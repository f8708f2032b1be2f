import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { CallOptions } from './call-worker.ts'
import { type City, openCity } from './city.ts'
import type { AsyncCity } from './city-client.ts'
import { createCityRouter } from './city-router.ts'
import { createTiles, type Tiles } from './map/tiles.ts'
import type { CityRouter } from './router.ts'
import { createSearch, type Search } from './search/search.ts'

/** What only the place where the program runs can do, or can do faster. */
export interface CityEdge {
  /** Gets the bytes behind a URL. */
  fetchBundle?(url: string, signal: AbortSignal | undefined): Promise<Uint8Array>
  /** Content hash of a bundle; undefined where it cannot be had here after all. */
  hashBundle?(bytes: Uint8Array): Promise<string | undefined>
  /** Gets to know each city that is opened, for what else is built on it here. */
  onOpen?(city: City, router: CityRouter): void
}

/**
 * A city in this thread, behind the same promises as the one in a worker. The router is ready when `load` is; the snap
 * grid, search and tiles are made when first asked for. URLs can be loaded where the edge can fetch them.
 */
export function createLocalCity(bundle?: Uint8Array, edge: CityEdge = {}): AsyncCity {
  let city: City | null = null
  let router: CityRouter | null = null
  let search: Search | null = null
  let tiles: Tiles | null = null
  const open = (bytes: Uint8Array, hash?: string): void => {
    const opened = openCity(bytes, hash)
    router = createCityRouter(opened)
    city = opened
    edge.onOpen?.(opened, router)
    search = null
    tiles = null
  }
  const loaded = <T>(thing: T | null): T => {
    if (thing === null) throw new HexhailError('CITY_NOT_LOADED', 'No city is loaded yet: call load first.')
    return thing
  }
  /** Run now, answer as a promise: a fault becomes a rejection. */
  const answer = async <T>(options: CallOptions | undefined, work: () => T): Promise<T> => {
    options?.signal?.throwIfAborted()
    return work()
  }
  const fetched = (url: string, signal: AbortSignal | undefined): Promise<Uint8Array> => {
    if (edge.fetchBundle) return edge.fetchBundle(url, signal)
    throw new HexhailError('CITY_FETCH', `Nothing here can fetch ${url}: load the bytes.`, { url })
  }
  if (bundle) open(bundle)
  return {
    async load(source, options) {
      options?.signal?.throwIfAborted()
      const bytes = typeof source === 'string' ? await fetched(source, options?.signal) : source
      open(bytes, await edge.hashBundle?.(bytes))
      return loaded(city).info
    },
    info: () => answer(undefined, () => loaded(city).info),
    snap: (at, options) => answer(options, () => loaded(router).snap(at)),
    distanceS: (from, to, options) => answer(options, () => loaded(router).distanceS(from, to)),
    nearest: (drivers, rider, k, options) => answer(options, () => loaded(router).nearest(drivers, rider, k)),
    route: (from, to, options) => answer(options, () => loaded(router).route(from, to)),
    find: (text, near, limit, options) =>
      answer(options, () => (search ??= createSearch(loaded(city))).find(text, near, limit)),
    nameAt: (at, options) => answer(options, () => (search ??= createSearch(loaded(city))).nameAt(at)),
    tile: (z, x, y, options) => answer(options, () => (tiles ??= createTiles(loaded(city))).tile(z, x, y)),
    async [Symbol.asyncDispose]() {
      city = router = search = tiles = null
    },
  }
}
