import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import type { TripRecord } from '@hexhail/protocol/record-table.ts'
import type { FareAudit } from './checks/fare-audit.ts'

/** A settlement as the chain tells it. */
export type Settled = Extract<ChainFact, { fact: 'settled' }>

/**
 * How far a settlement could be looked into. `opened`: by the record that both signed. `missing`: nothing is filed yet.
 * `unasked`: the audit node has not answered yet. `sealed`: filed, and no key is here. `unreadable`: this key opens nothing of what is filed. `other`: what is filed
 * is not what was signed; anyone may file, so this says nothing against rider or driver.
 */
export type Filing = 'opened' | 'missing' | 'unasked' | 'sealed' | 'unreadable' | 'other'

/** One settlement with all that the authority knows of it. `audit` is null until its record and tariff are here. */
export interface AuditRow {
  readonly fact: Settled
  readonly filing: Filing
  readonly record: TripRecord | null
  readonly audit: FareAudit | null
}

/** What the rider paid in a settlement, minor units. */
export const paidOf = (fact: Settled): bigint => fact.fare + fact.wait + fact.toll + fact.tip
