import type { HINT } from '@hexhail/protocol/epoch-messages.ts'
import { MOST_HINTED } from '@hexhail/protocol/epoch-messages.ts'
import type { ValueOf } from '@hexhail/protocol/fields.ts'
import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { type ClaimFault, checkCertificate } from '../assign/certificate.ts'
import type { Assignment, AssignProblem } from '../assign/problem.ts'

/** A matcher node's word on an epoch, without the area that it is of. */
export type Hint = Omit<ValueOf<typeof HINT>, 'area'>

/** Why a hint is worth nothing here. Nobody is blamed: who heard other words than this peer has another problem. */
export type HintFault =
  | ClaimFault
  /** It is of another epoch. */
  | 'epoch'
  /** Prices and whose they are do not fit together. */
  | 'prices'

const NOBODY = 0xffff

/** A solution as a hint; null where it is too large for one message. */
export function hintOf(
  { epoch, riders, drivers }: Pick<AssignProblem, 'epoch' | 'riders' | 'drivers'>,
  { driverOf, priceOf }: Pick<Assignment, 'driverOf' | 'priceOf'>,
): Hint | null {
  const priced = [...priceOf.keys()].filter(d => priceOf[d] !== 0)
  if (riders.length > MOST_HINTED || priced.length > MOST_HINTED || drivers.length >= NOBODY) return null
  return {
    epoch,
    drivers: drivers.length,
    driverOf: Array.from(driverOf, d => (d === -1 ? NOBODY : d)),
    priced,
    prices: priced.map(d => priceOf[d]!),
  }
}

/**
 * Checks a hint against the problem of what this peer heard itself. Taken is only what is proven to be the very solution
 * that the peer would find alone, so nobody who hints can give a ride to another driver: not with a wrong assignment or
 * forged prices, not with that of another epoch, not by leaving out or adding riders, drivers or bids.
 */
export function checkHint(problem: AssignProblem, hint: Hint): Verdict<Int32Array, HintFault> {
  if (hint.epoch !== problem.epoch) return reject('epoch')
  if (hint.drivers !== problem.drivers.length) return reject('lengths')
  const { priced, prices } = hint
  const isOrdered = priced.every((d, i) => d < hint.drivers && (i === 0 || d > priced[i - 1]!))
  if (priced.length !== prices.length || !isOrdered) return reject('prices')
  const priceOf = new Float64Array(hint.drivers)
  priced.forEach((d, i) => {
    priceOf[d] = prices[i]!
  })
  const driverOf = Int32Array.from(hint.driverOf, d => (d === NOBODY ? -1 : d))
  const proven = checkCertificate(problem, { driverOf, priceOf })
  return proven.verdict === 'accept' ? accept(driverOf) : reject(proven.code)
}
