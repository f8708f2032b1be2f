import { createBuckets, type Rate } from './limits.ts'
import { sessionAddress } from './session-key.ts'
import type { Hex } from './terms.ts'

/** What must lie beside a session key (contracts/src/KeyBonds.sol, one payer's), minor units: 20 dollars. */
export const KEY_BOND_LEAST = 20_000_000n

/**
 * What a bonded key may send for the usual work while a relay asks for more: one request through all its topics, then a
 * message in ten seconds. All that 2,000 dollars, bound for a day, buy is ten signature checks a second.
 */
export const KEY_BOND_RATE: Rate = { perS: 0.1, burst: 12 }

/** Authors who are heard for the usual work, each within a budget. */
export interface BondedAuthors {
  /** Whether this key (x‖y) is bonded and has something left. */
  has(key: Uint8Array, nowMs: number): boolean
  /** Charges the key for one message whose signature is good; false when nothing is left. */
  charge(key: Uint8Array, nowMs: number): boolean
}

/** The budgets of bonded keys; who is bonded is the chain's word, kept by whoever reads it. */
export function createBondedAuthors(
  isBonded: (session: Hex, nowMs: number) => boolean,
  rate: Rate = KEY_BOND_RATE,
): BondedAuthors {
  const budgets = createBuckets(rate)
  return {
    has(key, nowMs) {
      const session = sessionAddress(key)
      return isBonded(session, nowMs) && budgets.has(session, nowMs)
    },
    charge: (key, nowMs) => budgets.take(sessionAddress(key), nowMs),
  }
}
