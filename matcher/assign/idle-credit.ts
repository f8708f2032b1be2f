import { MAX_COST_DS } from './problem.ts'

/**
 * A region's setting: how much nearer a driver counts for the time that he has waited without a ride. It evens out income
 * for a little more pickup time (`npm run bench -- protocol --only fair`, 40 % load: 0.05 s a second, at most 60 s: Gini 0.31 to
 * 0.24 for nothing; 0.1 s, at most 120 s: 0.21 for 12 % pickup).
 */
export interface IdleCredit {
  /** Thousandths of a second by second of waiting. */
  readonly perMille: number
  /** No driver counts nearer by more than this, tenths of a second. */
  readonly mostDs: number
}

/** No credit: the nearest is the cheapest. */
export const NO_IDLE_CREDIT: IdleCredit = { perMille: 0, mostDs: 0 }

/** What a driver counts nearer after waiting so many whole seconds, tenths of a second. */
export const idleCreditDs = ({ perMille, mostDs }: IdleCredit, idleS: number): number =>
  Math.min(mostDs, Math.floor((idleS * perMille) / 100))

/**
 * Cost of a pair, or null where the driver would come too late for the rider's patience or the cost is beyond any. Costs and
 * patience are all raised by the most that a credit can be, so that none is negative and the solution stays the same.
 */
export function fairCostDs(
  credit: IdleCredit,
  pair: { readonly etaDs: number; readonly idleS: number; readonly patienceDs: number },
): number | null {
  if (pair.etaDs >= pair.patienceDs) return null
  const costDs = pair.etaDs + credit.mostDs - idleCreditDs(credit, pair.idleS)
  return costDs > MAX_COST_DS ? null : costDs
}

/** The price of staying unmatched that belongs to `fairCostDs`. */
export const fairPatienceDs = (credit: IdleCredit, patienceDs: number): number => patienceDs + credit.mostDs
