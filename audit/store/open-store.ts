import type { AuditStore, StoreOrigin } from './audit-store.ts'
import type { RecordStore } from './record-store.ts'

/** Whether a `--db` is an address of PostgreSQL, and no SQLite file. */
export const isPostgres = (db: string): boolean => /^postgres(ql)?:\/\//.test(db)

/** Opens the store that a `--db` names: a `postgres://` address or a SQLite file. The driver is loaded when it is needed. */
export async function openStore(db: string, origin: StoreOrigin): Promise<AuditStore> {
  if (isPostgres(db)) return (await import('./postgres-store.ts')).openPostgresStore(db, origin)
  return (await import('./sqlite-store.ts')).openSqliteStore(db, origin)
}

/** Opens the sealed records in the same place. */
export async function openRecordStore(db: string, origin: StoreOrigin): Promise<RecordStore> {
  if (isPostgres(db)) return (await import('./postgres-records.ts')).openPostgresRecords(db, origin)
  return (await import('./sqlite-records.ts')).openSqliteRecords(db, origin)
}
