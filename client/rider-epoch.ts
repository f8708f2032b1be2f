import { idleCreditDs, NO_IDLE_CREDIT } from '@hexhail/matcher/assign/idle-credit.ts'
import { endsForAll } from '@hexhail/matcher/epoch/clock.ts'
import { marketOf } from '@hexhail/matcher/epoch/market.ts'
import type { SignedBid } from '@hexhail/protocol/bid.ts'
import { epochAreas } from '@hexhail/protocol/cells.ts'
import type { Move } from '@hexhail/protocol/commit.ts'
import { bidEndsMs } from '@hexhail/protocol/driver-epoch.ts'
import { peerName } from '@hexhail/protocol/peer-name.ts'
import { driverOf } from '@hexhail/protocol/rider-epoch.ts'
import type { OfferEntry, RiderEvent, RiderState } from '@hexhail/protocol/rider-state.ts'
import { mayChange, RIDER_RULE } from '@hexhail/protocol/rider-swap.ts'
import { tariffOf, usualFactor } from '@hexhail/protocol/trip-tariff.ts'
import type { DoubleCommits } from './double-commits.ts'
import type { DriverRecords } from './driver-records.ts'
import { createEpochArea } from './epoch-area.ts'
import type { ClientPorts } from './ports.ts'
import { createRiderCall, type RiderCall } from './rider-call.ts'
import type { Session } from './session.ts'

/** A rider's part in the epochs around the pickup of one trip. */
export interface RiderEpoch extends Pick<RiderCall, 'confirm'> {
  stop(): void
}

/** The trip is looked at this often, ms. */
const LOOK_MS = 500
/** Bids are gathered for so long before a rider calls, ms: the first to be heard is not the nearest. */
const GATHER_MS = 1_200
/** A driver whom the rider's own solution gave him is silent after the guard and this, ms. */
const ANSWER_MS = 3_000
/** So many silent drivers in a row: what is heard here is not what they hear. Then direct offers hold for a while, ms. */
const MOST_SILENT = 2
const DIRECT_MS = 30_000
/** Of how many nearest drivers it matters that others want them. */
const NEAREST = 3

/** Watches a trip that waits for a driver: decides between direct offers and epochs, and does its part in those. */
export function createRiderEpoch(
  ports: ClientPorts,
  { records, doubles }: { readonly records: DriverRecords; readonly doubles: DoubleCommits },
  session: Session,
  state: () => RiderState,
  dispatch: (event: RiderEvent) => Promise<void>,
): RiderEpoch {
  const { leaf, rules, now, every, report } = ports
  const me = peerName(session.key.publicKey)
  const areas = epochAreas(state().plan.pickup)
  let firstBidMs = 0
  let silent = 0
  let directUntilMs = 0
  let awaited: { readonly driver: string; readonly untilMs: number } | null = null
  const tell = (event: RiderEvent): void => void dispatch(event).catch(report)

  const market = createEpochArea(ports, records, doubles, {
    confirmed: ({ rider, driver }) => {
      if (rider !== me) tell({ type: 'taken', driver })
    },
    doubled: driver => tell({ type: 'double', driver }),
    solved: (epoch, groups) => {
      if (endsForAll(epoch)) expect(groups.flat())
    },
  })
  const say = createRiderCall(ports, session, areas, state, market.take)
  const waits = ({ phase, plan }: RiderState): boolean =>
    plan.pickupAtMs === 0 && (phase === 'requested' || phase === 'offered')
  const isBound = ({ part }: RiderState): boolean => (part?.bound?.expiresAtMs ?? 0) >= now()

  /** From when on the driver of the rider's own solution should have said so; who has only silent ones asks directly. */
  const expect = (moves: readonly Move[]): void => {
    const mine = moves.find(move => move.request === me && move.from === null)
    if (!state().part || isBound(state())) return
    if (!mine) {
      if (silent > 0 && nearest(state()).length === 0) goDirect()
      return
    }
    if (awaited?.driver === mine.to) return
    awaited = { driver: mine.to, untilMs: now() + market.clock.guardMs() + ANSWER_MS }
  }
  /** Those whom the device may take without asking: nobody pays more than the usual for being taken at once. */
  const isUsual = ({ bid, bp, byDocument, expiresAtMs }: OfferEntry): boolean =>
    bid !== undefined &&
    Math.min(expiresAtMs, bidEndsMs(bid)) > now() &&
    bp <= usualFactor(tariffOf(rules, byDocument), Math.floor(now() / 1000))
  /** What a bid costs in the epochs: by this the best of them are called with. */
  const costDs = ({ etaDs, idleS }: SignedBid): number =>
    etaDs - idleCreditDs(rules.idleCredit ?? NO_IDLE_CREDIT, idleS)
  const nearest = ({ offers, part }: RiderState): SignedBid[] =>
    offers
      .filter(offer => isUsual(offer) && !part?.refused.includes(driverOf(offer)))
      .map(({ bid }) => bid!)
      .sort((a, b) => costDs(a) - costDs(b) || (peerName(a.driver) < peerName(b.driver) ? -1 : 1))
  const isClockOff = (): boolean => 2 * Math.abs(market.clock.offMs()) > market.clock.guardMs()
  const isBusy = (bids: readonly SignedBid[]): boolean => {
    const waitingRiders = Math.max(0, ...bids.slice(0, NEAREST).map(({ rivals }) => rivals))
    const [clockOffMs, guardMs] = [market.clock.offMs(), market.clock.guardMs()]
    return marketOf({ waitingRiders, idleDrivers: state().offers.length, clockOffMs, guardMs }) === 'epoch'
  }
  const goDirect = (): void => {
    directUntilMs = now() + DIRECT_MS
    silent = 0
    tell({ type: 'market', request: null })
  }

  const look = (): void => {
    const trip = state()
    if (waits(trip)) {
      // Whoever is heard across the border says it here as well; following there would only keep that topic alive.
      market.follow(areas.slice(0, 1))
      if (trip.part) {
        inEpochs(trip)
        return
      }
    }
    awaited = null
    if (mayChange(trip, now())) {
      market.follow(areas.slice(0, 1))
      if (say.isDueAgain()) void say.again(nearest(trip)).catch(report)
      return
    }
    // Whoever is chosen by his commit was confirmed; all else is told, also that a nearer driver need not come.
    if (say.stands && !trip.part?.bound && !isGiven(trip)) void say.over().catch(report)
    if (waits(trip)) direct(trip)
    else market.follow([])
  }
  /** All devices know by themselves that this ride stays with its driver: he is near, or it has changed hands. */
  const isGiven = ({ part }: RiderState): boolean => {
    const { held = null } = part ?? {}
    const isNear = held !== null && held.promiseMs - now() < RIDER_RULE.freezeMs
    return held !== null && (isNear || held.swaps >= RIDER_RULE.mostSwaps)
  }
  const direct = (trip: RiderState): void => {
    const bids = nearest(trip)
    if (bids.length > 0) firstBidMs ||= now()
    const isReady = firstBidMs > 0 && now() - firstBidMs >= GATHER_MS && now() >= directUntilMs
    if (isReady && isBusy(bids)) tell({ type: 'market', request: me })
  }
  const inEpochs = (trip: RiderState): void => {
    const refused = trip.part?.refused ?? []
    if (isBound(trip)) {
      awaited = null
      silent = 0
      return
    }
    if (awaited && now() > awaited.untilMs) {
      const { driver } = awaited
      awaited = null
      if (!refused.includes(driver)) {
        tell({ type: 'silent', driver })
        silent++
      }
    }
    if (silent >= MOST_SILENT || leaf.connectedRelays() === 0 || isClockOff()) goDirect()
    else if (say.isDue(refused))
      void say
        .call(nearest(trip))
        .then(isHeard => isHeard || goDirect())
        .catch(report)
  }
  const stopLooks = every(LOOK_MS, look)

  return {
    confirm: say.confirm,
    stop: () => {
      stopLooks()
      market.stop()
    },
  }
}
