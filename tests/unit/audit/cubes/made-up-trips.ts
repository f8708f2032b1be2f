import type { CubeTrip } from '@hexhail/audit/cubes/cube-trip.ts'
import { cellAt } from '@hexhail/protocol/cells.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'

const MONTH_MS = Date.UTC(2026, 9, 1)

/** Trips over a city, dense in the middle and thin at its edge; one rider in ten rides often. */
export function madeUpTrips(count: number, seed: number): CubeTrip[] {
  const random = createSeeded(seed)
  const place = (): string => {
    const near = random.next() ** 3 * 0.25
    const angle = random.next() * 2 * Math.PI
    return cellAt([-56.16 + near * Math.cos(angle), -34.88 + near * Math.sin(angle)], 7)
  }
  const id = (n: number, bytes: number): Hex => `0x${n.toString(16).padStart(bytes * 2, '0')}`
  return Array.from({ length: count }, (_, n) => ({
    terms: id(random.below(2 ** 31) * 2 ** 20 + n, 32),
    rider: id(random.next() < 0.3 ? random.below(Math.ceil(count / 100)) : count + n, 20),
    pickupCell: place(),
    destCell: place(),
    atMs: MONTH_MS + random.below(31 * 24 * 60) * 60_000,
    paid: BigInt(1_000_000 + random.below(30_000_000)),
    waitS: random.below(900),
  }))
}
