import { recordBytesRoot } from '@hexhail/audit/checks/trip-case.ts'
import type { RecordOpener } from '@hexhail/audit/open-records.ts'
import type { Settled } from '@hexhail/audit/settled.ts'
import type { RecordStore } from '@hexhail/audit/store/record-store.ts'

/** The record that each settlement names, opened; null: it is not here, or no key opens it. */
export type RecordsOf = (facts: readonly Settled[]) => Promise<readonly (Uint8Array | null)[]>

/** Looks settlements' records up in a store and opens them. */
export function openedBy(records: Pick<RecordStore, 'filedFor'>, opener: RecordOpener): RecordsOf {
  return async facts => {
    const filed = await records.filedFor(facts.map(({ terms }) => terms))
    return facts.map(({ record }, i) => ownRecord(record, filed[i]!, opener))
  }
}

/** The first of sealed records that opens and is what was settled: anyone may file. */
export function ownRecord(
  root: string,
  sealed: readonly Uint8Array[],
  opener: RecordOpener,
): Uint8Array | null {
  for (const each of sealed) {
    const read = opener.open(each)
    if (read.verdict !== 'accept' || read.value.kind !== 'record') continue
    const bytes = read.value.filed.record
    if (recordBytesRoot(bytes) === root.toLowerCase()) return bytes
  }
  return null
}
