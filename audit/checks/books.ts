import type { Tariff } from '@hexhail/protocol/tariff.ts'
import type { TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { LogFile } from '../log/evidence.ts'

/** A published tariff with its document and the moment from which nothing may be agreed on by it. */
export interface TariffEntry {
  readonly id: number
  readonly tariff: Tariff
  /** Null: it has none, or it is not at hand. */
  readonly document: TariffDocument | null
  /** Unix seconds; 0: still in force. */
  readonly endsAtS: number
}

/** A time from inclusive to exclusive, unix seconds. */
export interface Span {
  readonly fromS: number
  readonly untilS: number
}

/** A time in which a driver's permit stood, by the registry's events. */
export interface PermitSpan extends Span {
  readonly authority: Hex
  readonly driver: Hex
  /** Null: the register at hand does not say which; then a record may name any. */
  readonly credential: Hex | null
}

/** A time in which a car's credential stood: permit, inspection and insurance all valid. */
export interface VehicleSpan extends Span {
  readonly authority: Hex
  /** Hash of the credential, as records name it. */
  readonly credential: Hex
  /** Places in the tariff document's list of the classes that its plate allows; null: all. */
  readonly classes: readonly number[] | null
}

/** A concession credential that was valid, by the hash that a record gives as its proof. */
export interface ConcessionSpan extends Span {
  readonly proof: Hex
  /** Id in the tariff's document. */
  readonly concession: string
}

/** Registered terms of a lease, and one sharing out of money under it. */
export interface Lease {
  readonly account: Hex
  readonly ownerBps: number
  /** What the owner gets in all, minor units; 0: no end. */
  readonly owed: bigint
}
export interface LeaseShare {
  readonly account: Hex
  readonly toOwner: bigint
  readonly toDriver: bigint
  readonly txHash: Hex
}

/**
 * A number of a shift that no settlement of the audited time has: it was filed as void (cancelled for free, released), or
 * with the record of a trip that was never settled, or not in this time.
 */
export interface VoidNumber {
  readonly shift: Hex
  readonly shiftSeq: number
}

/** A trip that the chain has held and not ended: the number that its driver gave it is not filed yet. */
export interface OpenTrip {
  readonly driver: Hex
  readonly terms: Hex
}

/** How a match that was heard on gossip ended. */
export interface HeardMatch {
  readonly driver: Hex
  readonly ended: 'settled' | 'cancelled' | 'never'
}

/** A request for a ride and whether it was served. */
export interface HeardRequest {
  readonly cell: string
  readonly atS: number
  readonly isWav: boolean
  readonly isServed: boolean
}

/** A fault that an export's data-quality tests found. */
export interface ExportFault {
  readonly test: string
  readonly row: string
  readonly says: string
}

/** What is wrong with a log, and the file that proves it (audit/log/evidence.ts). */
export interface LogFault {
  readonly says: string
  readonly proof: LogFile
}

/**
 * What the auditor knows besides settlements and records. Null: not at hand, and what needs it is said to be not checked.
 * Plain data, so that it goes to worker threads as it is.
 */
export interface Books {
  /** The moment of the audit, unix seconds. */
  readonly nowS: number
  /** How long after settling a record may be filed. */
  readonly filingS: number
  /** Speed above which no car drives, metres a second. */
  readonly fastestMps: number
  readonly tariffs: readonly TariffEntry[]
  readonly permits: readonly PermitSpan[] | null
  readonly vehicles: readonly VehicleSpan[] | null
  readonly concessions: readonly ConcessionSpan[] | null
  readonly leases: { readonly terms: readonly Lease[]; readonly shares: readonly LeaseShare[] } | null
  readonly voids: readonly VoidNumber[] | null
  readonly openTrips: readonly OpenTrip[]
  readonly matches: readonly HeardMatch[] | null
  readonly requests: readonly HeardRequest[] | null
  readonly equivocations: readonly LogFault[] | null
  readonly lateInclusions: readonly LogFault[] | null
  readonly exportFaults: readonly ExportFault[] | null
}

/** Books with nothing but the moment and the tariffs. */
export const plainBooks = (nowS: number, tariffs: readonly TariffEntry[]): Books => ({
  nowS,
  filingS: 72 * 3_600,
  fastestMps: 90,
  tariffs,
  permits: null,
  vehicles: null,
  concessions: null,
  leases: null,
  voids: null,
  openTrips: [],
  matches: null,
  requests: null,
  equivocations: null,
  lateInclusions: null,
  exportFaults: null,
})
