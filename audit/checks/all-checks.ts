import type { BookCheck, Check, GroupCheck, StatisticCheck, TripCheck } from './check.ts'
import { capExceeded } from './proofs/cap-exceeded.ts'
import { concessionDenied } from './proofs/concession-denied.ts'
import { dataQuality } from './proofs/data-quality.ts'
import { distanceInflation } from './proofs/distance-inflation.ts'
import { drivingHours } from './proofs/driving-hours.ts'
import { fareAboveQuote } from './proofs/fare-above-quote.ts'
import { fareArithmetic } from './proofs/fare-arithmetic.ts'
import { fareOverTariff } from './proofs/fare-over-tariff.ts'
import { lateInclusion } from './proofs/late-inclusion.ts'
import { leaseDeduction } from './proofs/lease-deduction.ts'
import { levyShort } from './proofs/levy-short.ts'
import { logEquivocation } from './proofs/log-equivocation.ts'
import { permitDriver } from './proofs/permit-driver.ts'
import { permitVehicle } from './proofs/permit-vehicle.ts'
import { recordDuplicate } from './proofs/record-duplicate.ts'
import { recordMismatch } from './proofs/record-mismatch.ts'
import { recordMissing } from './proofs/record-missing.ts'
import { sequenceGap } from './proofs/sequence-gap.ts'
import { tariffStale } from './proofs/tariff-stale.ts'
import { traceImplausible } from './proofs/trace-implausible.ts'
import { wageFloorTrip } from './proofs/wage-floor.ts'
import { wageFloorWeek } from './proofs/wage-floor-week.ts'
import { detour } from './statistics/detour.ts'
import { equityPrice } from './statistics/equity-price.ts'
import { equityWait } from './statistics/equity-wait.ts'
import { matchUnsettled } from './statistics/match-unsettled.ts'
import { phantom } from './statistics/phantom.ts'
import { requestUnmet } from './statistics/request-unmet.ts'
import { wavShare } from './statistics/wav-share.ts'

/** Facts about one trip each. */
export const TRIP_CHECKS: readonly TripCheck[] = [
  fareOverTariff,
  fareAboveQuote,
  fareArithmetic,
  concessionDenied,
  levyShort,
  tariffStale,
  recordMissing,
  recordMismatch,
  permitDriver,
  permitVehicle,
  wageFloorTrip,
  distanceInflation,
  traceImplausible,
]

/** Facts about several trips together. */
export const GROUP_CHECKS: readonly GroupCheck[] = [
  capExceeded,
  recordDuplicate,
  sequenceGap,
  drivingHours,
  wageFloorWeek,
]

/** Facts that stand in the books. */
export const BOOK_CHECKS: readonly BookCheck[] = [leaseDeduction, logEquivocation, lateInclusion, dataQuality]

/** What proves nothing about a single trip. */
export const STATISTIC_CHECKS: readonly StatisticCheck[] = [
  matchUnsettled,
  detour,
  phantom,
  wavShare,
  requestUnmet,
  equityWait,
  equityPrice,
]

/** Every check; `W1` twice, for a trip and for a week. */
export const ALL_CHECKS: readonly Check[] = [
  ...TRIP_CHECKS,
  ...GROUP_CHECKS,
  ...BOOK_CHECKS,
  ...STATISTIC_CHECKS,
]
