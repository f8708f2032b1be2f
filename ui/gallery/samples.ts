import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { FareLine } from '../components/FareTable.tsx'

/** A fare to show. */
export const LINES: readonly FareLine[] = [
  { label: 'Base fare', amount: 1_200_000n },
  { label: 'Distance', note: '4.8 km × $0.95', amount: 4_560_000n },
  { label: 'Time', note: '14 min × $0.18', amount: 2_520_000n },
  { label: 'Night', note: '22:00 to 06:00, × 1.2', amount: 1_656_000n },
]

/** Sum of `LINES`. */
export const TOTAL = 9_936_000n

/** Tres Cruces and Plaza Independencia. */
export const FROM: LngLat = [-56.1665, -34.8938]

/** End of the sample trip. */
export const TO: LngLat = [-56.1998, -34.9066]

/** A sample way along the avenue. */
export const WAY: readonly LngLat[] = [
  FROM,
  [-56.1705, -34.8962],
  [-56.1762, -34.9003],
  [-56.1815, -34.9032],
  [-56.1873, -34.9052],
  [-56.1935, -34.9058],
  TO,
]

/** Tile over the gallery's own server. */
export async function tile(z: number, x: number, y: number, signal: AbortSignal): Promise<Uint8Array> {
  const response = await fetch(`/tiles/${z}/${x}/${y}`, { signal })
  return new Uint8Array(await response.arrayBuffer())
}
