import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import type { Tariff } from '@hexhail/protocol/tariff.ts'
import type { Hex, Receipt, Terms } from '@hexhail/protocol/terms.ts'

/** Addresses of one deployment. */
export interface Contracts {
  readonly token: Hex
  readonly vault: Hex
  readonly tariffs: Hex
  readonly permits: Hex
  readonly relayRegistry: Hex
  /** Block of the first contract: nothing is read before it. */
  readonly deployBlock: number
}

/** Where the chain is. */
export interface ChainConfig {
  readonly chainId: number
  readonly rpcUrl: string
  readonly contracts: Contracts
  /** Blocks on top of a fact before it is told; 0 = told when seen, and taken back by a reorganisation. */
  readonly confirmations?: number
}

/** What the vault keeps for an account: minor units. */
export interface Account {
  readonly free: bigint
  readonly held: bigint
}

/** One of a rider's lanes: what is held for the trip `terms` in it, and the sequence number the next terms need. */
export interface Lane {
  readonly held: bigint
  readonly seq: bigint
  readonly terms: Hex
}

/** A driver's permit as `hold` takes it; `untilS` 0 = none, or none without a permitted car that he drives. */
export interface Permit {
  readonly untilS: number
  readonly credential: Hex
  /** The car that he says he drives, where his permit needs one. */
  readonly vehicle: Hex | null
}

/** Reads: everything a page, a driver or an auditor needs to know from the chain. Each call may reject with `HexhailError`. */
export interface ChainReader {
  readonly config: ChainConfig
  tariff(id: number): Promise<Tariff>
  /** Levy of a tariff that waits to be collected, minor units. */
  levy(id: number): Promise<bigint>
  account(owner: Hex): Promise<Account>
  lane(owner: Hex, lane: number): Promise<Lane>
  /** When the open case of a trip (cancel, claim or dispute) may be closed by anyone, unix seconds; 0: there is none. */
  caseEndsS(terms: Hex): Promise<number>
  /** Token in the wallet itself, minor units. */
  tokenBalance(owner: Hex): Promise<bigint>
  /** Gas coin in the wallet, wei. */
  coinBalance(owner: Hex): Promise<bigint>
  permit(authority: Hex, driver: Hex): Promise<Permit>
  /** Number of settled trips of a driver. */
  settledTrips(driver: Hex): Promise<number>
  /** The newest block's number and time. */
  head(): Promise<{ number: number; timestampS: number }>
  /** True when the log of a fact is in the block the chain now has at that height. */
  proves(fact: ChainFact): Promise<boolean>
}

/** One wallet's transactions; each resolves with the hash once the transaction is mined, rejects with `HexhailError` otherwise. */
export interface ChainWriter {
  readonly account: Hex
  hold(terms: Terms, signature: Hex): Promise<Hex>
  settle(terms: Terms, receipt: Receipt, signature: Hex): Promise<Hex>
  cancel(terms: Terms): Promise<Hex>
  release(terms: Terms): Promise<Hex>
  /** Releases his own trip and holds it for another driver by terms of the next number in the same lane: both or neither. */
  handOver(own: Terms, next: Terms, signature: Hex): Promise<Hex>
  claim(terms: Terms, amount: bigint, secret: Hex | null): Promise<Hex>
  contest(terms: Terms, admitted: bigint): Promise<Hex>
  finalize(terms: Terms): Promise<Hex>
  rule(terms: Terms, toDriver: bigint): Promise<Hex>
  /** The levy of a tariff to its authority's balance. */
  collect(tariff: number): Promise<Hex>
  /** Token from the wallet into the vault by one EIP-3009 signature. */
  deposit(amount: bigint): Promise<Hex>
  withdraw(to: Hex, amount: bigint): Promise<Hex>
}

/** Facts of the vault as they happen, and taken back when a block is reorganised away. */
export interface Follower<F = ChainFact> extends AsyncDisposable {
  /** From the deployment on; facts come in order; `undone` in the opposite order. */
  on(listener: (change: { type: 'fact' | 'undone'; fact: F }) => void): () => void
  /** Called with each change of the connection: false while the RPC does not answer. */
  onStatus(listener: (up: boolean) => void): () => void
  /** Resolves when everything up to the newest block has been told. */
  caughtUp(): Promise<void>
}
