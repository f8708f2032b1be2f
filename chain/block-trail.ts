import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { Mark, MarkShelf } from './mark-shelf.ts'
import { isRpcDown, quantity, type Rpc } from './rpc.ts'
import { endsTrip, type FactFilter, rangeOf, readFacts } from './vault-facts.ts'

/** A fact that became true, or one that is true no more. */
export interface FactChange {
  readonly type: 'fact' | 'undone'
  readonly fact: ChainFact
}

interface Block {
  readonly number: Hex
  readonly hash: Hex
  readonly parentHash: Hex
}

/** What a trail reads. */
export interface TrailInit {
  readonly rpc: Rpc
  readonly vault: Hex
  /** First block. */
  readonly from: number
  readonly confirmations: number
  readonly filter: FactFilter
  /** Where what was read is kept; a trail goes on from what is on it. */
  readonly shelf: MarkShelf
}

/** Blocks in one query at most; halved where the node refuses. */
const SPAN = 20_000

/** The way through the chain, block by block. */
export interface Trail {
  /** One step towards the newest block; true once there. What changed goes to `emit` after it is remembered. */
  advance(emit: (change: FactChange) => void): Promise<boolean>
}

/** Reads facts block by block, each block checked against the one before, and takes back what a fork left behind. */
export function createTrail(init: TrailInit): Trail {
  const { rpc, vault, from, confirmations, filter, shelf } = init
  const open = new Set<Hex>()
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

  async function undo(keep: number, emit: (change: FactChange) => void): Promise<void> {
    for (const fact of await shelf.cut(keep)) {
      if (fact.fact === 'held') open.delete(fact.terms)
      else open.add(fact.terms)
      emit({ type: 'undone', fact })
    }
  }

  async function add(facts: readonly ChainFact[], end: Mark, emit: (change: FactChange) => void) {
    await shelf.add(facts, end)
    for (const fact of facts) {
      if (endsTrip(fact)) open.delete(fact.terms)
      else open.add(fact.terms)
    }
    for (const fact of facts) emit({ type: 'fact', fact })
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

  async function step(head: Block, emit: (change: FactChange) => void): Promise<boolean> {
    const goal = Number(head.number) - confirmations
    const count = await shelf.count()
    const tip = count === 0 ? undefined : await shelf.at(count - 1)
    const first = tip ? tip.number + 1 : from
    const last = Math.min(goal, first + span - 1)
    const block = last < first ? null : confirmations === 0 && last === goal ? head : await blockAt(last)
    const linked = tip !== undefined && last === first && block?.parentHash === tip.hash
    if (tip && !linked && !(await stands(tip))) {
      await undo(await standing(), emit)
      return false
    }
    if (goal < first) return true
    if (!block) return false

    const facts = await read(linked ? { blockHash: block.hash } : rangeOf(first, last))
    const end = { number: last, hash: block.hash }
    // A range does not say which fork it was read from: it is good when its end stands before and after.
    if (!facts || (!linked && !(await stands(end)))) return false
    await add(facts, end, emit)
    return last === goal
  }

  async function read(blocks: Parameters<typeof readFacts>[2]): Promise<ChainFact[] | null> {
    try {
      const facts = await readFacts(rpc, vault, blocks, filter, open)
      span = Math.min(SPAN, span * 2)
      return facts
    } catch (error) {
      if (isRpcDown(error) || span === 1) throw error
      span = span >> 1
      return null
    }
  }
}
