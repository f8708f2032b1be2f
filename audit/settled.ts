import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import type { TripRecord } from '@hexhail/protocol/messages.ts'
import type { FareAudit } from './check-fare.ts'

/** A settlement as the chain tells it. */
export type Settled = Extract<ChainFact, { fact: 'settled' }>

/**
 * How far a settlement could be looked into: its record was opened; none is filed yet; one is filed and this key does
 * not open it; or it is filed and no key is here.
 */
export type Filing = 'opened' | 'missing' | 'unreadable' | 'sealed'

/** One settlement with all that the authority knows of it. `audit` is null until its record and tariff are here. */
export interface AuditRow {
  readonly fact: Settled
  readonly filing: Filing
  readonly record: TripRecord | null
  readonly audit: FareAudit | null
}

/** What the rider paid in a settlement, minor units. */
export const paidOf = (fact: Settled): bigint => fact.fare + fact.wait + fact.toll + fact.tip
