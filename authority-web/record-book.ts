import type { DeskClient, SealedRecord } from '@hexhail/audit/desk-client.ts'
import { type AuditKeys, auditKeys, openRecord } from '@hexhail/audit/sealed-record.ts'
import type { Filing, Settled } from '@hexhail/audit/settled.ts'
import { recordRoot } from '@hexhail/protocol/record.ts'
import type { TripRecord } from '@hexhail/protocol/record-table.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'

/** The filed records, opened as far as the key reaches. */
export interface RecordBook {
  /** Fetches what is new at the desk and opens it; resolves with whether anything changed. Rejects when the desk is away. */
  refresh(): Promise<boolean>
  /** Uses keys from now on, and opens again what is here. */
  useKeys(pairs: readonly CryptoKeyPair[]): Promise<void>
  /** What is filed for a trip, as it was filed. */
  sealedOf(terms: Hex): readonly Uint8Array[]
  /** What is filed for a settlement. */
  look(fact: Settled): { readonly filing: Filing; readonly record: TripRecord | null }
}

interface Filed {
  readonly sealed: SealedRecord
  opened: { readonly record: TripRecord; readonly root: Hex } | null
}

/** A book over a desk. */
export function createRecordBook(desk: Pick<DeskClient, 'list'>): RecordBook {
  const filed = new Map<Hex, Filed[]>()
  let keys: AuditKeys = new Map()
  let last = 0
  let isRead = false

  const open = async (each: Filed): Promise<void> => {
    const used = keys
    const { terms, sealed } = each.sealed
    const opened = used.size > 0 ? await openRecord(used, terms, sealed) : null
    if (used !== keys) return // another key came meanwhile, and opens it itself
    each.opened =
      opened?.verdict === 'accept' ? { record: opened.value, root: recordRoot(opened.value) } : null
  }

  const filingOf = (here: readonly Filed[]): Filing => {
    if (here.length === 0) return isRead ? 'missing' : 'unasked'
    if (keys.size === 0) return 'sealed'
    return here.some(each => each.opened) ? 'other' : 'unreadable'
  }

  return {
    async refresh() {
      let changed = false
      for (;;) {
        const page = await desk.list(last)
        if (page.length === 0) {
          changed ||= !isRead
          isRead = true
          return changed
        }
        for (const sealed of page) {
          const each: Filed = { sealed, opened: null }
          filed.set(sealed.terms, [...(filed.get(sealed.terms) ?? []), each])
          await open(each)
        }
        last = Math.max(last, ...page.map(each => each.seq))
        changed = true
      }
    },
    async useKeys(pairs) {
      keys = await auditKeys(pairs)
      for (const each of [...filed.values()].flat()) await open(each)
    },
    sealedOf: terms => (filed.get(terms) ?? []).map(each => each.sealed.sealed),
    look(fact) {
      const here = filed.get(fact.terms) ?? []
      const signed = here.find(each => each.opened?.root === fact.record)?.opened
      if (signed) return { filing: 'opened', record: signed.record }
      return { filing: filingOf(here), record: null }
    },
  }
}
