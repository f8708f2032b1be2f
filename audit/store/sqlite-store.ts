import type { SQLInputValue, StatementSync } from 'node:sqlite'
import { type ChainFact, EMPTY_BLOCKS } from '@hexhail/protocol/chain-fact.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { Settled } from '../settled.ts'
import { type AuditStore, blocksOf, type StoreOrigin } from './audit-store.ts'
import { type Cell, cellOf, FACT_COLUMN_NAMES, type FactColumn, factFrom } from './fact-columns.ts'
import { openSqlite } from './sqlite-database.ts'

const MOST_INTEGER = 2n ** 63n - 1n

type Row = Readonly<Record<string, Cell>>

/**
 * Opens the store in a SQLite file, or `:memory:`, and makes it when there is none.
 * @throws {HexhailError} 'store-origin' when the file holds another deployment or version, 'store-file' when it is none
 */
export function openSqliteStore(path: string, origin: StoreOrigin): AuditStore {
  const db = openSqlite(path, origin, 'NORMAL')
  const { whole } = db
  const sql = (text: string) => {
    const statement = db.sql(text)
    statement.setReadBigInts(true)
    return statement
  }
  const insertBlock = sql('INSERT INTO blocks VALUES (?, ?)')
  /** Facts of a kind have the same fields: only those are written. */
  const inserts = new Map<string, { readonly names: readonly FactColumn[]; readonly insert: StatementSync }>()
  const insertFact = (fact: ChainFact): void => {
    let kind = inserts.get(fact.fact)
    if (kind === undefined) {
      const names = FACT_COLUMN_NAMES.filter(name => name in fact)
      const insert = sql(
        `INSERT INTO facts (fact, ${names.join(', ')}) VALUES (?${', ?'.repeat(names.length)})`,
      )
      kind = { names, insert }
      inserts.set(fact.fact, kind)
    }
    kind.insert.run(fact.fact, ...kind.names.map(name => inputOf(fact, name)))
  }
  const newest = sql('SELECT max(number) AS number FROM blocks')
  const dropOld = sql(
    `DELETE FROM blocks WHERE number = (SELECT number FROM blocks ORDER BY number DESC LIMIT 1 OFFSET ${EMPTY_BLOCKS})
     AND NOT EXISTS (SELECT 1 FROM facts WHERE blockNumber = number)`,
  )

  return {
    count: async () => Number(sql('SELECT count(*) AS n FROM blocks').get()!.n),
    async at(place) {
      const row = sql('SELECT number, hash FROM blocks ORDER BY number LIMIT 1 OFFSET ?').get(place) as
        | Row
        | undefined
      return row && { number: Number(row.number), hash: hexOf(row.hash as Uint8Array) }
    },
    async add(facts, end) {
      whole(() => {
        const blocks = blocksOf(facts, end)
        const last = newest.get()!.number
        if (last !== null && Number(last) >= blocks[0]!.number)
          throw new HexhailError('store-busy', `${path} is written by another process: stop one of the two.`)
        for (const { number, hash } of blocks) insertBlock.run(number, bytesOf(hash))
        for (const fact of facts) insertFact(fact)
        dropOld.run()
      })
    },
    async cut(keep) {
      return whole(() => {
        const first = sql('SELECT number FROM blocks ORDER BY number LIMIT 1 OFFSET ?').get(keep)?.number
        if (first === undefined) return []
        const rows = sql(
          'SELECT * FROM facts WHERE blockNumber >= ? ORDER BY blockNumber DESC, logIndex DESC',
        ).all(first as bigint) as Row[]
        sql('DELETE FROM facts WHERE blockNumber >= ?').run(first as bigint)
        sql('DELETE FROM blocks WHERE number >= ?').run(first as bigint)
        return rows.map(factFrom)
      })
    },
    async *facts(kind) {
      const which = kind === undefined ? '' : 'WHERE fact = ? '
      const statement = sql(`SELECT * FROM facts ${which}ORDER BY blockNumber, logIndex`)
      for (const row of kind === undefined ? statement.iterate() : statement.iterate(kind))
        yield factFrom(row as Row)
    },
    async settled(terms) {
      const row = sql("SELECT * FROM facts WHERE terms = ? AND fact = 'settled'").get(bytesOf(terms))
      return row && (factFrom(row as Row) as Settled)
    },
    [Symbol.asyncDispose]: async () => db[Symbol.dispose](),
  }
}

function inputOf(fact: ChainFact, column: FactColumn): SQLInputValue {
  const cell = cellOf(fact, column)
  if (typeof cell === 'boolean') return cell ? 1 : 0
  return typeof cell === 'bigint' && cell > MOST_INTEGER ? cell.toString() : cell
}

const bytesOf = (hex: Hex): Uint8Array => Buffer.from(hex.slice(2), 'hex')
const hexOf = (bytes: Uint8Array): Hex => `0x${Buffer.from(bytes).toString('hex')}`
