import type { Agents, PairCosts } from '@hexhail/matcher/assign/problem.ts'

/** How a made-up city is made. */
export interface PlanarPlan {
  readonly riders: number
  readonly drivers: number
  readonly seed: number
}

/** A made-up city: who waits, who is idle, and which drivers are near to a rider, soonest first. */
export interface PlanarCity extends Agents {
  /** The nearest drivers of a rider by their places in the lists, `count` or all within his patience. */
  near(rider: number, count: number): readonly { readonly driver: number; readonly costDs: number }[]
}

const PATIENCE_DS = 9_000
const DRIVERS_A_KM2 = 4
/** Tenths of a second by a kilometre of straight line: 25 km/h, ways 1.3 times as long. */
const DS_A_KM = (1.3 * 36_000) / 25
const BIN_KM = 0.5
const RINGS = Math.ceil(PATIENCE_DS / DS_A_KM / BIN_KM)

/**
 * Riders and drivers on a plane, 4 drivers a km², 40 % of the drivers and 70 % of the riders clustered; source:
 * reference/matching.md 3.
 */
export function planarCity({ riders, drivers, seed }: PlanarPlan): PlanarCity {
  const rng = mulberry(seed)
  const side = Math.sqrt(drivers / DRIVERS_A_KM2)
  const within = (x: number): number => Math.min(side * (1 - 1e-9), Math.max(0, x))
  const normal = (): number => Math.sqrt(-2 * Math.log(rng() + 1e-12)) * Math.cos(2 * Math.PI * rng())
  const clusters = Array.from({ length: Math.max(3, Math.round(side / 4)) }, () => ({
    x: rng() * side,
    y: rng() * side,
    spread: side * (0.05 + 0.1 * rng()),
  }))
  const place = (clustered: number): readonly [number, number] => {
    if (rng() >= clustered) return [rng() * side, rng() * side]
    const { x, y, spread } = clusters[Math.floor(rng() * clusters.length)]!
    return [within(x + normal() * spread), within(y + normal() * spread)]
  }
  const cars = Array.from({ length: drivers }, () => place(0.4))
  const people = Array.from({ length: riders }, () => place(0.7))
  const width = Math.ceil(side / BIN_KM) + 1
  const bins: number[][] = Array.from({ length: width * width }, () => [])
  const bin = (km: number): number => Math.floor(km / BIN_KM)
  cars.forEach(([x, y], d) => {
    bins[bin(y) * width + bin(x)]!.push(d)
  })

  const near: PlanarCity['near'] = (rider, count) => {
    const [x, y] = people[rider]!
    const found: { driver: number; costDs: number; km: number }[] = []
    for (let ring = 0; ring <= RINGS; ring++) {
      for (const [col, row] of square(bin(x), bin(y), ring)) {
        if (col < 0 || row < 0 || col >= width || row >= width) continue
        for (const driver of bins[row * width + col]!) {
          const km = Math.hypot(cars[driver]![0] - x, cars[driver]![1] - y)
          found.push({ driver, costDs: Math.round(km * DS_A_KM), km })
        }
      }
      if (found.length < count) continue
      found.sort((a, b) => a.km - b.km)
      if (found[count - 1]!.km <= ring * BIN_KM) break
    }
    found.sort((a, b) => a.km - b.km)
    return found.slice(0, count).filter(({ costDs }) => costDs < PATIENCE_DS)
  }
  return {
    epoch: seed,
    riders: people.map((_, r) => ({ id: `rider-${r}`, patienceDs: PATIENCE_DS })),
    drivers: cars.map((_, d) => `driver-${d}`),
    near,
  }
}

/** Pairs of each rider with his `count` nearest drivers. */
export function nearestPairs(city: PlanarCity, count: number): PairCosts {
  const rows = city.riders.map((_, r) => city.near(r, count))
  return {
    rider: Uint32Array.from(rows.flatMap((row, r) => row.map(() => r))),
    driver: Uint32Array.from(rows.flatMap(row => row.map(({ driver }) => driver))),
    costDs: Uint32Array.from(rows.flatMap(row => row.map(({ costDs }) => costDs))),
  }
}

/** The bins of a square ring around one. */
function* square(x: number, y: number, ring: number): Generator<readonly [number, number]> {
  for (let a = -ring; a <= ring; a++)
    for (let b = -ring; b <= ring; b += Math.abs(a) === ring ? 1 : 2 * ring) yield [x + a, y + b]
}

/** Numbers 0..1 from a seed (Tommy Ettinger's mulberry32, public domain). */
function mulberry(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
