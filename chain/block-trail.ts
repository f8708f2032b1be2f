import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { Mark, MarkShelf, Placed } from './mark-shelf.ts'
import { isRpcDown, quantity, type Rpc } from './rpc.ts'

/** A fact that became true, or one that is true no more. */
export interface FactChange<F = ChainFact> {
  readonly type: 'fact' | 'undone'
  readonly fact: F
}

/** Blocks to read: one by its hash, or a range. */
export type Blocks = { readonly blockHash: Hex } | { readonly fromBlock: Hex; readonly toBlock: Hex }

/** What a trail reads in the blocks. */
export interface FactSource<F> {
  /** The facts of these blocks in their order. */
  read(blocks: Blocks): Promise<readonly F[]>
  /** Told of each change before anybody else. */
  note?(change: FactChange<F>): void
}

interface Block {
  readonly number: Hex
  readonly hash: Hex
  readonly parentHash: Hex
}

/** What a trail needs. */
export interface TrailInit<F extends Placed> {
  readonly rpc: Rpc
  readonly source: FactSource<F>
  /** First block. */
  readonly from: number
  readonly confirmations: number
  /** Where what was read is kept; a trail goes on from what is on it. */
  readonly shelf: MarkShelf<F>
}

/** Blocks in one query at most; halved where the node refuses. */
const SPAN = 20_000

/** The way through the chain, block by block. */
export interface Trail<F = ChainFact> {
  /** One step towards the newest block; true once there. What changed goes to `emit` after it is remembered. */
  advance(emit: (change: FactChange<F>) => void): Promise<boolean>
}

/** Reads facts block by block, each block checked against the one before, and takes back what a fork left behind. */
export function createTrail<F extends Placed>(init: TrailInit<F>): Trail<F> {
  const { rpc, source, from, confirmations, shelf } = init
  let span = SPAN
  let doneAt: Hex | null = null

  const blockAt = async (at: number | 'latest') =>
    (await rpc('eth_getBlockByNumber', [at === 'latest' ? at : quantity(at), false])) as Block | null
  const stands = async (mark: Mark) => (await blockAt(mark.number))?.hash === mark.hash

  /** Number of marks that the chain still has; they are the first ones. */
  async function standing(): Promise<number> {
    let [low, high] = [0, (await shelf.count()) - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (await stands((await shelf.at(middle))!)) low = middle + 1
      else high = middle
    }
    return low
  }

  const tell = (changes: readonly FactChange<F>[], emit: (change: FactChange<F>) => void): void => {
    for (const change of changes) source.note?.(change)
    for (const change of changes) emit(change)
  }

  return {
    async advance(emit) {
      const head = await blockAt('latest')
      if (!head) throw new HexhailError('rpc-error', 'The chain has no newest block.')
      if (head.hash === doneAt) return true
      const done = await step(head, emit)
      if (done) doneAt = head.hash
      return done
    },
  }

  async function step(head: Block, emit: (change: FactChange<F>) => void): Promise<boolean> {
    const goal = Number(head.number) - confirmations
    const count = await shelf.count()
    const tip = count === 0 ? undefined : await shelf.at(count - 1)
    const first = tip ? tip.number + 1 : from
    const last = Math.min(goal, first + span - 1)
    const block = last < first ? null : confirmations === 0 && last === goal ? head : await blockAt(last)
    const linked = tip !== undefined && last === first && block?.parentHash === tip.hash
    if (tip && !linked && !(await stands(tip))) {
      const gone = await shelf.cut(await standing())
      tell(
        gone.map(fact => ({ type: 'undone', fact })),
        emit,
      )
      return false
    }
    if (goal < first) return true
    if (!block) return false

    const facts = await read(linked ? { blockHash: block.hash } : rangeOf(first, last))
    const end = { number: last, hash: block.hash }
    // A range does not say which fork it was read from: it is good when its end stands before and after.
    if (!facts || (!linked && !(await stands(end)))) return false
    await shelf.add(facts, end)
    tell(
      facts.map(fact => ({ type: 'fact', fact })),
      emit,
    )
    return last === goal
  }

  async function read(blocks: Blocks): Promise<readonly F[] | null> {
    try {
      const facts = await source.read(blocks)
      span = Math.min(SPAN, span * 2)
      return facts
    } catch (error) {
      if (isRpcDown(error) || span === 1) throw error
      span = span >> 1
      return null
    }
  }
}

/** A range of blocks in the form that JSON-RPC takes. */
function rangeOf(first: number, last: number): Blocks {
  return { fromBlock: quantity(first), toBlock: quantity(last) }
}
