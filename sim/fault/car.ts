import { targetOf } from '@hexhail/client/drive.ts'
import { cellAt } from '@hexhail/protocol/cells.ts'
import type { DriverTrip } from '@hexhail/protocol/driver-state.ts'
import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { World } from './world.ts'

/** A car in the world: it stays where it is while its driver's program is down. */
export interface Car {
  at(): LngLat
  /** Its res-8 cell. */
  cell(): string
  /** Drives on towards where the trip wants it; true once there. */
  drive(trip: DriverTrip): boolean
  target(): LngLat | null
  etaS(): number
  /** Metres ridden on a trip. */
  metres(trip: DriverTrip): number
}

const MPS = 12
/** A program that was down for longer did not drive meanwhile, ms. */
const MOST_STEP_MS = 30_000

/** Parks a car. */
export function createCar(world: World, start: LngLat): Car {
  let at = start
  let target: LngLat | null = null
  let lastMs = world.now()
  let odometerM = 0
  const begun = new Map<Hex, number>()
  return {
    at: () => at,
    cell: () => cellAt(at, 8),
    target: () => target,
    etaS: () => (target ? Math.ceil(greatCircleM(at, target) / MPS) : 0),
    metres: trip => {
      const base = begun.get(trip.digest) ?? odometerM - trip.meter.metres
      begun.set(trip.digest, base)
      return Math.round(odometerM - base)
    },
    drive: trip => {
      target = targetOf(trip)
      const stepM = (Math.min(MOST_STEP_MS, world.now() - lastMs) / 1000) * MPS
      lastMs = world.now()
      if (!target) return false
      const awayM = greatCircleM(at, target)
      const share = awayM <= stepM ? 1 : stepM / awayM
      odometerM += awayM * share
      at = [at[0] + (target[0] - at[0]) * share, at[1] + (target[1] - at[1]) * share]
      return share === 1
    },
  }
}
