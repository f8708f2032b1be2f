import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { Settled } from '../settled.ts'

/** A block that was read. */
interface StoredBlock {
  readonly number: number
  readonly hash: Hex
}

/** The deployment whose facts a store holds; a store of one is never filled from another. */
export interface StoreOrigin {
  readonly chainId: number
  readonly vault: Hex
}

/**
 * The audit's memory of a vault's facts. Rows and the block up to which they were read change in one transaction, so
 * that an indexer may be killed at any point; rows are keyed by block, and a block that a reorganisation took away
 * takes its rows along. The first four are what `chain/mark-shelf.ts` asks for.
 */
export interface AuditStore extends AsyncDisposable {
  count(): Promise<number>
  at(place: number): Promise<StoredBlock | undefined>
  /** @throws {HexhailError} 'store-busy' when another process has written meanwhile */
  add(facts: readonly ChainFact[], end: StoredBlock): Promise<void>
  cut(keep: number): Promise<readonly ChainFact[]>
  /** Facts in the order of the chain, of one kind or of all. */
  facts(kind?: ChainFact['fact']): AsyncIterable<ChainFact>
  /** The settlement of a trip. */
  settled(terms: Hex): Promise<Settled | undefined>
}

/** Version of the tables. */
export const STORE_VERSION = 1

/** Blocks and facts that a call of `add` writes: a block for each fact's, and the end. */
export function blocksOf(facts: readonly ChainFact[], end: StoredBlock): StoredBlock[] {
  const blocks: StoredBlock[] = []
  for (const { blockNumber: number, blockHash: hash } of facts)
    if (blocks.at(-1)?.number !== number) blocks.push({ number, hash })
  if (blocks.at(-1)?.number !== end.number) blocks.push(end)
  return blocks
}
