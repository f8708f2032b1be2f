import { createSeeded } from '../seeded.ts'
import { allTimes, type City, roadGraph } from './city-times.ts'

/** A block takes so long, tenths of a second, before the random part of a quarter. */
const BLOCK_DS = 160

/** A block's side in degrees, at the equator: about 120 m. */
const BLOCK_DEG = 0.0011

/** A made-up city of `size` by `size` crossings, most streets both ways, with two centres where half of all trips begin or end. */
export function gridCity(size: number, seed: number): City {
  const rng = createSeeded(seed)
  const nodes = size * size
  const at = (x: number, y: number): number => y * size + x
  const arcs: [number, number, number][] = []
  const street = (a: number, b: number): void => {
    const ds = BLOCK_DS + rng.below(BLOCK_DS / 4)
    arcs.push([a, b, ds], [b, a, ds + rng.below(40)])
  }
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      if (x + 1 < size) street(at(x, y), at(x + 1, y))
      if (y + 1 < size) street(at(x, y), at(x, y + 1))
    }
  const centres = [at(size >> 2, size >> 2), at((3 * size) >> 2, size >> 1)]
  const place = (): number => {
    if (rng.next() < 0.5) return rng.below(nodes)
    const centre = rng.pick(centres)
    const near = (n: number): number => Math.min(size - 1, Math.max(0, n + rng.below(5) - 2))
    return at(near(centre % size), near(Math.floor(centre / size)))
  }
  const trips: number[] = []
  while (trips.length < 8_000) {
    const [from, to] = [place(), place()]
    if (from !== to) trips.push(from, to)
  }
  const places = Float64Array.from({ length: 2 * nodes }, (_, i) =>
    i % 2 === 0 ? BLOCK_DEG * ((i >> 1) % size) : BLOCK_DEG * Math.floor((i >> 1) / size),
  )
  const graph = roadGraph(nodes, arcs)
  return { nodes, graph, places, times: allTimes(graph), trips: Uint16Array.from(trips) }
}
