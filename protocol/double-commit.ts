import { type Commit, commitBytes } from './commit.ts'
import { peerName } from './peer-name.ts'
import { verifySession } from './session-key.ts'
import { accept, reject, type Verdict } from './verdict.ts'

/** A commit as it came: the driver's session key, x‖y, and its signature of `commitBytes`. */
export interface SignedCommit {
  readonly commit: Commit
  readonly key: Uint8Array
  readonly signature: Uint8Array
}

/** Two commits of one driver in one epoch to different riders: a proof of fraud that anybody can check again. */
export interface DoubleCommit {
  readonly first: SignedCommit
  readonly second: SignedCommit
}

/** Why two commits prove nothing. */
export type DoubleCommitFault = 'other-driver' | 'other-epoch' | 'same-request' | 'signature'

/** Whether a commit is its driver's own word. Never throws. */
export const isSigned = async ({ commit, key, signature }: SignedCommit): Promise<boolean> =>
  peerName(key) === commit.driver && (await verifySession(key, commitBytes(commit), signature))

/** Checks a proof from anywhere. Never throws. */
export async function checkDoubleCommit({
  first,
  second,
}: DoubleCommit): Promise<Verdict<{ readonly driver: string; readonly epoch: number }, DoubleCommitFault>> {
  const { driver, epoch } = first.commit
  if (second.commit.driver !== driver) return reject('other-driver')
  if (second.commit.epoch !== epoch) return reject('other-epoch')
  if (second.commit.request === first.commit.request) return reject('same-request')
  for (const signed of [first, second]) if (!(await isSigned(signed))) return reject('signature')
  return accept({ driver, epoch })
}

/** Finds double commits among those heard, by driver the last epochs' commits; the first of each pair is kept. */
export interface CommitWatch {
  /** The proof that a commit completes, or null. Its signature is checked already. */
  hear(signed: SignedCommit): DoubleCommit | null
}

/** Remembers one commit a driver and epoch, of the last `most` drivers' epochs. */
export function createCommitWatch(most = 65_536): CommitWatch {
  const kept = new Map<string, SignedCommit>()
  return {
    hear: signed => {
      const key = `${signed.commit.epoch} ${signed.commit.driver}`
      const had = kept.get(key)
      if (had !== undefined)
        return had.commit.request === signed.commit.request ? null : { first: had, second: signed }
      if (kept.size >= most) kept.delete(kept.keys().next().value!)
      kept.set(key, signed)
      return null
    },
  }
}
