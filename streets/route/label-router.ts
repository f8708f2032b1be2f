import type { City } from '../city.ts'
import type { StateGraph } from '../graph/state-graph.ts'
import { NO_STATE } from '../graph/strong-graph.ts'
import type { KernelInput, LabelKernel } from '../kernel/label-kernel.ts'
import type { ArcTimes, CityRouter, Place } from '../router.ts'
import { createSnap } from '../snap/snap.ts'
import { freeTimesDs } from '../street-table.ts'
import { createDriverIndex } from './driver-index.ts'
import { createEngine, type LabelEngine } from './label-engine.ts'
import { placeTimes } from './place-times.ts'
import { preparedPlaces } from './prepared-places.ts'
import { routeOf } from './route-of.ts'
import { routeParts } from './route-parts.ts'
import { LONGEST_ARC_DS } from './traffic.ts'
import { wayBetween } from './way.ts'

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
  { graph: whole, order, createKernel }: RouterParts,
): CityRouter {
  const { streets } = city
  const freeDs = freeTimesDs(streets)
  const engine: LabelEngine = createEngine(whole, order, createKernel, freeDs)
  const { graph } = engine
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
  const isKnown = (place: Place): boolean => engine.epoch.access.isKnown(place)

  return {
    hash: city.info.hash,
    snap: createSnap(
      streets,
      s => graph.endState[2 * s] !== NO_STATE || graph.endState[2 * s + 1] !== NO_STATE,
    ),
    ...placeTimes(engine),
    prepare: places => preparedPlaces(engine, places),
    route(from, to) {
      const way = isKnown(from) && isKnown(to) ? wayBetween(streets, graph, engine.epoch, from, to) : null
      return way && routeOf(parts, way)
    },
    get unitDs() {
      return engine.epoch.times.unitDs
    },
    drivers: createDriverIndex(engine, streets),
    setTraffic: times => engine.set(timesOf(times)),
    beginTraffic: times => engine.begin(timesOf(times)),
  }
}
