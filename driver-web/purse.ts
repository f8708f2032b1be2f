import type { ClientPorts } from '@hexhail/client/ports.ts'
import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { type LedgerTrip, ledgerOf } from './ledger.ts'

/** The driver's money as the chain has it. */
export interface Purse {
  /** Free in the vault, minor units; null until the chain has answered. */
  readonly vault: ReadonlySignal<bigint | null>
  /** In the wallet itself. */
  readonly wallet: ReadonlySignal<bigint | null>
  /** All trips of this account, newest first. */
  readonly trips: ReadonlySignal<readonly LedgerTrip[]>
  refresh(): Promise<void>
  stop(): void
}

/** Follows the account's facts and balances. */
export function createPurse({ reader, follower, signer, rules, report }: ClientPorts): Purse {
  const me = signer.address.toLowerCase()
  const vault = signal<bigint | null>(null)
  const wallet = signal<bigint | null>(null)
  const facts = signal<readonly ChainFact[]>([])
  const mine = new Set<Hex>()
  const refresh = async () => {
    const [account, purse] = await Promise.all([
      reader.account(signer.address),
      reader.tokenBalance(signer.address),
    ])
    vault.value = account.free
    wallet.value = purse
  }
  let asked = false
  /** Many facts at once are one question. */
  const refreshSoon = () => {
    if (asked) return
    asked = true
    queueMicrotask(() => {
      asked = false
      refresh().catch(report)
    })
  }
  const stop = follower.on(({ type, fact }) => {
    if ((fact.fact === 'held' || fact.fact === 'settled') && fact.driver.toLowerCase() === me)
      mine.add(fact.terms)
    if (!mine.has(fact.terms)) return
    facts.value =
      type === 'fact'
        ? [...facts.value, fact]
        : facts.value.filter(f => f.blockHash !== fact.blockHash || f.logIndex !== fact.logIndex)
    refreshSoon()
  })
  refreshSoon()
  return {
    vault,
    wallet,
    trips: computed(() => ledgerOf(facts.value, signer.address, rules.tariff)),
    refresh,
    stop,
  }
}
