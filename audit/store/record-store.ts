import type { Hex } from '@hexhail/protocol/terms.ts'

/** A sealed record that somebody files. */
export interface Filing {
  readonly terms: Hex
  readonly sealed: Uint8Array
  readonly atMs: number
}

/** A sealed record that lies in the store: 1, 2, 3 … in the order of arrival, without a gap. */
export interface StoredRecord extends Filing {
  readonly seq: number
}

/** A record's number, and whether it came now; null: there are `MOST_PER_TRIP` others for its trip. */
export type Taken = { readonly seq: number; readonly isNew: boolean } | null

/** Where a record stands in the public log. */
export interface LogPlace {
  readonly seq: number
  readonly place: number
}

/** Sealed trip records on disk, as many as it holds; every question is answered by an index. */
export interface RecordStore extends AsyncDisposable {
  /** Takes filings in, all or none, and resolves once they outlive a crash. What lies here already keeps its number. */
  add(filings: readonly Filing[]): Promise<readonly Taken[]>
  /** Records after a number, oldest first. */
  list(after: number, limit: number): Promise<readonly StoredRecord[]>
  /** Trips that something is filed for, whose digest begins with these hex digits. */
  trips(prefix: string): Promise<readonly Hex[]>
  /** What is filed for each of these trips, oldest first. */
  filedFor(trips: readonly Hex[]): Promise<readonly (readonly Uint8Array[])[]>
  size(): Promise<number>
  /** Says which log the places are of; those in another, or beyond the end of this one, are forgotten. */
  useLog(vkey: string, size: number): Promise<void>
  place(places: readonly LogPlace[]): Promise<void>
  /** Records without a place in the log, oldest first. */
  unplaced(limit: number): Promise<readonly StoredRecord[]>
  /** Places of the records whose trips begin with these hex digits, ascending. */
  places(prefix: string): Promise<readonly number[]>
}

/** Different records for one trip, at most: anyone may file, so a stranger's junk must not shut out the true one. */
const MOST_PER_TRIP = 8

/** Records of a trip as they are compared with a filing. */
export interface Lying {
  readonly seq: number
  readonly sealed: Uint8Array
}

/** What becomes of filings, given what lies there for their trips and the last number that was given. */
export function takeFilings(
  filings: readonly Filing[],
  lyingFor: (terms: Hex) => readonly Lying[],
  last: number,
): { readonly taken: readonly Taken[]; readonly fresh: readonly StoredRecord[] } {
  const byTrip = new Map<Hex, Lying[]>()
  const fresh: StoredRecord[] = []
  const taken = filings.map((filing): Taken => {
    const lying = byTrip.get(filing.terms) ?? [...lyingFor(filing.terms)]
    byTrip.set(filing.terms, lying)
    const same = lying.find(({ sealed }) => Buffer.compare(sealed, filing.sealed) === 0)
    if (same) return { seq: same.seq, isNew: false }
    if (lying.length >= MOST_PER_TRIP) return null
    const record = { seq: last + fresh.length + 1, ...filing }
    fresh.push(record)
    lying.push(record)
    return { seq: record.seq, isNew: true }
  })
  return { taken, fresh }
}

/** Least and greatest digest that begin with these hex digits. */
export const digestRange = (prefix: string): readonly [least: Hex, greatest: Hex] => [
  `0x${prefix.padEnd(64, '0')}`,
  `0x${prefix.padEnd(64, 'f')}`,
]
