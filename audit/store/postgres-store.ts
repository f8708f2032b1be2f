import { EMPTY_BLOCKS } from '@hexhail/protocol/chain-fact.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import postgres, { type Sql } from 'postgres'
import type { Settled } from '../settled.ts'
import { type AuditStore, blocksOf, STORE_VERSION, type StoreOrigin } from './audit-store.ts'
import { type Cell, cellOf, FACT_COLUMN_NAMES, FACT_COLUMNS, factFrom } from './fact-columns.ts'

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
`

/** Rows of one INSERT: Postgres takes 65,535 values at once. */
const ROWS = 2_000
/** Rows that a reader holds at a time. */
const PAGE = 5_000
/** Any number: the lock that one writer of the tables holds. */
const WRITER_LOCK = 0x4878_6861

type Row = Readonly<Record<string, Cell>>

/**
 * Opens the store in a PostgreSQL database (`postgres://user@host/database`), and makes its tables when there are none.
 * @throws {HexhailError} 'store-origin' when it holds another deployment or version, 'store-file' when it does not answer
 */
export async function openPostgresStore(url: string, origin: StoreOrigin): Promise<AuditStore> {
  const sql = connect(url)
  try {
    await prepare(sql, origin)
  } catch (error) {
    await sql.end()
    if (error instanceof HexhailError) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new HexhailError('store-file', `The database of --db does not answer: ${why}.`, {}, error)
  }

  return {
    async count() {
      const [row] = await sql`SELECT count(*) AS n FROM blocks`
      return Number(row!.n)
    },
    async at(place) {
      const [row] = await sql`SELECT number, hash FROM blocks ORDER BY number LIMIT 1 OFFSET ${place}`
      return row && { number: Number(row.number), hash: hexOf(row.hash as Uint8Array) }
    },
    async add(facts, end) {
      const blocks = blocksOf(facts, end)
      await sql.begin(async tx => {
        await tx`SELECT pg_advisory_xact_lock(${WRITER_LOCK})`
        const [last] = await tx`SELECT max(number) AS number FROM blocks`
        if (last!.number !== null && Number(last!.number) >= blocks[0]!.number)
          throw new HexhailError(
            'store-busy',
            'The database is written by another process: stop one of the two.',
          )
        const rows = facts.map(fact => ({
          fact: fact.fact,
          ...Object.fromEntries(FACT_COLUMN_NAMES.map(name => [name, inputOf(cellOf(fact, name))])),
        }))
        for (let i = 0; i < blocks.length; i += ROWS)
          await tx`INSERT INTO blocks ${tx(
            blocks.slice(i, i + ROWS).map(({ number, hash }) => ({ number, hash: bytesOf(hash) })),
          )}`
        for (let i = 0; i < rows.length; i += ROWS) await tx`INSERT INTO facts ${tx(rows.slice(i, i + ROWS))}`
        await tx`
          DELETE FROM blocks WHERE number = (SELECT number FROM blocks ORDER BY number DESC LIMIT 1 OFFSET ${EMPTY_BLOCKS})
          AND NOT EXISTS (SELECT 1 FROM facts WHERE "blockNumber" = number)`
      })
    },
    async cut(keep) {
      return sql.begin(async tx => {
        await tx`SELECT pg_advisory_xact_lock(${WRITER_LOCK})`
        const [first] = await tx`SELECT number FROM blocks ORDER BY number LIMIT 1 OFFSET ${keep}`
        if (!first) return []
        const rows = await tx<Row[]>`
          DELETE FROM facts WHERE "blockNumber" >= ${first.number} RETURNING *`
        await tx`DELETE FROM blocks WHERE number >= ${first.number}`
        return rows.map(factFrom).sort((a, b) => b.blockNumber - a.blockNumber || b.logIndex - a.logIndex)
      })
    },
    async *facts(kind) {
      const which = kind === undefined ? sql`` : sql`WHERE fact = ${kind} `
      const pages = sql<Row[]>`SELECT * FROM facts ${which}ORDER BY "blockNumber", "logIndex"`.cursor(PAGE)
      for await (const page of pages) for (const row of page) yield factFrom(row)
    },
    async settled(terms) {
      const [row] = await sql<Row[]>`SELECT * FROM facts WHERE terms = ${bytesOf(terms)} AND fact = 'settled'`
      return row && (factFrom(row) as Settled)
    },
    [Symbol.asyncDispose]: () => sql.end(),
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

const inputOf = (cell: Cell): Exclude<Cell, bigint> => (typeof cell === 'bigint' ? cell.toString() : cell)
const bytesOf = (hex: Hex): Buffer => Buffer.from(hex.slice(2), 'hex')
const hexOf = (bytes: Uint8Array): Hex => `0x${Buffer.from(bytes).toString('hex')}`
