import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { City } from '@hexhail/streets/city.ts'
import type { CityRouter } from '@hexhail/streets/router.ts'
import { sayEtaRatio } from './eta-ratio.ts'
import { timeNgraph } from './ngraph.ts'
import { placeSource } from './places.ts'
import { installRivals } from './rivals.ts'
import type { TimedRow } from './timed-row.ts'
import { askValhalla } from './valhalla.ts'

const PAIRS = 1000
const MANY = 1000
const CROWD = 10_000

/** What the rivals are compared with. */
interface Asked {
  readonly city: City
  readonly routers: { readonly turns: CityRouter; readonly junctions: CityRouter }
  readonly freeDs: Int32Array
  readonly rng: () => number
}

/** Asks the rivals what they can answer and writes their times into the rows. `extract`: null without a PBF. */
export function measureRivals(
  rows: Map<string, TimedRow>,
  { city, routers, freeDs, rng }: Asked,
  { dir, extract }: { dir: string; extract: string | null },
): void {
  const rivals = installRivals(dir)
  const draw = placeSource(city, routers.turns.snap, rng, 'uniform')
  const put = (key: string, name: string, ns: number): void => {
    const row = rows.get(key)!
    rows.set(key, { ...row, rivals: { ...row.rivals, [name]: ns } })
  }
  if (rivals.ngraph) {
    const { p50 } = timeNgraph(dir, city.streets, freeDs, Array.from({ length: 512 }, draw))
    put('distance', 'ngraph.path', p50)
    put('route', 'ngraph.path', p50)
  }
  if (!rivals.valhalla) return
  if (extract === null) {
    console.log('Without Valhalla: it reads extracts (.osm.pbf) only.')
    return
  }
  const spots = (count: number): LngLat[] => Array.from({ length: count }, () => draw().at)
  const pairs = Array.from({ length: PAIRS }, () => [draw(), draw()] as const)
  const answer = askValhalla(dir, extract, {
    sources: spots(MANY),
    goals: spots(12),
    crowd: spots(CROWD),
    pairs: pairs.map(([from, to]) => [from.at, to.at] as const),
  })
  if (!answer) return
  put('kept many', 'Valhalla', answer.many)
  put('many', 'Valhalla', answer.many)
  put('prepared many', 'Valhalla', answer.many)
  put('uniform 1000', 'Valhalla', answer.many)
  put('uniform 10000', 'Valhalla', answer.crowd)
  put('whole route', 'Valhalla', answer.route)
  sayEtaRatio({ streets: city.streets, ...routers, extract, pairs }, answer)
}
