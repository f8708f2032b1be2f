import { FILED } from '../checks/trip-columns.ts'
import { numberOf } from './amount.ts'
import { hundredthsOf } from './hundredths.ts'
import type { TripBatch } from './trip-batch.ts'

/** MDS knows no date before this, unix seconds. */
const EPOCH_S = 1_514_764_800

/** Why a trip cannot be one of MDS, or null. */
export function whyNot({ t }: TripBatch, i: number): string | null {
  if (t.filed[i] !== FILED.opened) return 'no record'
  const isRide = t.startedAtS[i]! > 0
  const beganS = isRide ? t.startedAtS[i]! : t.acceptedAtS[i]!
  const endedS = isRide ? t.finishedAtS[i]! : t.settledAtS[i]!
  const hasTimes =
    t.requestedAtS[i]! >= EPOCH_S && t.acceptedAtS[i]! >= EPOCH_S && beganS >= EPOCH_S && endedS >= beganS
  const hasPlace = t.pickupCell[2 * i + 1] !== 0 || t.samples[i]! > 0
  return hasTimes && hasPlace ? null : 'times or places missing'
}

/** Columns of money that are carried. */
export const MDS_MONEY = { pay: 0, taxes: 1, tolls: 2, tip: 3 } as const
const { pay, taxes, tolls, tip } = MDS_MONEY

/** Hundredths of row i in each of them, into `out`. */
export function takeMoney(batch: TripBatch, i: number, rests: Float64Array, out: Float64Array): void {
  const levy = numberOf(batch, i, 'levy')
  const fare = numberOf(batch, i, 'fare') - levy + numberOf(batch, i, 'wait')
  out[pay] = hundredthsOf(fare, rests, pay)
  out[taxes] = hundredthsOf(levy, rests, taxes)
  out[tolls] = hundredthsOf(numberOf(batch, i, 'toll'), rests, tolls)
  out[tip] = hundredthsOf(numberOf(batch, i, 'tip'), rests, tip)
}
