import { createHash } from 'node:crypto'
import type { AuditStore } from './audit-store.ts'
import { FACT_COLUMN_NAMES } from './fact-columns.ts'

/** sha256 over all facts in the order of the chain, hex: two stores that say the same have the same. */
export async function tableHash(store: AuditStore): Promise<string> {
  const hash = createHash('sha256')
  for await (const fact of store.facts()) {
    const fields = fact as unknown as Readonly<Record<string, unknown>>
    hash.update(`${fact.fact}|${FACT_COLUMN_NAMES.map(name => String(fields[name] ?? '')).join('|')}\n`)
  }
  return hash.digest('hex')
}
