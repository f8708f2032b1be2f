import { addProtocol } from 'maplibre-gl'
import type { TileSource } from './map-view.ts'

const sources = new Map<string, TileSource>()
let last = 0

/** Lets the map ask this page for tiles: returns the URL template and a way to stop. */
export function serveTiles(tile: TileSource): { template: string; stop: () => void } {
  if (last === 0) addProtocol('hexhail', (request, { signal }) => answer(request.url, signal))
  const id = `city${++last}`
  sources.set(id, tile)
  return { template: `hexhail://${id}/{z}/{x}/{y}`, stop: () => sources.delete(id) }
}

async function answer(url: string, signal: AbortSignal): Promise<{ data: ArrayBuffer }> {
  const found = /^hexhail:\/\/(\w+)\/(\d+)\/(\d+)\/(\d+)$/.exec(url)
  const tile = found === null ? undefined : sources.get(found[1] as string)
  if (found === null || tile === undefined) return { data: new ArrayBuffer(0) }
  const bytes = await tile(Number(found[2]), Number(found[3]), Number(found[4]), signal)
  // MapLibre hands the buffer over to its worker: give it a copy that is exactly the tile.
  return { data: bytes.slice().buffer }
}
