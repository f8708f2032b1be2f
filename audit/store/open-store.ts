import type { AuditStore, StoreOrigin } from './audit-store.ts'

/** Opens the store that a `--db` names: a `postgres://` address or a SQLite file. The driver is loaded when it is needed. */
export async function openStore(db: string, origin: StoreOrigin): Promise<AuditStore> {
  if (/^postgres(ql)?:\/\//.test(db))
    return (await import('./postgres-store.ts')).openPostgresStore(db, origin)
  return (await import('./sqlite-store.ts')).openSqliteStore(db, origin)
}
