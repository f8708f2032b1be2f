import type { City } from '../city.ts'
import type { StateGraph } from '../graph/state-graph.ts'
import { NO_STATE } from '../graph/strong-graph.ts'
import type { KernelInput, LabelKernel } from '../kernel/label-kernel.ts'
import type { ArcTimes, CityRouter, Place } from '../router.ts'
import { createSnap } from '../snap/snap.ts'
import { arcTimeDs } from '../street-table.ts'
import { createDriverIndex } from './driver-index.ts'
import { createEngine, type LabelEngine } from './label-engine.ts'
import { type QuickestWay, quickestWay } from './quickest-way.ts'
import { rankPlaced } from './rank-placed.ts'
import { routeOf } from './route-of.ts'
import { routeParts } from './route-parts.ts'
import { LONGEST_ARC_DS } from './traffic.ts'
import { unitsFrom } from './units-from.ts'
import { wayOf } from './way.ts'

/** What a router is made of. */
export interface RouterParts {
  readonly graph: StateGraph
  /** Order of elimination of the graph. */
  readonly order: Uint32Array
  readonly createKernel: (input: KernelInput) => LabelKernel
}

/**
 * Exact router over one city by hub labels. A place mid-street can be left and reached in every direction that the
 * street allows, so a turn in a two-way street costs nothing there.
 */
export function createRouter(
  city: Pick<City, 'streets' | 'names' | 'info'>,
  { graph, order, createKernel }: RouterParts,
): CityRouter {
  const { streets } = city
  const freeDs = Int32Array.from({ length: graph.endState.length }, (_, arc) => arcTimeDs(streets, arc))
  const engine: LabelEngine = createEngine(graph, order, createKernel, freeDs)
  const parts = routeParts(city)
  const timesOf = (times: ArcTimes): ArrayLike<number> => {
    if (!times) return freeDs
    if (times.length !== freeDs.length)
      throw new RangeError(`Times of ${times.length} arcs for a city of ${freeDs.length}.`)
    for (let arc = 0; arc < times.length; arc++)
      if (!(times[arc]! >= 1 && times[arc]! <= LONGEST_ARC_DS))
        throw new RangeError(`Arc ${arc} takes ${times[arc]}.`)
    return times
  }
  const seconds = (units: number): number => (units * engine.epoch.times.unitDs) / 10
  const find = (from: Place, to: Place): QuickestWay | null => {
    const { access } = engine.epoch
    return access.isKnown(from) && access.isKnown(to) ? quickestWay(engine, from, to) : null
  }

  return {
    hash: city.info.hash,
    snap: createSnap(
      streets,
      s => graph.endState[2 * s] !== NO_STATE || graph.endState[2 * s + 1] !== NO_STATE,
    ),
    distanceS: (from, to) => seconds(find(from, to)?.units ?? Infinity),
    nearest(drivers, rider, k) {
      if (!engine.epoch.access.isKnown(rider) || k <= 0) return []
      const places = drivers.map(driver => driver.place)
      const units = unitsFrom(engine, places)(rider)
      return rankPlaced(drivers, units, k).map(i => ({ id: drivers[i]!.id, etaS: seconds(units[i]!) }))
    },
    route(from, to) {
      const found = find(from, to)
      return found && routeOf(parts, wayOf(streets, graph, engine.epoch, found, from, to))
    },
    get unitDs() {
      return engine.epoch.times.unitDs
    },
    drivers: createDriverIndex(engine, streets),
    matrix(froms, tos) {
      const matrix = new Float64Array(froms.length * tos.length)
      const unitsTo = unitsFrom(engine, froms)
      tos.forEach((to, j) => {
        const units = unitsTo(to)
        for (let i = 0; i < froms.length; i++) matrix[i * tos.length + j] = seconds(units[i]!)
      })
      return matrix
    },
    setTraffic: times => engine.set(timesOf(times)),
    beginTraffic: times => engine.begin(timesOf(times)),
  }
}
