import type { LngLat } from '@hexhail/protocol/geo.ts'

/** The tile `[z, x, y]` that holds a place. */
export function tileAt([lng, lat]: LngLat, z: number): [z: number, x: number, y: number] {
  const sine = Math.sin((lat * Math.PI) / 180)
  const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)
  return [z, Math.floor((lng / 360 + 0.5) * 2 ** z), Math.floor(y * 2 ** z)]
}
