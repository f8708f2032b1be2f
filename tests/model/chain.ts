/** The chain as the search sees it: blocks' calls in order, calls that anyone may still bring, reorganisations. */
import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import {
  callVault,
  openVault,
  type Vault,
  type VaultCall,
  type VaultRules,
} from '@hexhail/sim/fault/vault.ts'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { createPool, type Pool, shortHash, textOf } from './pool.ts'

/** A call that was mined, at a moment. */
export interface Entry {
  readonly call: number
  readonly moment: number
}

/**
 * `log`: entries mined and not undone. `calls`: all that were ever sent, sorted: each may be mined at any time, again
 * after a reorganisation, or never. `reorgs`: how many have been.
 */
export interface Chain {
  readonly log: readonly number[]
  readonly calls: readonly number[]
  readonly reorgs: number
}

/** Chains, entries and calls by number, and what follows from them. */
export interface ChainWorld {
  readonly chains: Pool<Chain>
  readonly calls: Pool<VaultCall>
  readonly entries: Pool<Entry>
  /** The vault after a log. */
  vaultOf(log: readonly number[]): Vault
  /** The fact that an entry stands for: the last of its log. */
  factOf(log: readonly number[], at: number): ChainFact
  /** A chain with more calls sent. */
  send(chain: number, calls: readonly number[]): number
  /** What can happen on a chain at a moment: calls mined, blocks taken back. */
  moves(chain: number, moment: number): readonly (readonly [label: string, chain: number])[]
}

/** What a chain needs. */
export interface ChainInit {
  readonly rules: VaultRules
  readonly balance: bigint
  /** Block times, seconds, by moment. */
  readonly timesS: readonly number[]
  readonly mostReorgs: number
  /** Another vault, for planted bugs. */
  readonly answer?: typeof callVault
}

/** A block is taken back for so long, seconds: about twelve blocks. */
const REORG_S = 60

/** Makes the chain of a search. */
export function createChain(init: ChainInit): ChainWorld {
  const { rules, balance, timesS, mostReorgs, answer = callVault } = init
  const chains = createPool<Chain>(({ log, calls, reorgs }) => `${log}|${calls}|${reorgs}`)
  const calls = createPool<VaultCall>()
  const entries = createPool<Entry>(({ call, moment }) => `${call}@${moment}`)
  const vaults = new Map<string, { readonly vault: Vault; readonly fact: ChainFact | null }>()
  vaults.set('', { vault: openVault(balance), fact: null })

  const place = (entry: number) => {
    const { call, moment } = entries.at(entry)
    const txHash: Hex = toHex(keccak_256(new TextEncoder().encode(textOf(calls.at(call)))))
    const block = { blockNumber: 100 + moment, blockHash: txHash, logIndex: 0 }
    return { txHash, ...block, timestampS: timesS[moment]! }
  }
  /** The vault after a log whose last entry is new; null where the vault refuses it. */
  const grow = (log: readonly number[]): { vault: Vault; fact: ChainFact | null } | null => {
    const key = log.join()
    const known = vaults.get(key)
    if (known) return known
    const before = grow(log.slice(0, -1))
    const last = log.at(-1)!
    const { call, moment } = entries.at(last)
    const done = before && answer(before.vault, calls.at(call), timesS[moment]!, rules)
    if (!done || 'refused' in done) return null
    const made = { vault: done.vault, fact: { ...done.fact, ...place(last) } as ChainFact }
    vaults.set(key, made)
    return made
  }
  const movesOf = (id: number, moment: number) => {
    const chain = chains.at(id)
    const out: [string, number][] = []
    for (const call of chain.calls) {
      const log = [...chain.log, entries.id({ call, moment })]
      if (!grow(log)) continue
      out.push([`block: ${labelOf(calls.at(call))}`, chains.id({ ...chain, log })])
    }
    const last = chain.log.at(-1)
    if (last === undefined || chain.reorgs >= mostReorgs) return out
    const ageS = timesS[moment]! - timesS[entries.at(last).moment]!
    if (ageS <= REORG_S)
      out.push([
        'chain: last block undone',
        chains.id({ ...chain, log: chain.log.slice(0, -1), reorgs: chain.reorgs + 1 }),
      ])
    return out
  }
  const kept = new Map<number, readonly (readonly [string, number])[]>()

  return {
    chains,
    calls,
    entries,
    vaultOf: log => grow(log)!.vault,
    factOf: (log, at) => grow(log.slice(0, at + 1))!.fact!,
    send: (id, more) => {
      const chain = chains.at(id)
      const fresh = more.filter(call => !chain.calls.includes(call))
      if (fresh.length === 0) return id
      return chains.id({ ...chain, calls: [...new Set([...chain.calls, ...fresh])].sort((a, b) => a - b) })
    },
    moves: (id, moment) => {
      const key = id * 32 + moment
      let found = kept.get(key)
      if (!found) {
        found = movesOf(id, moment)
        kept.set(key, found)
      }
      return found
    },
  }
}

const labelOf = (call: VaultCall): string => `${call.call} ${shortHash(textOf(call))}`
