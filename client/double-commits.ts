import { checkDoubleCommit, type DoubleCommit } from '@hexhail/protocol/double-commit.ts'
import type { Store } from './store.ts'

/** Proofs against drivers who promised two rides in one epoch, kept on the device: anybody can check them again. */
export interface DoubleCommits {
  has(driver: string): boolean
  /** Keeps a proof that holds; the first against a driver is enough. Resolves with whether it is new. */
  add(proof: DoubleCommit): Promise<boolean>
  all(): readonly DoubleCommit[]
}

const KEPT = 'epoch/doubles'
/** A driver's key lives for a shift, so an old proof says little. */
const MOST = 64

/** Takes up what was kept before. */
export async function openDoubleCommits(store: Store): Promise<DoubleCommits> {
  let proofs = (await store.get<readonly DoubleCommit[]>(KEPT)) ?? []
  const has = (driver: string): boolean => proofs.some(({ first }) => first.commit.driver === driver)
  return {
    has,
    add: async proof => {
      if ((await checkDoubleCommit(proof)).verdict !== 'accept' || has(proof.first.commit.driver))
        return false
      proofs = [...proofs, proof].slice(-MOST)
      await store.set(KEPT, proofs)
      return true
    },
    all: () => proofs,
  }
}
