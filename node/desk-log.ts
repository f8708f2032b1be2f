import { inBatches } from '@hexhail/audit/in-batches.ts'
import { recordEntry } from '@hexhail/audit/log/entry.ts'
import type { TransparencyLog } from '@hexhail/audit/log/transparency-log.ts'
import type { LogPlace, RecordStore, StoredRecord } from '@hexhail/audit/store/record-store.ts'
import { fromHex } from '@hexhail/protocol/hex.ts'

/** The way from the desk into the log. */
export interface DeskLog {
  /** Puts a record that lies in the store into the log; gives the log's promise. */
  publish(record: StoredRecord): Promise<string | null>
  /** Puts all that has no place in the log yet into it: after a crash, or where the desk is older than the log. */
  publishAll(): Promise<void>
  /** Where the records stand whose trips begin with these three hex digits: who asks need not say for which. */
  places(prefix: string): Promise<readonly number[]>
}

/** Records that are put into the log together. */
const PAGE = 500

/** Joins a store of records to a log. What has a place is in the log; what has none may be, and is put there once more. */
export function createDeskLog(log: Pick<TransparencyLog, 'add'>, records: RecordStore): DeskLog {
  const keep = inBatches(async (places: readonly LogPlace[]) => {
    await records.place(places)
    return places
  })
  const publish = async ({ seq, terms, sealed }: StoredRecord): Promise<string | null> => {
    const added = await log.add(recordEntry(fromHex(terms, 32), sealed))
    if (added.verdict !== 'accept') return null
    await keep({ seq, place: added.value.index })
    return added.value.promise
  }
  return {
    publish,
    async publishAll() {
      for (;;) {
        const page = await records.unplaced(PAGE)
        const promises = await Promise.all(page.map(publish))
        if (promises.every(promise => promise === null)) return
      }
    },
    places: prefix => records.places(prefix),
  }
}
