import { fromBase64 } from '@hexhail/audit/base64.ts'
import { type Desk, MOST_LISTED } from '@hexhail/audit/desk.ts'
import { recordEntry } from '@hexhail/audit/log/entry.ts'
import type { TransparencyLog } from '@hexhail/audit/log/transparency-log.ts'
import { fromHex } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'

/** Puts a record as it was filed (base64) into the log; gives the log's promise. */
export async function publishRecord(
  log: Pick<TransparencyLog, 'add'>,
  terms: Hex,
  sealed: string,
): Promise<string | null> {
  const bytes = fromBase64(sealed)
  const added = bytes && (await log.add(recordEntry(fromHex(terms, 32), bytes)))
  return added?.verdict === 'accept' ? added.value.promise : null
}

/** Puts all that lies at the desk into the log: after a crash, or where the desk is older than the log. */
export async function publishDesk(
  log: Pick<TransparencyLog, 'add'>,
  desk: Pick<Desk, 'list'>,
): Promise<void> {
  for (let after = 0; ; ) {
    const page = desk.list(after, MOST_LISTED)
    if (page.length === 0) return
    await Promise.all(page.map(({ terms, sealed }) => publishRecord(log, terms, sealed)))
    after = page.at(-1)!.seq
  }
}
