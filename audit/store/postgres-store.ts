import { EMPTY_BLOCKS } from '@hexhail/protocol/chain-fact.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Settled } from '../settled.ts'
import { type AuditStore, blocksOf, type StoreOrigin } from './audit-store.ts'
import { type Cell, cellOf, FACT_COLUMN_NAMES, factFrom } from './fact-columns.ts'
import { bytesOf, hexOf, openPostgres, WRITER_LOCK } from './postgres-database.ts'

/** Rows of one INSERT: Postgres takes 65,535 values at once. */
const ROWS = 2_000
/** Rows that a reader holds at a time. */
const PAGE = 5_000
type Row = Readonly<Record<string, Cell>>

/**
 * Opens the store in a PostgreSQL database (`postgres://user@host/database`), and makes its tables when there are none.
 * @throws {HexhailError} 'store-origin' when it holds another deployment or version, 'store-file' when it does not answer
 */
export async function openPostgresStore(url: string, origin: StoreOrigin): Promise<AuditStore> {
  const sql = await openPostgres(url, origin)
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

const inputOf = (cell: Cell): Exclude<Cell, bigint> => (typeof cell === 'bigint' ? cell.toString() : cell)
