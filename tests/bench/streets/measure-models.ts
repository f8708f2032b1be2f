import type { City } from '@hexhail/streets/city.ts'
import type { Place } from '@hexhail/streets/router.ts'
import { timeKept } from './measure-kept.ts'
import { standOnly, timeKernelNearest, timeNearest, timePlainNearest } from './measure-nearest.ts'
import { timeKernel, timeMove, timeRouter, timeTraffic } from './measure-rest.ts'
import type { Model } from './open-model.ts'
import { type BenchDriver, placeSource, type Spread, someDrivers } from './places.ts'
import type { PlainDijkstra } from './plain-dijkstra.ts'
import { type Timing, timeCalls } from './sample.ts'
import type { TimedRow } from './timed-row.ts'

/** A model and a plain search over its graph. */
export type Judged = Model & { readonly plain: PlainDijkstra }

const COUNTS = [100, 1_000, 10_000, 100_000]
const US = 1_000
const MS = 1_000_000

/** Measures both models; rows by a short key, for the table and for the JSON line. */
export function measureModels(
  city: City,
  { turns, junctions }: { readonly turns: Judged; readonly junctions: Judged },
  [freeDs, liveDs]: readonly [Int32Array, Int32Array],
  rng: () => number,
): Map<string, TimedRow> {
  const rows = new Map<string, TimedRow>()
  const both = <T>(measure: (model: Judged) => T) => ({
    turns: measure(turns),
    junctions: measure(junctions),
  })
  let standing: readonly BenchDriver[] = []
  for (const spread of ['clustered', 'uniform'] as const satisfies Spread[]) {
    const draw = placeSource(city, turns.router.snap, rng, spread)
    const crowd = someDrivers(city, COUNTS.at(-1)!, draw)
    const riders = Array.from({ length: 4096 }, draw)
    for (const count of COUNTS) {
      const drivers = crowd.slice(0, count)
      const ways = both(model => {
        standOnly(model, standing, drivers)
        const isMain = count === 10_000
        return {
          router: timeNearest(model, riders),
          kernel: isMain ? timeKernelNearest(model, freeDs, riders) : undefined,
          plain: timePlainNearest(model, model.plain, model.times(freeDs), drivers, riders),
        }
      })
      standing = drivers
      rows.set(`${spread} ${count}`, {
        what: `10 nearest of ${count.toLocaleString('en')}, ${spread}`,
        turns: ways.turns.router,
        junctions: ways.junctions.router,
        target: count === 10_000 ? { p50: 10 * US, p99: 25 * US } : { p50: 12 * US },
        rivals: { Dijkstra: ways.turns.plain.p50 },
      })
      if (ways.turns.kernel)
        rows.set(`${spread} kernel`, {
          what: '  of which the kernel',
          turns: ways.turns.kernel,
          junctions: ways.junctions.kernel,
        })
    }
  }
  const places = Array.from({ length: 4096 }, placeSource(city, turns.router.snap, rng, 'uniform'))
  const add = (key: string, row: TimedRow): void => void rows.set(key, row)
  const pick = <K extends string>(of: Record<'turns' | 'junctions', Record<K, Timing>>, key: K) => ({
    turns: of.turns[key],
    junctions: of.junctions[key],
  })
  const some = standing.slice(0, 10_000)
  both(model => standOnly(model, standing, some))
  const move = both(model => timeMove(model, places, some.length))
  const besideDrivers = both(model => timeTraffic(model, [freeDs]))
  const thousand = some.slice(0, 1000)
  both(model => standOnly(model, some, thousand))
  const kept = both(model => timeKept(model, thousand, places))
  both(model => standOnly(model, thousand, []))
  const router = both(model => timeRouter(model, places))
  const kernel = both(model => timeKernel(model, places))
  const plain = both(model => timePlainDistance(model, freeDs, places))
  const traffic = both(model => timeTraffic(model, [freeDs]))
  const live = both(model => timeTraffic(model, [liveDs]))
  both(model => model.router.setTraffic(null))

  add('kept many', {
    what: '1,000 drivers to one rider, 10 of them moved since',
    ...pick(kept, 'few'),
    target: { p50: 50 * US },
    rivals: { Dijkstra: plain.turns.all.p50 },
  })
  add('still many', { what: '  none of them moved since', ...pick(kept, 'still') })
  add('moved many', { what: '  all of them moved since', ...pick(kept, 'all') })
  add('many', {
    what: '1,000 places to one rider, a list never seen',
    ...pick(router, 'many'),
    rivals: { Dijkstra: plain.turns.all.p50 },
  })
  add('kernel many', { what: '  of which the kernel', ...pick(kernel, 'many') })
  add('prepared many', {
    what: '1,000 prepared places to one rider',
    ...pick(router, 'preparedMany'),
    rivals: { Dijkstra: plain.turns.all.p50 },
  })
  add('prepare', { what: '  to prepare them and ask once', ...pick(router, 'prepare') })
  add('distance', {
    what: 'one distance',
    ...pick(router, 'distance'),
    target: { p50: 120 },
    rivals: { Dijkstra: plain.turns.one.p50 },
  })
  add('kernel distance', { what: '  of which the kernel', ...pick(kernel, 'distance') })
  add('kernel states', { what: '  the kernel, one pair of states', ...pick(kernel, 'states') })
  add('prepared distance', {
    what: 'one distance, places prepared',
    ...pick(router, 'preparedDistance'),
    target: { p50: 120 },
    rivals: { Dijkstra: plain.turns.one.p50 },
  })
  add('route', {
    what: 'a route with every junction, length and time',
    ...pick(router, 'route'),
    target: { p50: 30 * US },
    rivals: { Dijkstra: plain.turns.one.p50 },
  })
  add('whole route', { what: '  with its line, streets and steps', ...pick(router, 'wholeRoute') })
  add('snap', { what: 'snap', ...pick(router, 'snap'), target: { p50: 1.5 * US } })
  add('move', { what: 'a driver moves', ...move, target: { p50: 200 } })
  add('kernel move', { what: '  of which the kernel, one entry', ...pick(kernel, 'move') })
  add('matrix', {
    what: '1,000 × 1,000',
    ...pick(router, 'matrix'),
    target: { p50: 40 * MS },
    rivals: { Dijkstra: plain.turns.all.p50 * 1000 },
  })
  add('kernel matrix', { what: '  of which the kernel', ...pick(kernel, 'matrix') })
  add('traffic', { what: 'new traffic: turn graph', turns: traffic.turns, target: { p50: 150 * MS } })
  add('traffic junctions', {
    what: 'new traffic: junction graph',
    junctions: traffic.junctions,
    target: { p50: 25 * MS },
  })
  add('live', { what: '  where times are half to thrice as long', ...live })
  add('beside drivers', { what: '  with 10,000 drivers standing', ...besideDrivers })
  return rows
}

/** Plain Dijkstra: one pair, and from everywhere to one rider. */
function timePlainDistance(model: Judged, freeDs: Int32Array, places: readonly Place[]) {
  const times = model.times(freeDs)
  const at = (i: number) => places[i % places.length]!
  const options = { samples: 60, budgetMs: 1500 }
  return {
    one: timeCalls(i => {
      const [from, to] = [at(i), at(i * 7 + 3)]
      const exits = new Set([from.edge, from.edge ^ 1].map(arc => model.graph.endState[arc]!))
      model.plain.search(times, to, state => exits.delete(state) && exits.size === 0)
      return model.plain.unitsFrom(from, [from.edge, from.edge ^ 1])
    }, options),
    all: timeCalls(i => model.plain.search(times, at(i), () => false), options),
  }
}
