import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { STORE_VERSION, type StoreOrigin } from './audit-store.ts'
import { FACT_COLUMN_NAMES, FACT_COLUMNS } from './fact-columns.ts'

/** A money amount above SQLite's integers is kept as text: BLOB affinity leaves both as they are. */
const AFFINITY = { bytes: 'BLOB', money: 'BLOB', number: 'INTEGER', flag: 'INTEGER' } as const

const SCHEMA = `
PRAGMA busy_timeout = 5000;
PRAGMA journal_mode = WAL;
PRAGMA secure_delete = ON;
CREATE TABLE IF NOT EXISTS origin (version INTEGER NOT NULL, chainId INTEGER NOT NULL, vault TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS blocks (number INTEGER PRIMARY KEY, hash BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS facts (
  fact TEXT NOT NULL,
  ${FACT_COLUMN_NAMES.map(name => `${name} ${AFFINITY[FACT_COLUMNS[name]]}`).join(',\n  ')},
  PRIMARY KEY (blockNumber, logIndex)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS factsByTerms ON facts (terms);
CREATE TABLE IF NOT EXISTS records (
  seq INTEGER PRIMARY KEY, terms BLOB NOT NULL, atMs INTEGER NOT NULL, place INTEGER, sealed BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS recordsByTerms ON records (terms, place);
CREATE INDEX IF NOT EXISTS recordsByPlace ON records (place);
CREATE TABLE IF NOT EXISTS recordLog (vkey TEXT NOT NULL);
`

/** A SQLite file with the audit's tables. */
export interface SqliteDatabase extends Disposable {
  readonly path: string
  /** A statement that gives integers as numbers. */
  sql(text: string): StatementSync
  /** All of `body` or nothing of it. */
  whole<T>(body: () => T): T
}

/**
 * Opens a file, or `:memory:`, and makes its tables when there are none. `FULL`: what is written outlives a power cut;
 * `NORMAL`: a process that is killed.
 * @throws {HexhailError} 'store-origin' when the file holds another deployment or version, 'store-file' when it is none
 */
export function openSqlite(
  path: string,
  { chainId, vault }: StoreOrigin,
  synchronous: 'NORMAL' | 'FULL',
): SqliteDatabase {
  let db: DatabaseSync
  try {
    db = new DatabaseSync(path)
    db.exec(`${SCHEMA}PRAGMA synchronous = ${synchronous};`)
  } catch (cause) {
    throw new HexhailError(
      'store-file',
      `${path} cannot be opened as an audit store: ${message(cause)}.`,
      { path },
      cause,
    )
  }
  const whole = <T>(body: () => T): T => {
    db.exec('BEGIN IMMEDIATE')
    try {
      const result = body()
      db.exec('COMMIT')
      return result
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK') // a full disk has ended it already
      throw error
    }
  }
  const readOrigin = () => db.prepare('SELECT * FROM origin').get()
  const known =
    readOrigin() ??
    whole(() => {
      const there = readOrigin()
      if (!there)
        db.prepare('INSERT INTO origin VALUES (?, ?, ?)').run(STORE_VERSION, chainId, vault.toLowerCase())
      return there
    })
  if (
    known &&
    (known.version !== STORE_VERSION || known.chainId !== chainId || known.vault !== vault.toLowerCase())
  ) {
    db.close()
    throw new HexhailError(
      'store-origin',
      `${path} holds version ${known.version}, chain ${known.chainId}, vault ${known.vault}: give another --db.`,
      { path },
    )
  }
  return { path, whole, sql: text => db.prepare(text), [Symbol.dispose]: () => db.close() }
}

const message = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))
