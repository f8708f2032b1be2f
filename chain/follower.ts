import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import { createTrail, type FactChange } from './block-trail.ts'
import { type FollowOptions, followTrail } from './follow-trail.ts'
import { createMemoryShelf } from './mark-shelf.ts'
import type { ChainConfig, Follower } from './ports.ts'
import { createRpc, type Rpc } from './rpc.ts'
import { type FactFilter, vaultSource } from './vault-facts.ts'

/** What a follower needs. */
export interface FollowerInit extends FactFilter, FollowOptions {
  readonly config: ChainConfig
  readonly rpc?: Rpc
  /** First block to read; the deployment's, when not given. */
  readonly from?: number
}

/**
 * Follows the vault's facts, of all trips or of the given party's, and takes back those that a reorganisation takes
 * back. One is enough for a page: a listener that comes later is first told all that was told before.
 */
export function createFollower(init: FollowerInit): Follower {
  const { config } = init
  const { vault, deployBlock } = config.contracts
  const { from = deployBlock } = init
  const confirmations = config.confirmations ?? 0
  return followTrail(
    init.rpc ?? createRpc(config.rpcUrl),
    rpc =>
      createTrail({
        rpc,
        source: vaultSource(rpc, vault, init),
        from,
        confirmations,
        shelf: createMemoryShelf(),
      }),
    init,
  )
}

/** The facts of a stretch of calls of `on`: adds what became true and drops what was undone. For lists on a page. */
export function applyChange(facts: readonly ChainFact[], { type, fact }: FactChange): ChainFact[] {
  if (type === 'fact') return [...facts, fact]
  return facts.filter(each => each.blockHash !== fact.blockHash || each.logIndex !== fact.logIndex)
}
