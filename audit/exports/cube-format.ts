import type { Hex } from '@hexhail/protocol/terms.ts'
import { SETTLED_BYTES } from '../checks/settled-row.ts'
import { FILED } from '../checks/trip-columns.ts'
import type { CubeTrip } from '../cubes/cube-trip.ts'
import { numberOf } from './amount.ts'
import type { Format } from './format.ts'
import { cellText, hexAt } from './text.ts'
import { createTotals, type Totals } from './totals.ts'
import type { TripBatch } from './trip-batch.ts'

/** Trips that count, and the totals of those that do not: no record, or never begun. */
export interface CubeNotes {
  readonly trips: readonly CubeTrip[]
  readonly never: Totals
}

/** What a cube needs of trips. */
export function createFormat(): Format<CubeNotes> {
  return {
    looksAt: 'figures',
    format(batch) {
      const trips: CubeTrip[] = []
      const never = createTotals()
      for (let i = 0; i < batch.count; i++) {
        if (batch.t.filed[i] === FILED.opened && batch.t.startedAtS[i] !== 0) trips.push(cubeTrip(batch, i))
        else never.take(batch.settled, i * SETTLED_BYTES)
      }
      return { parts: [], notes: { trips, never: never.totals } }
    },
  }
}

function cubeTrip(batch: TripBatch, i: number): CubeTrip {
  const { t } = batch
  const paid = numberOf(batch, i, 'fare') + numberOf(batch, i, 'wait') + numberOf(batch, i, 'toll')
  const { arrivedAtS, acceptedAtS } = t
  return {
    terms: hexAt(t.terms, 32 * i, 32) as Hex,
    rider: hexAt(t.rider, 20 * i, 20) as Hex,
    pickupCell: cellText(t.pickupCell[2 * i]!, t.pickupCell[2 * i + 1]!),
    destCell: cellText(t.destCell[2 * i]!, t.destCell[2 * i + 1]!),
    atMs: t.startedAtS[i]! * 1_000,
    paid: BigInt(paid),
    waitS: arrivedAtS[i]! > 0 ? Math.max(0, arrivedAtS[i]! - acceptedAtS[i]!) : 0,
  }
}
