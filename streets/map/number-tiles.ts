import type { GeoJSONVTTile } from '@maplibre/geojson-vt'
import type { AddressTable } from '../city.ts'

/** House numbers as tiles of one zoom: too many points for the general cutter, so they are sorted by tile. */
export function numberTiles(
  addresses: AddressTable,
  zoom: number,
  extent: number,
): (x: number, y: number) => GeoJSONVTTile | null {
  const side = 2 ** zoom
  const { number, xy } = addresses
  let byTile: Map<number, number[]> | null = null
  const worldX = (i: number): number => (xy[2 * i]! / 1e5 / 360 + 0.5) * side
  const worldY = (i: number): number => {
    const sine = Math.sin(((xy[2 * i + 1]! / 1e5) * Math.PI) / 180)
    return (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * side
  }
  return (x, y) => {
    if (!byTile) {
      byTile = new Map()
      for (let i = 0; i < number.length; i++) {
        const key = Math.floor(worldY(i)) * side + Math.floor(worldX(i))
        const list = byTile.get(key)
        if (list) list.push(i)
        else byTile.set(key, [i])
      }
    }
    const here = byTile.get(y * side + x)
    if (!here) return null
    const features = here.map(i => ({
      type: 1 as const,
      tags: { number: String(number[i]) },
      geometry: [[Math.round((worldX(i) - x) * extent), Math.round((worldY(i) - y) * extent)]] as [
        number,
        number,
      ][],
    }))
    return { features } as unknown as GeoJSONVTTile
  }
}
