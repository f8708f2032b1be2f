import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { isRpcDown, quantity, type Rpc } from './rpc.ts'
import { endsTrip, type FactFilter, rangeOf, readFacts } from './vault-facts.ts'

/** A fact that became true, or one that is true no more. */
export interface FactChange {
  readonly type: 'fact' | 'undone'
  readonly fact: ChainFact
}

/** A block that was read: every block with facts, and the newest ones without. */
interface Mark {
  readonly number: number
  readonly hash: Hex
  readonly facts: ChainFact[]
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
}

/** Empty blocks that are remembered: a reorganisation over more of them is found at the last block with facts. */
const EMPTY_MARKS = 64
/** Blocks in one query at most; halved where the node refuses. */
const SPAN = 20_000

/** The part of the chain that was read, and what it said. */
export interface Trail {
  /** True facts, oldest first. */
  facts(): ChainFact[]
  /** One step towards the newest block; true once there. What changed goes to `emit` after it is remembered. */
  advance(emit: (change: FactChange) => void): Promise<boolean>
}

/** Reads facts block by block, each block checked against the one before, and takes back what a fork left behind. */
export function createTrail(init: TrailInit): Trail {
  const { rpc, vault, from, confirmations, filter } = init
  const marks: Mark[] = []
  const open = new Set<Hex>()
  let span = SPAN
  let doneAt: Hex | null = null

  const blockAt = async (at: number | 'latest') =>
    (await rpc('eth_getBlockByNumber', [at === 'latest' ? at : quantity(at), false])) as Block | null
  const stands = async (mark: Mark) => (await blockAt(mark.number))?.hash === mark.hash

  /** Number of marks that the chain still has; they are the first ones. */
  async function standing(): Promise<number> {
    let [low, high] = [0, marks.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (await stands(marks[middle]!)) low = middle + 1
      else high = middle
    }
    return low
  }

  function undo(keep: number, emit: (change: FactChange) => void): void {
    while (marks.length > keep) {
      const { facts } = marks.pop()!
      for (const fact of facts.toReversed()) {
        if (fact.fact === 'held') open.delete(fact.terms)
        else open.add(fact.terms)
        emit({ type: 'undone', fact })
      }
    }
  }

  function add(facts: readonly ChainFact[], end: Mark): void {
    for (const fact of facts) {
      if (endsTrip(fact)) open.delete(fact.terms)
      else open.add(fact.terms)
      const last = marks.at(-1)
      if (last?.number === fact.blockNumber) last.facts.push(fact)
      else marks.push({ number: fact.blockNumber, hash: fact.blockHash, facts: [fact] })
    }
    if (marks.at(-1)?.number !== end.number) marks.push(end)
    const old = marks.length - 1 - EMPTY_MARKS
    if (marks[old]?.facts.length === 0) marks.splice(old, 1)
  }

  return {
    facts: () => marks.flatMap(mark => mark.facts),
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
    const tip = marks.at(-1)
    const first = tip ? tip.number + 1 : from
    const last = Math.min(goal, first + span - 1)
    const block = last < first ? null : confirmations === 0 && last === goal ? head : await blockAt(last)
    const linked = tip !== undefined && last === first && block?.parentHash === tip.hash
    if (tip && !linked && !(await stands(tip))) {
      undo(await standing(), emit)
      return false
    }
    if (goal < first) return true
    if (!block) return false

    const facts = await read(linked ? { blockHash: block.hash } : rangeOf(first, last))
    const end = { number: last, hash: block.hash, facts: [] }
    // A range does not say which fork it was read from: it is good when its end stands before and after.
    if (!facts || (!linked && !(await stands(end)))) return false
    add(facts, end)
    for (const fact of facts) emit({ type: 'fact', fact })
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
