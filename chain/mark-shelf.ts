import { type ChainFact, EMPTY_BLOCKS } from '@hexhail/protocol/chain-fact.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'

/** What has a place on the chain. */
export interface Placed {
  readonly blockNumber: number
  readonly blockHash: Hex
}

/** A block that was read. */
export interface Mark {
  readonly number: number
  readonly hash: Hex
}

/**
 * Where a trail keeps what it has read: every block with facts, and the newest ones without. Each change is whole or
 * not at all, so that a crash leaves a state that the trail can go on from.
 */
export interface MarkShelf<F = ChainFact> {
  /** Number of marks. */
  count(): Promise<number>
  /** A mark by its place, 0 = the oldest. */
  at(place: number): Promise<Mark | undefined>
  /** Adds facts, oldest first, with a mark for each of their blocks, and one for the last block that was read. */
  add(facts: readonly F[], end: Mark): Promise<void>
  /** Drops the marks from a place on; resolves with their facts, newest first. */
  cut(keep: number): Promise<readonly F[]>
}

/** An empty shelf in memory. */
export function createMemoryShelf<F extends Placed = ChainFact>(): MarkShelf<F> {
  const marks: (Mark & { readonly facts: F[] })[] = []
  return {
    count: async () => marks.length,
    at: async place => marks[place],
    async add(facts, end) {
      for (const fact of facts) {
        const last = marks.at(-1)
        if (last?.number === fact.blockNumber) last.facts.push(fact)
        else marks.push({ number: fact.blockNumber, hash: fact.blockHash, facts: [fact] })
      }
      if (marks.at(-1)?.number !== end.number) marks.push({ ...end, facts: [] })
      const old = marks.length - 1 - EMPTY_BLOCKS
      if (marks[old]?.facts.length === 0) marks.splice(old, 1)
    },
    cut: async keep =>
      marks
        .splice(keep)
        .flatMap(mark => mark.facts)
        .toReversed(),
  }
}
