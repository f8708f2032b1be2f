import type { DeskClient } from '@hexhail/audit/desk-client.ts'
import type { FoundDocument } from '@hexhail/audit/tariff/signed-tariff.ts'
import type { ChainReader, Follower } from '@hexhail/chain/ports.ts'
import type { Tariff } from '@hexhail/protocol/tariff.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'

/** Keeps the audit key and the keys of the months on this device; they cannot be taken out again. */
export interface KeyShelf {
  load(): Promise<readonly CryptoKeyPair[] | null>
  save(keys: readonly CryptoKeyPair[]): Promise<void>
  remove(): Promise<void>
}

/** The world as the authority's page sees it. */
export interface AuthorityPorts {
  readonly reader: Pick<ChainReader, 'tariff' | 'permit' | 'proves' | 'levy' | 'lane' | 'caseEndsS'>
  readonly follower: Follower
  /** The document behind a tariff; without it fares are held against the chain's numbers alone. */
  readonly find?: (tariff: Tariff) => Promise<FoundDocument>
  readonly desk: Pick<DeskClient, 'list' | 'releases'>
  readonly shelf: KeyShelf
  /** Public half of the authority's audit key, which comes first of the keys that are taken in. */
  readonly auditKey: Hex
  /** The tariff in force; its authority is whose page this is. */
  readonly tariffId: number
  /** How many times as fast as real ones the cars of a demo drive; none: 1. */
  readonly speed?: number
  readonly now: () => number
  /** Calls `run` each `ms` until the returned function is called. */
  readonly every: (ms: number, run: () => void) => () => void
  readonly report: (error: unknown) => void
}
