import { createHash } from 'node:crypto'
import type { AuditStore } from './audit-store.ts'
import { FACT_COLUMN_NAMES } from './fact-columns.ts'
import type { RecordStore } from './record-store.ts'

/** sha256 over all facts in the order of the chain, hex: two stores that say the same have the same. */
export async function tableHash(store: AuditStore): Promise<string> {
  const hash = createHash('sha256')
  for await (const fact of store.facts()) {
    const fields = fact as unknown as Readonly<Record<string, unknown>>
    hash.update(`${fact.fact}|${FACT_COLUMN_NAMES.map(name => String(fields[name] ?? '')).join('|')}\n`)
  }
  return hash.digest('hex')
}

/** Rows in one question. */
const PAGE = 500

/** The same over all sealed records in the order they were filed. */
export async function recordsHash(records: RecordStore): Promise<string> {
  const hash = createHash('sha256')
  for (let after = 0; ; ) {
    const page = await records.list(after, PAGE)
    if (page.length === 0) return hash.digest('hex')
    for (const { seq, terms, atMs, sealed } of page)
      hash.update(`${seq}|${terms}|${atMs}|${sealed.length}|`).update(sealed)
    after = page.at(-1)!.seq
  }
}
