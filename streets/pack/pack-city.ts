import { packBundle } from '../bundle.ts'
import { type CityData, JUNCTION_RANK } from '../city.ts'
import { packStreets } from './streets.ts'
import { packTables } from './tables.ts'

/** Bytes of a city whose places lie on the grid (`onGrain`), and whose lengths are those of its lines. */
export function packCity(city: CityData): Uint8Array {
  const text = new TextEncoder()
  return packBundle(
    new Map([
      ['info', text.encode(JSON.stringify(city.info))],
      ['names', text.encode(city.names.join('\n'))],
      ...packStreets(city.streets),
      ...packTables(city),
      [JUNCTION_RANK, city.junctionRank],
    ]),
  )
}
