import { boundTrips } from './bound-trips.ts'
import type { CubeTrip } from './cube-trip.ts'
import type { CubeName, CubeShape } from './cubes.ts'
import { geometricNoise, type Uniform } from './noise.ts'
import { rollUp } from './roll-up.ts'

/** Riders in a published group, at least (civic.md section 1.7; MDS reports have the same). */
export const K = 10

/** Most of a trip that counts in sums, so that one rich trip does not shine through the noise. */
const PAID_MOST = 40_000_000n
const WAIT_MOST_S = 1_800
/** Noise on money is drawn in hundredths of the token, the tariff's unit. */
const PAID_STEP = 10_000n

/** One row of open figures; figures are with noise. */
export interface CubeRow {
  /** 0 = the finest. */
  readonly level: number
  /** By the shape's columns; empty strings for what is left of the whole. */
  readonly key: readonly string[]
  /** Never below `K`. */
  readonly trips: number
  /** Minor units, where the shape has sums. */
  readonly paid?: bigint
  /** Seconds of waiting, where the shape has sums. */
  readonly waitS?: number
}

/** A release of open figures. */
export interface Cube {
  readonly name: CubeName
  readonly columns: readonly string[]
  /** `2026-11` or `2026-W48`. */
  readonly period: string
  readonly k: number
  readonly epsilon: number
  /** Trips of one rider that count, at most. */
  readonly bound: number
  /** The whole, exact: anyone can add it up on the chain. */
  readonly trips: number
  readonly paid: bigint
  readonly rows: readonly CubeRow[]
}

/** What a release is made of. */
export interface CubeInput {
  readonly shape: CubeShape
  readonly period: string
  readonly trips: readonly CubeTrip[]
  readonly epsilon: number
  /** A cryptographic source; seeded in tests. */
  readonly uniform: Uniform
}

/**
 * Makes open figures that name nobody: no row with fewer than `K` riders, each rider bounded, and two-sided geometric
 * noise on each figure. Trips of all rows together are the bounded ones; the exact whole stands beside them.
 */
export function makeCube({ shape, period, trips, epsilon, uniform }: CubeInput): Cube {
  const bounded = boundTrips(trips, shape.bound)
  const groups = rollUp(bounded, shape.levels, trip => trip.rider, K)
  const share = shape.sums ? epsilon / 3 : epsilon
  const noise = (most: number) => geometricNoise(share, shape.bound * most, uniform)
  const rows = groups.map(({ level, key, members }): CubeRow => {
    const row = {
      level,
      key: level === shape.levels.length ? shape.columns.map(() => '') : key.split('|'),
      trips: Math.max(K, members.length + noise(1)),
    }
    if (!shape.sums) return row
    const paid = members.reduce((sum, trip) => sum + least(trip.paid, PAID_MOST), 0n)
    const waitS = members.reduce((sum, trip) => sum + Math.min(trip.waitS, WAIT_MOST_S), 0)
    const paidNoise = BigInt(noise(Number(PAID_MOST / PAID_STEP))) * PAID_STEP
    return {
      ...row,
      paid: most(0n, (paid / PAID_STEP) * PAID_STEP + paidNoise),
      waitS: Math.max(0, waitS + noise(WAIT_MOST_S)),
    }
  })
  rows.sort((a, b) => a.level - b.level || (a.key.join('|') < b.key.join('|') ? -1 : 1))
  const paid = trips.reduce((sum, trip) => sum + trip.paid, 0n)
  const { name, columns, bound } = shape
  return { name, columns, period, k: K, epsilon, bound, trips: trips.length, paid, rows }
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b)
const most = (a: bigint, b: bigint): bigint => (a > b ? a : b)
