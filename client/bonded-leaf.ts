import type { Leaf } from '@hexhail/net/ports.ts'
import { KEY_BOND_RATE } from '@hexhail/protocol/key-bond.ts'
import { createBuckets } from '@hexhail/protocol/limits.ts'

/**
 * A leaf whose one session key is bonded (`hexhail bond`): its messages carry the usual work where relays take bonds, and
 * what is asked of all once the key's budget there is used up. For programs: a bond names its payer beside the key.
 */
export function bondedLeaf(leaf: Leaf, isBonded: () => boolean, now: () => number): Leaf {
  // One below the relays' budget, for messages that arrive closer together than they were sent.
  const budget = createBuckets({ ...KEY_BOND_RATE, burst: KEY_BOND_RATE.burst - 1 })
  return Object.create(leaf, {
    workBits: {
      value: () => {
        const [usual, all] = [leaf.workBits(isBonded()), leaf.workBits()]
        return usual < all && budget.take('', now()) ? usual : all
      },
    },
  }) as Leaf
}
