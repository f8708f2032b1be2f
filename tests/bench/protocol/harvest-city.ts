import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import type { City } from '@hexhail/sim/city/city-times.ts'
import { createSight, type Privacy } from '@hexhail/sim/city/sight.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { middleOf } from '../harvest/middle.ts'

/** Who asks for rides that he does not want, and whom he asks. */
export interface HarvestInit {
  /** Drivers who stand free. */
  readonly drivers: number
  readonly requests: number
  /** So many of those who seem nearest bid. */
  readonly bids: number
  readonly seed: number
}

/** Road times are those of the bench. */
const TIME_FACTOR = 1.6

/**
 * How far from drivers an attacker takes them to be, metres, one figure for each driver who bid to him. He asks where trips
 * begin, knows streets and setting, keeps the places from where a driver would have said exactly what he said, and takes
 * the one that is nearest to all of them.
 */
export function harvestCity(city: City, privacy: Privacy, init: HarvestInit): number[] {
  const rng = createSeeded(init.seed)
  const end = (which: 0 | 1): number => city.trips[2 * rng.below(city.trips.length / 2) + which]!
  const sight = createSight(city, privacy, rng)
  const placeOf = (node: number): LngLat => [city.places[2 * node]!, city.places[2 * node + 1]!]
  const told = (seen: number, pickup: number): number =>
    sight.toldDs(Math.round(city.times[seen * city.nodes + pickup]! * TIME_FACTOR))
  const drivers = Array.from({ length: init.drivers }, (_, id) => {
    const node = end(1)
    return { node, seen: sight.driverAt(id, node), heard: [] as { pickup: number; ds: number }[] }
  })
  for (let i = 0; i < init.requests; i++) {
    const pickup = sight.riderAt(end(0))
    const bids = drivers
      .map(driver => ({ driver, ds: told(driver.seen, pickup) }))
      .sort((a, b) => a.ds - b.ds)
    for (const { driver, ds } of bids.slice(0, init.bids)) driver.heard.push({ pickup, ds })
  }
  // Each place with a node that it may be seen as, drawn as drivers draw.
  const bySeen = Map.groupBy(
    Array.from({ length: city.nodes }, (_, node) => node),
    node => sight.driverAt(init.drivers + node, node),
  )
  return drivers
    .filter(({ heard }) => heard.length > 0)
    .map(({ node, heard }) => {
      const possible = [...bySeen].filter(([seen]) => heard.every(h => told(seen, h.pickup) === h.ds))
      const places = possible.flatMap(([, nodes]) => nodes.map(placeOf))
      return places.length === 0 ? Number.POSITIVE_INFINITY : greatCircleM(middleOf(places), placeOf(node))
    })
}
