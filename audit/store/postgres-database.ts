import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import postgres, { type Sql } from 'postgres'
import { STORE_VERSION, type StoreOrigin } from './audit-store.ts'
import { FACT_COLUMN_NAMES, FACT_COLUMNS } from './fact-columns.ts'

const TYPES = { bytes: 'bytea', money: 'numeric(39)', number: 'bigint', flag: 'boolean' } as const

const SCHEMA = `
CREATE TABLE IF NOT EXISTS origin (version integer NOT NULL, "chainId" bigint NOT NULL, vault text NOT NULL);
CREATE TABLE IF NOT EXISTS blocks (number bigint PRIMARY KEY, hash bytea NOT NULL);
CREATE TABLE IF NOT EXISTS facts (
  fact text NOT NULL,
  ${FACT_COLUMN_NAMES.map(name => `"${name}" ${TYPES[FACT_COLUMNS[name]]}`).join(',\n  ')},
  PRIMARY KEY ("blockNumber", "logIndex")
);
CREATE INDEX IF NOT EXISTS "factsByTerms" ON facts (terms);
CREATE TABLE IF NOT EXISTS records (
  seq bigint PRIMARY KEY, terms bytea NOT NULL, "atMs" bigint NOT NULL, place bigint, sealed bytea NOT NULL
);
CREATE INDEX IF NOT EXISTS "recordsByTerms" ON records (terms, place);
CREATE INDEX IF NOT EXISTS "recordsByPlace" ON records (place);
CREATE TABLE IF NOT EXISTS "recordLog" (vkey text NOT NULL);
`

/** Any number: the lock that one writer of the facts holds. */
export const WRITER_LOCK = 0x4878_6861

/**
 * Connects to a PostgreSQL database (`postgres://user@host/database`), and makes the audit's tables when there are none.
 * @throws {HexhailError} 'store-origin' when it holds another deployment or version, 'store-file' when it does not answer
 */
export async function openPostgres(url: string, origin: StoreOrigin): Promise<Sql> {
  const sql = connect(url)
  try {
    await prepare(sql, origin)
    return sql
  } catch (error) {
    await sql.end()
    if (error instanceof HexhailError) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new HexhailError('store-file', `The database of --db does not answer: ${why}.`, {}, error)
  }
}

/** As libpq has it, `?host=` may name the folder of a socket. */
function connect(url: string): Sql {
  const address = URL.parse(url)
  const host = address?.searchParams.get('host')
  address?.searchParams.delete('host')
  const more = { max: 2, onnotice: () => {}, connect_timeout: 10 }
  return address && host ? postgres(address.href, { ...more, host }) : postgres(url, more)
}

async function prepare(sql: Sql, { chainId, vault }: StoreOrigin): Promise<void> {
  await sql.begin(async tx => {
    await tx`SELECT pg_advisory_xact_lock(${WRITER_LOCK})`
    await tx.unsafe(SCHEMA)
    const [known] = await tx`SELECT * FROM origin`
    if (!known) {
      await tx`INSERT INTO origin VALUES (${STORE_VERSION}, ${chainId}, ${vault.toLowerCase()})`
    } else if (
      known.version !== STORE_VERSION ||
      Number(known.chainId) !== chainId ||
      known.vault !== vault.toLowerCase()
    ) {
      throw new HexhailError(
        'store-origin',
        `The database holds version ${known.version}, chain ${known.chainId}, vault ${known.vault}: give another --db.`,
      )
    }
  })
}

/** A digest or address as a column takes it. */
export const bytesOf = (hex: Hex): Buffer => Buffer.from(hex.slice(2), 'hex')
/** A column's bytes as a digest or address. */
export const hexOf = (bytes: Uint8Array): Hex => `0x${Buffer.from(bytes).toString('hex')}`
