import type { LngLat } from '@hexhail/protocol/geo.ts'
import { buildCity } from '@hexhail/streets/build/build-city.ts'
import type { Feature } from '@hexhail/streets/osm/feature.ts'

const SIDE = 24
const STEP = 0.0025
const CORNER: LngLat = [-56.2, -34.92]

/** A made-up town of straight two-way streets, about 6 km across, where Montevideo is. */
export function gridCity() {
  const features: Feature[] = []
  const at = (x: number, y: number): LngLat => [CORNER[0] + x * STEP, CORNER[1] + y * STEP]
  const row = Array.from({ length: SIDE + 1 }, (_, i) => i)
  for (const i of row) {
    const tags = { highway: 'residential', name: `Calle ${i + 1}` }
    features.push({ kind: 'way', id: i + 1, tags, line: row.map(x => at(x, i)) })
    features.push({
      kind: 'way',
      id: i + 101,
      tags: { ...tags, name: `Avenida ${i + 1}` },
      line: row.map(y => at(i, y)),
    })
  }
  return buildCity(features, { name: 'Grid' })
}
