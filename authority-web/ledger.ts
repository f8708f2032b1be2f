import type { Settled } from '@hexhail/audit/settled.ts'
import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'

/** Money that reached a driver without a receipt: an admitted part, or the end of a claim, a cancel or a dispute. */
export interface Payout {
  readonly fact: Extract<ChainFact, { fact: 'contested' | 'closed' }>
  /** Null where the hold was not seen. */
  readonly tariff: number | null
  readonly amount: bigint
}

/** A contested trip that nobody has ruled on. */
export interface Dispute {
  readonly fact: Extract<ChainFact, { fact: 'contested' }>
  readonly tariff: number | null
}

/** A trip whose money is held now. */
export interface Running {
  readonly fact: Extract<ChainFact, { fact: 'held' }>
}

/** The chain's facts by trip, with those of a reorganised block taken back. */
export interface Ledger {
  take(change: { readonly type: 'fact' | 'undone'; readonly fact: ChainFact }): void
  /** In the order of the chain. */
  settlements(): Settled[]
  payouts(): Payout[]
  running(): Running[]
  /** What waits for a ruling, the nearest deadline first. */
  disputes(): Dispute[]
}

const HOLDING: ReadonlySet<ChainFact['fact']> = new Set(['held', 'cancelled', 'claimed', 'contested'])

/** An empty ledger. */
export function createLedger(): Ledger {
  const trips = new Map<Hex, readonly ChainFact[]>()
  const all = <F extends ChainFact['fact']>(...names: readonly F[]) =>
    [...trips.values()].flatMap(facts =>
      facts.filter((fact): fact is Extract<ChainFact, { fact: F }> =>
        (names as readonly string[]).includes(fact.fact),
      ),
    )
  return {
    take({ type, fact }) {
      const rest = (trips.get(fact.terms) ?? []).filter(each => !isSame(each, fact))
      trips.set(fact.terms, type === 'fact' ? [...rest, fact] : rest)
    },
    settlements: () => all('settled').sort(byPlace),
    payouts: () =>
      all('contested', 'closed')
        .map(fact => {
          const held = trips.get(fact.terms)?.find(each => each.fact === 'held')
          return {
            fact,
            tariff: held?.tariff ?? null,
            amount: fact.fact === 'closed' ? fact.toDriver : fact.admitted,
          }
        })
        .filter(payout => payout.amount > 0n),
    disputes: () =>
      [...trips.values()]
        .flatMap(facts => {
          const fact = facts.at(-1)
          const held = facts.find(each => each.fact === 'held')
          return fact?.fact === 'contested' ? [{ fact, tariff: held?.tariff ?? null }] : []
        })
        .sort((a, b) => a.fact.deadlineS - b.fact.deadlineS),
    running: () =>
      [...trips.values()].flatMap(facts => {
        const fact = facts.find(each => each.fact === 'held')
        return fact && HOLDING.has(facts.at(-1)?.fact ?? 'closed') ? [{ fact }] : []
      }),
  }
}

const isSame = (a: ChainFact, b: ChainFact): boolean => a.txHash === b.txHash && a.logIndex === b.logIndex

/** Order of the chain: block, then place in the block. */
const byPlace = (a: ChainFact, b: ChainFact): number =>
  a.blockNumber - b.blockNumber || a.logIndex - b.logIndex
