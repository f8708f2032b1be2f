import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { isLeast } from './least-prices.ts'
import { type Assignment, type AssignProblem, TIE_UNIT } from './problem.ts'

/** What somebody says is the best assignment: drivers of riders, prices of drivers. Nobody needs to trust it. */
export type Claim = Pick<Assignment, 'driverOf' | 'priceOf'>

/** What can be wrong with a claim. */
export type ClaimFault =
  /** It is of other riders or drivers. */
  | 'lengths'
  /** A price is negative, not whole or too high. */
  | 'price'
  | 'no-such-driver'
  | 'driver-twice'
  | 'no-such-pair'
  /** It is not proven to be as good as was asked for. */
  | 'gap'
  /** It is the best, but lower prices would show it too. */
  | 'prices-not-least'

/** What a claim has proven. */
export interface Proven {
  /** No assignment costs less by more than this, tenths of a second. */
  readonly gapDs: number
  /** It is the one that `solve` gives, unless hashes of pairs collide: the best cost, the best ties, the least prices. */
  readonly exact: boolean
}

/**
 * Checks a claim in one pass over the pairs. Whatever the prices are, no assignment weighs less than what each rider would
 * take at them at best, less all prices (weak duality); the gap is what the claim is above that, and is 0 only at the best
 * (complementary slackness; Bertsekas 1988). A claim must not be further from the best than `mostGapDs`.
 */
export function checkCertificate(
  problem: AssignProblem,
  claim: Claim,
  mostGapDs = 0,
): Verdict<Proven, ClaimFault> {
  const { riders, drivers, patience, from, driver, weight } = problem
  const { driverOf, priceOf } = claim
  if (driverOf.length !== riders.length || priceOf.length !== drivers.length) return reject('lengths')
  for (let d = 0; d < drivers.length; d++) {
    const price = priceOf[d]!
    if (!(price >= 0 && price <= MAX_PRICE && Number.isInteger(price))) return reject('price')
  }
  const riderOf = new Int32Array(drivers.length).fill(-1)
  const dualOf = new Float64Array(riders.length)
  // In two parts, units of cost and less: a sum of weights may pass 2^53.
  let units = 0
  let rest = 0
  const add = (slack: number): void => {
    const whole = Math.floor(slack / TIE_UNIT)
    units += whole
    rest += slack - whole * TIE_UNIT
  }
  for (let r = 0; r < riders.length; r++) {
    const mine = driverOf[r]!
    if (mine !== -1) {
      if (!(mine >= 0 && mine < drivers.length)) return reject('no-such-driver')
      if (riderOf[mine] !== -1) return reject('driver-twice')
      riderOf[mine] = r
    }
    let least = patience[r]!
    let own = mine === -1 ? least : -1
    let e = from[r]!
    const end = from[r + 1]!
    for (; e < end && weight[e]! < least; e++) {
      const dear = weight[e]! + priceOf[driver[e]!]!
      if (driver[e] === mine) own = dear
      if (dear < least) least = dear
    }
    for (; own === -1 && e < end; e++) if (driver[e] === mine) own = weight[e]! + priceOf[mine]!
    if (own === -1) return reject('no-such-pair')
    dualOf[r] = least
    if (own !== least) add(own - least)
  }
  for (let d = 0; d < drivers.length; d++) if (riderOf[d] === -1 && priceOf[d] !== 0) add(priceOf[d]!)
  const gapDs = units + Math.ceil(rest / TIE_UNIT)
  if (gapDs > mostGapDs) return reject('gap')
  const exact = gapDs === 0
  return exact && !isLeast(problem, claim, dualOf) ? reject('prices-not-least') : accept({ gapDs, exact })
}

/** Nobody pays more than his patience. */
const MAX_PRICE = 2 ** 51
