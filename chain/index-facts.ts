import { createTrail, type FactChange } from './block-trail.ts'
import type { MarkShelf } from './mark-shelf.ts'
import type { ChainConfig } from './ports.ts'
import { createRpc, type Rpc } from './rpc.ts'
import { vaultSource } from './vault-facts.ts'

/** What an indexer needs. */
export interface IndexInit {
  readonly config: ChainConfig
  /** Where the facts go; indexing goes on from what is there. */
  readonly shelf: MarkShelf
  readonly rpc?: Rpc
  /** Told of each fact once it is on the shelf. */
  readonly onChange?: (change: FactChange) => void
}

/**
 * Reads all facts of the vault up to the newest block onto a shelf, and takes back what a reorganisation took away.
 * @throws {HexhailError} 'rpc-down' or 'rpc-error'; what was read until then stays
 */
export async function indexFacts({ config, shelf, onChange = () => {}, ...init }: IndexInit): Promise<void> {
  const { rpc = createRpc(config.rpcUrl) } = init
  const { vault, deployBlock: from } = config.contracts
  const { confirmations = 0 } = config
  const trail = createTrail({ rpc, source: vaultSource(rpc, vault, {}), from, confirmations, shelf })
  while (!(await trail.advance(onChange)));
}
