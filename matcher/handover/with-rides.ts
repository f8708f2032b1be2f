import type { IdleCredit } from '../assign/idle-credit.ts'
import { MAX_COST_DS } from '../assign/problem.ts'
import type { OpenRide } from '../epoch/book.ts'
import type { Epoch } from '../epoch/clock.ts'
import type { EpochBid, Heard } from '../epoch/collect.ts'

/** When a better driver may take over a ride that has not begun. */
export interface HandoverRule {
  /** No change once the driver is this near: he may be in sight. */
  readonly freezeMs: number
  /**
   * How much nearer the driver whom the rider has counts, thousandths of what he still needs: so that nobody changes for
   * little, nor spends his one change while a much better one may come.
   */
  readonly stickPerMille: number
  readonly mostSwaps: number
  /** How much later than promised one rider may be served where all together gain. */
  readonly laterDs: number
}

/** What is shipped: measured by `npm run bench -- protocol`. */
export const HANDOVER_RULE: HandoverRule = {
  freezeMs: 60_000,
  stickPerMille: 600,
  mostSwaps: 1,
  laterDs: 600,
}

/** Rides that may still change hands at the end of an epoch. */
export const openRides = (epoch: Epoch, rides: readonly OpenRide[], rule: HandoverRule): OpenRide[] =>
  rides.filter(({ promiseMs, swaps }) => swaps < rule.mostSwaps && promiseMs - epoch.endMs >= rule.freezeMs)

/**
 * What was heard, with the open rides back in the problem: each rider keeps what he has unless all together gain by more
 * than the bonus, for his own driver is always there and staying without one costs more than anything else. What the own
 * driver still needs follows from his promise, so all peers reckon it alike. Drivers of rides that are not open are out.
 */
export function withRides(
  epoch: Epoch,
  heard: Heard,
  rides: readonly OpenRide[],
  rule: HandoverRule,
  credit: IdleCredit,
): Heard {
  const open = new Map(openRides(epoch, rides, rule).map(ride => [ride.request, ride]))
  const closed = rides.filter(ride => !open.has(ride.request))
  /** Until when a driver is out; what he says after that he says of a time when the ride had begun. */
  const closedUntil = new Map<string, number>()
  for (const { driver, promiseMs } of closed)
    closedUntil.set(driver, Math.max(promiseMs, closedUntil.get(driver) ?? 0))
  const isGiven = new Set(closed.map(ride => ride.request))
  const restDs = ({ promiseMs }: OpenRide): number => Math.max(0, Math.ceil((promiseMs - epoch.endMs) / 100))
  const times = { issuedAtMs: epoch.endMs - 1, expiresAtMs: epoch.endMs + 1 }

  const requests = heard.requests
    .filter(({ id }) => !isGiven.has(id))
    .map(request =>
      open.has(request.id) ? { ...request, ...times, patienceDs: MAX_COST_DS - credit.mostDs } : request,
    )
  const bids = heard.bids.filter(bid => {
    if (bid.issuedAtMs < (closedUntil.get(bid.driver) ?? 0)) return false
    const ride = open.get(bid.request)
    return ride === undefined || (bid.driver !== ride.driver && bid.etaDs < restDs(ride) + rule.laterDs)
  })
  const known = new Set(heard.requests.map(({ id }) => id))
  const own: EpochBid[] = [...open.values()]
    .filter(({ request }) => known.has(request))
    .map(ride => ({
      ...times,
      driver: ride.driver,
      request: ride.request,
      etaDs: Math.floor((restDs(ride) * (1000 - rule.stickPerMille)) / 1000),
      idleS: 0,
    }))
  const refused = heard.refused.filter(({ driver, request }) => open.get(request)?.driver !== driver)
  return { requests, bids: [...bids, ...own], refused }
}
