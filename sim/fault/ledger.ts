import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { Seeded } from '../seeded.ts'
import { callVault, openVault, type Vault, type VaultCall, type VaultRules } from './vault.ts'
import type { World } from './world.ts'

/** A block of the simulated chain. */
export interface Block {
  readonly number: number
  readonly hash: Hex
  readonly parentHash: Hex
  readonly timestampS: number
  readonly calls: readonly Sent[]
  readonly facts: readonly ChainFact[]
  /** The vault after the block, by rider. */
  readonly vaults: ReadonlyMap<Hex, Vault>
}

/** A transaction. */
export interface Sent {
  readonly hash: Hex
  readonly rider: Hex
  readonly call: VaultCall
  /** What the same transaction does besides, of the same rider's: both or neither. */
  readonly next?: VaultCall
  /** Told when it is in a block: the refusal, or null. */
  readonly onMined: (refused: string | null) => void
}

/** Blocks, the transactions that wait, and forks. */
export interface Ledger {
  head(): Block
  at(number: number): Block | undefined
  byHash(hash: Hex): Block | undefined
  /** A rider's vault after the newest block, and with what waits besides. */
  vault(rider: Hex): Vault
  pending(rider: Hex): Vault
  send(sent: Sent): void
  isWaiting(hash: Hex): boolean
  /** Puts what waits into a block. */
  mine(): void
  /** Takes blocks back and makes as many others; each call may get lost. Returns how many were lost. */
  reorg(depth: number, isLost: () => boolean): number
  /** Told of each new head. */
  onHead(listener: () => void): void
  /** Terms that were ever held, whatever came after. */
  readonly everHeld: ReadonlySet<Hex>
  waiting(): number
}

/** What waits comes into the next block but one at the latest when blocks are so near, seconds. */
const SOON_S = 10

const hashOf = (fork: number, number: number): Hex =>
  `0x${fork.toString(16).padStart(8, '0')}${number.toString(16).padStart(56, '0')}`

/** Makes the chain's first block. `answer` may be another vault, for planted bugs. */
export function createLedger(
  world: World,
  seeded: Seeded,
  balances: ReadonlyMap<Hex, bigint>,
  rules: VaultRules,
  answer: typeof callVault = callVault,
): Ledger {
  let fork = 0
  const everHeld = new Set<Hex>()
  const listeners: (() => void)[] = []
  const vaults = new Map([...balances].map(([rider, free]) => [rider, openVault(free)]))
  const genesis: Block = {
    number: 0,
    hash: hashOf(0, 0),
    parentHash: hashOf(0, 0),
    timestampS: Math.floor(world.now() / 1000),
    calls: [],
    facts: [],
    vaults,
  }
  let blocks: Block[] = [genesis]
  let pool: Sent[] = []
  const head = () => blocks.at(-1)!

  const answerAll = (vault: Vault, { call, next }: Sent, nowS: number) => {
    const first = answer(vault, call, nowS, rules)
    if ('refused' in first) return first
    if (!next) return { vault: first.vault, facts: [first.fact] }
    const second = answer(first.vault, next, nowS, rules)
    return 'refused' in second ? second : { vault: second.vault, facts: [first.fact, second.fact] }
  }
  const add = (timestampS: number, calls: readonly Sent[]): void => {
    const parent = head()
    const number = parent.number + 1
    const hash = hashOf(fork, number)
    const after = calls.length ? new Map(parent.vaults) : parent.vaults
    const facts: ChainFact[] = []
    const told: (() => void)[] = []
    for (const sent of calls) {
      const done = answerAll(after.get(sent.rider)!, sent, timestampS)
      if ('refused' in done) {
        told.push(() => sent.onMined(done.refused))
        continue
      }
      ;(after as Map<Hex, Vault>).set(sent.rider, done.vault)
      for (const fact of done.facts) {
        const place = {
          txHash: sent.hash,
          blockNumber: number,
          blockHash: hash,
          logIndex: facts.length,
          timestampS,
        }
        facts.push({ ...fact, ...place } as ChainFact)
        if (fact.fact === 'held') everHeld.add(fact.terms)
      }
      told.push(() => sent.onMined(null))
    }
    blocks.push({ number, hash, parentHash: parent.hash, timestampS, calls, facts, vaults: after })
    for (const tell of told) tell()
  }
  const tellHead = () => {
    for (const listener of listeners) listener()
  }
  return {
    head,
    at: number => blocks[number],
    byHash: hash => blocks.findLast(block => block.hash === hash),
    vault: rider => head().vaults.get(rider)!,
    pending: rider => {
      let vault = head().vaults.get(rider)!
      const nowS = Math.floor(world.now() / 1000)
      for (const sent of pool) {
        if (sent.rider !== rider) continue
        const done = answerAll(vault, sent, nowS)
        if ('vault' in done) vault = done.vault
      }
      return vault
    },
    send: sent => {
      if (!pool.includes(sent)) pool.push(sent)
    },
    isWaiting: hash => pool.some(sent => sent.hash === hash),
    mine: () => {
      const calls = pool
      pool = []
      add(Math.max(head().timestampS + 1, Math.floor(world.now() / 1000)), calls)
      tellHead()
    },
    reorg: (depth, isLost) => {
      const from = Math.max(1, blocks.length - depth)
      const gone = blocks.slice(from)
      if (gone.length === 0) return 0
      blocks = blocks.slice(0, from)
      fork++
      let lost = 0
      // What was in a block comes into the same one of the new fork or a later one; what got lost never.
      let carried: Sent[] = []
      for (const [i, { timestampS, calls }] of gone.entries()) {
        for (const sent of calls) isLost() ? lost++ : carried.push(sent)
        const isSoon = (gone[i + 1]?.timestampS ?? Number.POSITIVE_INFINITY) - timestampS < SOON_S
        const now = carried.filter(() => !isSoon || seeded.below(2) === 0)
        carried = carried.filter(sent => !now.includes(sent))
        add(timestampS, now)
      }
      add(Math.max(head().timestampS + 1, Math.floor(world.now() / 1000)), [])
      tellHead()
      return lost
    },
    onHead: listener => void listeners.push(listener),
    everHeld,
    waiting: () => pool.length,
  }
}
