import type { SQLOutputValue } from 'node:sqlite'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { StoreOrigin } from './audit-store.ts'
import { digestRange, type Lying, type RecordStore, type StoredRecord, takeFilings } from './record-store.ts'
import { openSqlite } from './sqlite-database.ts'

type Row = Readonly<Record<string, SQLOutputValue>>

/** Opens the sealed records in a SQLite file, or `:memory:`. @throws {HexhailError} as `openSqlite` does */
export function openSqliteRecords(path: string, origin: StoreOrigin): RecordStore {
  const db = openSqlite(path, origin, 'FULL')
  const { sql, whole } = db
  const last = sql('SELECT max(seq) AS seq FROM records')
  const lying = sql('SELECT seq, sealed FROM records WHERE terms = ? ORDER BY seq')
  const insert = sql('INSERT INTO records (seq, terms, atMs, sealed) VALUES (?, ?, ?, ?)')
  const after = sql('SELECT * FROM records WHERE seq > ? ORDER BY seq LIMIT ?')
  const trips = sql('SELECT DISTINCT terms FROM records WHERE terms BETWEEN ? AND ?')
  const unplaced = sql('SELECT * FROM records WHERE place IS NULL ORDER BY seq LIMIT ?')
  const setPlace = sql('UPDATE records SET place = ? WHERE seq = ?')
  const places = sql('SELECT place FROM records WHERE terms BETWEEN ? AND ? AND place NOT NULL')
  const size = () => Number(last.get()!.seq ?? 0)
  const range = (prefix: string) => digestRange(prefix).map(bytesOf) as [Uint8Array, Uint8Array]

  return {
    async add(filings) {
      return whole(() => {
        const { taken, fresh } = takeFilings(
          filings,
          terms => lying.all(bytesOf(terms)) as unknown as Lying[],
          size(),
        )
        for (const { seq, terms, atMs, sealed } of fresh) insert.run(seq, bytesOf(terms), atMs, sealed)
        return taken
      })
    },
    list: async (number, limit) => after.all(number, limit).map(recordFrom),
    trips: async prefix => trips.all(...range(prefix)).map(row => hexOf(row.terms)),
    filedFor: async wanted =>
      wanted.map(terms => (lying.all(bytesOf(terms)) as unknown as Lying[]).map(({ sealed }) => sealed)),
    size: async () => size(),
    async useLog(vkey, end) {
      whole(() => {
        const known = sql('SELECT vkey FROM recordLog').get()?.vkey
        const furthest = sql('SELECT max(place) AS place FROM records').get()!.place
        if (known === vkey && Number(furthest ?? -1) < end) return
        sql('UPDATE records SET place = NULL WHERE place NOT NULL').run()
        sql('DELETE FROM recordLog').run()
        sql('INSERT INTO recordLog VALUES (?)').run(vkey)
      })
    },
    async place(given) {
      whole(() => {
        for (const { seq, place } of given) setPlace.run(place, seq)
      })
    },
    unplaced: async limit => unplaced.all(limit).map(recordFrom),
    places: async prefix =>
      places
        .all(...range(prefix))
        .map(row => Number(row.place))
        .sort((a, b) => a - b),
    [Symbol.asyncDispose]: async () => db[Symbol.dispose](),
  }
}

const recordFrom = ({ seq, terms, atMs, sealed }: Row): StoredRecord => ({
  seq: Number(seq),
  terms: hexOf(terms),
  atMs: Number(atMs),
  sealed: sealed as Uint8Array,
})

const bytesOf = (hex: Hex): Uint8Array => Buffer.from(hex.slice(2), 'hex')
const hexOf = (bytes: SQLOutputValue | undefined): Hex =>
  `0x${Buffer.from(bytes as Uint8Array).toString('hex')}`
