import { FILED, type TripColumns } from '../checks/trip-columns.ts'
import { FIGURES, type Figure } from './amount.ts'
import type { ParquetColumn } from './row-group.ts'

/** Columns of numbers that a table of trips has of an opened record. */
type NumberColumn = {
  [C in keyof TripColumns]: TripColumns[C] extends { readonly [row: number]: number } ? C : never
}[keyof TripColumns]

/** A column of the plain table, and where what stands in it comes from. */
export type PlainColumn = Pick<ParquetColumn, 'name' | 'isEmptyable'> &
  (
    | { readonly kind: 'bytes20' | 'bytes32'; readonly from: 'settled'; readonly at: number }
    | { readonly kind: 'int' | 'double'; readonly from: 'u32'; readonly at: number }
    | { readonly kind: 'double' | 'moment'; readonly from: 'u64'; readonly at: number }
    | { readonly kind: 'long'; readonly from: 'money'; readonly figure: Figure }
    | { readonly kind: 'text'; readonly from: 'filing' }
    /** Nothing where the record is not opened; a moment of 0 is none. */
    | { readonly kind: 'int' | 'double' | 'moment'; readonly from: 'record'; readonly of: NumberColumn }
    | { readonly kind: 'text'; readonly from: 'cell'; readonly of: 'pickupCell' | 'destCell' }
  )

/** Where the fields that no figure is stand in a settlement's row (checks/settled-row.ts). */
const AT = {
  record: 32,
  rider: 64,
  driver: 84,
  tariff: 104,
  timestampS: 188,
  block: 196,
  logIndex: 204,
  tx: 240,
}

const fact = { isEmptyable: false } as const
const record = { isEmptyable: true, from: 'record' } as const
const cell = { isEmptyable: true, kind: 'text', from: 'cell' } as const

/** The columns, in order. */
export const PLAIN_COLUMNS: readonly PlainColumn[] = [
  { ...fact, name: 'trip', kind: 'bytes32', from: 'settled', at: 0 },
  { ...fact, name: 'settled_at', kind: 'moment', from: 'u64', at: AT.timestampS },
  { ...fact, name: 'block', kind: 'double', from: 'u64', at: AT.block },
  { ...fact, name: 'transaction', kind: 'bytes32', from: 'settled', at: AT.tx },
  { ...fact, name: 'log_index', kind: 'int', from: 'u32', at: AT.logIndex },
  { ...fact, name: 'rider', kind: 'bytes20', from: 'settled', at: AT.rider },
  { ...fact, name: 'driver', kind: 'bytes20', from: 'settled', at: AT.driver },
  { ...fact, name: 'tariff', kind: 'double', from: 'u32', at: AT.tariff },
  ...FIGURES.map(figure => ({ ...fact, name: figure, kind: 'long', from: 'money', figure }) as const),
  { ...fact, name: 'record_root', kind: 'bytes32', from: 'settled', at: AT.record },
  { ...fact, name: 'record', kind: 'text', from: 'filing' },
  { ...record, name: 'factor_bp', kind: 'int', of: 'bp' },
  { ...record, name: 'quote_metres', kind: 'double', of: 'quoteMetres' },
  { ...record, name: 'quote_seconds', kind: 'double', of: 'quoteSecs' },
  { ...record, name: 'metres', kind: 'double', of: 'metres' },
  { ...record, name: 'seconds', kind: 'double', of: 'secs' },
  { ...record, name: 'wait_seconds', kind: 'double', of: 'waitSecs' },
  { ...cell, name: 'pickup_cell', of: 'pickupCell' },
  { ...cell, name: 'destination_cell', of: 'destCell' },
  { ...record, name: 'requested_at', kind: 'moment', of: 'requestedAtS' },
  { ...record, name: 'accepted_at', kind: 'moment', of: 'acceptedAtS' },
  { ...record, name: 'arrived_at', kind: 'moment', of: 'arrivedAtS' },
  { ...record, name: 'started_at', kind: 'moment', of: 'startedAtS' },
  { ...record, name: 'finished_at', kind: 'moment', of: 'finishedAtS' },
]

/** What is told of a record, by what is known of it. */
export const FILINGS: readonly string[] = Object.keys(FILED)
