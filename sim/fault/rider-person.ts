import { cancelPreview } from '@hexhail/protocol/rider-choice.ts'
import type { RidePlan, RiderEvent, RiderState, TripRules } from '@hexhail/protocol/rider-state.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { World } from './world.ts'

/** What a person wants of a ride, beside riding. */
export interface Whims {
  /** Takes the request back, or cancels, in this phase after so long. */
  readonly leaves: { readonly phase: RiderState['phase']; readonly afterMs: number } | null
  readonly stopsHere: boolean
  readonly changes: boolean
  readonly tips: boolean
  readonly contests: boolean
  /** Does not come to the door. */
  readonly stays: boolean
  /** Puts the trip away when it is over or its money waits for a day. */
  readonly closes: boolean
}

/** What a person pays with. */
interface Means {
  readonly rider: Hex
  readonly session: Hex
  readonly lane: { readonly isFree: boolean; readonly seq: bigint }
}

const CHOICE_MS = 3_000
/** Who waits in epochs for so long chooses himself. */
const PATIENCE_MS = 40_000
const ASK_AGAIN_MS = 30_000

/** Makes a rider's person: what he does next on a trip that has been in its phase for so long; null: nothing. */
export function createRiderPerson({
  world,
  whims,
  plan,
  rules,
  now,
}: {
  readonly world: World
  readonly whims: Whims
  readonly plan: RidePlan
  readonly rules: TripRules
  /** The device's clock. */
  readonly now: () => number
}): (trip: RiderState, inPhaseMs: number, means: Means) => RiderEvent | null {
  let toldAtMs = 0
  /** True, and then not again for a while. */
  const mayTell = (): boolean => {
    if (world.now() - toldAtMs <= ASK_AGAIN_MS) return false
    toldAtMs = world.now()
    return true
  }
  return (trip, inPhaseMs, { rider, session, lane }) => {
    const { phase } = trip
    const isLeaving = trip.cancel !== null || trip.leaving
    if (whims.leaves?.phase === phase && inPhaseMs > whims.leaves.afterMs && !isLeaving) {
      if (phase === 'requested' || phase === 'offered' || phase === 'selected') return { type: 'withdraw' }
      return { type: 'cancel', reason: 1, shownFee: cancelPreview(trip, now(), rules).fee }
    }
    if (phase === 'offered' && inPhaseMs > (trip.part ? PATIENCE_MS : CHOICE_MS)) {
      const best = trip.offers.toSorted((a, b) => a.etaS - b.etaS || (a.tag < b.tag ? -1 : 1))[0]
      if (best && lane.isFree)
        return { type: 'choose', tag: best.tag, rider, session, lane: 0, seq: lane.seq }
    }
    if (trip.notice === 'driverLate' && !isLeaving && (phase === 'held' || phase === 'arrived'))
      return { type: 'cancel', reason: 2, shownFee: 0n }
    if (phase === 'arrived' && !whims.stays && mayTell())
      return { type: 'chat', text: `My PIN is ${trip.pin}` }
    const isAsPlanned = !trip.change && trip.agreed?.metres === plan.metres
    if (phase === 'riding' && whims.changes && isAsPlanned && inPhaseMs > 30_000) {
      const { dest, destName, metres, secs } = plan
      return { type: 'change', dest, destName, metres: metres + 400, secs: secs + 60 }
    }
    if (phase === 'riding' && whims.stopsHere && inPhaseMs > 60_000 && mayTell()) return { type: 'stopHere' }
    if (phase === 'finished' && whims.tips && trip.tip === 0n && trip.receipt)
      return { type: 'tip', amount: trip.receipt.fare / 10n }
    if (phase === 'claimed' && whims.contests && mayTell()) return { type: 'contest', admitted: 0n }
    return null
  }
}
