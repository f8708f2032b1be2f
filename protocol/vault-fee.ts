import type { Terms } from './terms.ts'

/** A transaction that is sent now is in a block at the latest after this, seconds, where nothing is wrong. */
const MINED_S = 20
/** The chain's clock may be behind by this much, seconds. */
const SLACK_S = 15

/** What the vault takes for a cancel that is sent at this moment: it knows the signed times, and nothing of the way. Minor units. */
export function vaultFee({ details }: Terms, nowMs: number): bigint {
  const nowS = nowMs / 1000
  return nowS + MINED_S <= details.freeUntil || nowS > details.lateAt + SLACK_S ? 0n : details.cancelFee
}
