import { fromBase64 } from '@hexhail/audit/base64.ts'
import { createDesk, type Desk } from '@hexhail/audit/desk.ts'
import type { TransparencyLog } from '@hexhail/audit/log/transparency-log.ts'
import { openSqliteRecords } from '@hexhail/audit/store/sqlite-records.ts'
import { createDeskLog } from '@hexhail/node/desk-log.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'

/** The deployment of these tests' stores. */
export const ORIGIN = { chainId: 1, vault: `0x${'aa'.repeat(20)}` } as const

/** Sealed records in memory. */
export const memoryRecords = () => openSqliteRecords(':memory:', ORIGIN)

/** A desk over records in memory. */
export const memoryDesk = (now: () => number = () => 0): Desk => createDesk({ records: memoryRecords(), now })

/** A desk joined to a log: files without looking at what is sealed, and publishes. */
export function loggedDesk(log: Pick<TransparencyLog, 'add'>) {
  const records = memoryRecords()
  const { publish, publishAll, places } = createDeskLog(log, records)
  return {
    records,
    publishAll,
    places,
    async publish(terms: Hex, base64: string): Promise<string | null> {
      const filing = { terms, sealed: fromBase64(base64)!, atMs: 0 }
      const [taken] = await records.add([filing])
      return publish({ ...filing, seq: taken!.seq })
    },
  }
}
