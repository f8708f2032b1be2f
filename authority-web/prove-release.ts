import type { Spent } from '@hexhail/audit/cubes/epsilon-ledger.ts'
import { backingOf } from '@hexhail/audit/log/act-signature.ts'
import { decodeEntry } from '@hexhail/audit/log/entry.ts'
import { verifyLogFile } from '@hexhail/audit/log/evidence.ts'
import { hexDigits } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { LogModel } from './log-model.ts'

/** A release, with what its ledger had spent by then. */
export interface Release extends Spent {
  /** Left of its period's privacy after it. */
  readonly left: number
  /** Epsilon of all releases up to it, with it. */
  readonly total: number
}

/**
 * Whether the public log has a release as the ledger tells it: its leaf is in the signed tree, the authority signed it, and
 * file, hash, epsilon and the sum so far are the same. A release kept out of the list breaks the sums of all after it.
 * Rejects where the log is away.
 */
export async function isLogged(
  log: Pick<LogModel, 'entryAt'>,
  authority: Hex,
  { name, period, sha256, epsilon, total, leaf }: Release,
): Promise<boolean> {
  const found = leaf === undefined ? null : await log.entryAt(leaf)
  const act = found && decodeEntry(found.entry)
  if (act?.verdict !== 'accept' || act.value.name !== 'release') return false
  const { file, content, epsilonMilli, totalMilli, authority: signer } = act.value
  const isSame =
    file === `${name}-${period}.csv` &&
    hexDigits(content) === sha256 &&
    epsilonMilli === Math.round(epsilon * 1_000) &&
    totalMilli === Math.round(total * 1_000)
  const isTheirs = signer.toLowerCase() === authority.toLowerCase() && backingOf(act.value) === 'signature'
  return isSame && isTheirs && (await verifyLogFile(found?.file)).verdict === 'accept'
}
