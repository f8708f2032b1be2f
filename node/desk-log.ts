import { fromBase64 } from '@hexhail/audit/base64.ts'
import { type Desk, MOST_LISTED } from '@hexhail/audit/desk.ts'
import { recordEntry } from '@hexhail/audit/log/entry.ts'
import type { TransparencyLog } from '@hexhail/audit/log/transparency-log.ts'
import { fromHex } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'

/** The way from the desk into the log. */
export interface DeskLog {
  /** Puts a record as it was filed (base64) into the log; gives the log's promise. */
  publish(terms: Hex, sealed: string): Promise<string | null>
  /** Puts all that lies at the desk into the log: after a crash, or where the desk is older than the log. */
  publishAll(desk: Pick<Desk, 'list'>): Promise<void>
  /** Where the records stand whose trips begin with these three hex digits: who asks need not say for which. */
  places(prefix: string): readonly number[]
}

/** Joins a desk to a log. */
export function createDeskLog(log: Pick<TransparencyLog, 'add'>): DeskLog {
  const places = new Map<string, Set<number>>()
  const publish = async (terms: Hex, sealed: string): Promise<string | null> => {
    const bytes = fromBase64(sealed)
    const added = bytes && (await log.add(recordEntry(fromHex(terms, 32), bytes)))
    if (added?.verdict !== 'accept') return null
    const prefix = terms.slice(2, 5).toLowerCase()
    places.set(prefix, (places.get(prefix) ?? new Set()).add(added.value.index))
    return added.value.promise
  }
  return {
    publish,
    async publishAll(desk) {
      for (let after = 0; ; ) {
        const page = desk.list(after, MOST_LISTED)
        if (page.length === 0) return
        await Promise.all(page.map(({ terms, sealed }) => publish(terms, sealed)))
        after = page.at(-1)!.seq
      }
    },
    places: prefix => [...(places.get(prefix) ?? [])],
  }
}
