import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { type City, openCity } from '@hexhail/streets/city.ts'
import { junctionGraph } from '@hexhail/streets/graph/junction-graph.ts'
import type { StateGraph } from '@hexhail/streets/graph/state-graph.ts'
import { turnGraph } from '@hexhail/streets/graph/turn-graph.ts'
import { createKernel } from '@hexhail/streets/kernel/create-kernel.ts'
import { dissect } from '@hexhail/streets/labels/dissect.ts'
import { randomPlace } from '@hexhail/streets/random-place.ts'
import { createRouter } from '@hexhail/streets/route/label-router.ts'
import type { CityRouter, Place } from '@hexhail/streets/router.ts'
import { placeOn } from '@hexhail/streets/snap/snap.ts'
import { arcTimeDs } from '@hexhail/streets/street-table.ts'
import { gridTown, seeded } from './grid-town.ts'

/** Both graphs of a town's streets. */
export const MODELS = [
  ['junction', junctionGraph],
  ['turn', turnGraph],
] as const
type MakeGraph = (streets: City['streets']) => StateGraph

/** A town of made-up streets. */
export const town = (size: number, rng: () => number): City =>
  openCity(buildCity(gridTown(size, rng), { name: 'Town' }).bytes)
/** A router over one of its graphs. */
export const routerOf = (city: City, graph: StateGraph): CityRouter =>
  createRouter(city, { graph, order: dissect(graph), createKernel })
/** Times of free streets by arc. */
export const freeTimes = ({ streets }: City): Int32Array =>
  Int32Array.from({ length: streets.tail.length * 2 }, (_, arc) => arcTimeDs(streets, arc))
/** Mid-street, at both ends, and on the street of another place: where the rules of places differ. */
export const somePlace = (city: City, rng: () => number, other?: Place): Place => {
  const place = other && rng() < 0.3 ? other : randomPlace(city, rng)
  const where = rng()
  if (where < 0.1) return placeOn(city.streets, place.edge, 0)
  if (where < 0.2) return placeOn(city.streets, place.edge, 1)
  if (where < 0.5) return placeOn(city.streets, place.edge, Math.round(rng() * 65_535) / 65_535)
  return place === other ? placeOn(city.streets, place.edge, Math.round(rng() * 100) / 100) : place
}

/** Many towns, each with places; says how many comparisons were made. */
export function towns(
  count: number,
  make: MakeGraph,
  check: (city: City, graph: StateGraph, router: CityRouter, rng: () => number) => number,
): number {
  let compared = 0
  for (let seed = 1; seed <= count; seed++) {
    const rng = seeded(seed * 7919)
    const city = town(3 + (seed % 4), rng)
    if (city.streets.tail.length === 0) continue
    const graph = make(city.streets)
    if (graph.states === 0) continue
    compared += check(city, graph, routerOf(city, graph), rng)
  }
  return compared
}
