import type { Hex } from '@hexhail/protocol/terms.ts'
import type { Row, Sql, TransactionSql } from 'postgres'
import type { StoreOrigin } from './audit-store.ts'
import { bytesOf, hexOf, openPostgres } from './postgres-database.ts'
import { digestRange, type Lying, type RecordStore, type StoredRecord, takeFilings } from './record-store.ts'

/** Any number: the lock that one writer of the records holds. */
const WRITER_LOCK = 0x4878_7263

/** Opens the sealed records in a PostgreSQL database. @throws {HexhailError} as `openPostgres` does */
export async function openPostgresRecords(url: string, origin: StoreOrigin): Promise<RecordStore> {
  const sql = await openPostgres(url, origin)
  const range = (prefix: string) => digestRange(prefix).map(bytesOf) as [Buffer, Buffer]
  /** What lies for trips: one question for all of them. */
  const lyingFor = async (trips: readonly Hex[], on: Sql | TransactionSql = sql) => {
    const digests = [...new Set(trips)].map(bytesOf)
    const rows =
      digests.length === 0
        ? []
        : await on`SELECT seq, terms, sealed FROM records WHERE terms IN ${on(digests)} ORDER BY seq`
    const byTrip = new Map<Hex, Lying[]>()
    for (const { seq, terms, sealed } of rows) {
      const trip = hexOf(terms as Uint8Array)
      byTrip.set(trip, [...(byTrip.get(trip) ?? []), { seq: Number(seq), sealed: sealed as Uint8Array }])
    }
    return (terms: Hex): readonly Lying[] => byTrip.get(terms) ?? []
  }

  return {
    async add(filings) {
      return sql.begin(async tx => {
        await tx`SELECT pg_advisory_xact_lock(${WRITER_LOCK})`
        const [last] = await tx`SELECT max(seq) AS seq FROM records`
        const lying = await lyingFor(
          filings.map(({ terms }) => terms),
          tx,
        )
        const { taken, fresh } = takeFilings(filings, lying, Number(last!.seq ?? 0))
        const rows = fresh.map(({ seq, terms, atMs, sealed }) => ({
          ...{ seq, terms: bytesOf(terms), atMs, sealed },
        }))
        if (rows.length > 0) await tx`INSERT INTO records ${tx(rows)}`
        return taken
      })
    },
    list: async (number, limit) =>
      (await sql`SELECT * FROM records WHERE seq > ${number} ORDER BY seq LIMIT ${limit}`).map(recordFrom),
    async trips(prefix) {
      const [least, greatest] = range(prefix)
      const rows = await sql`SELECT DISTINCT terms FROM records WHERE terms BETWEEN ${least} AND ${greatest}`
      return rows.map(row => hexOf(row.terms as Uint8Array))
    },
    async filedFor(trips) {
      const lying = await lyingFor(trips)
      return trips.map(terms => lying(terms).map(({ sealed }) => sealed))
    },
    async size() {
      const [last] = await sql`SELECT max(seq) AS seq FROM records`
      return Number(last!.seq ?? 0)
    },
    async useLog(vkey, end) {
      await sql.begin(async tx => {
        await tx`SELECT pg_advisory_xact_lock(${WRITER_LOCK})`
        const [known] = await tx`SELECT vkey FROM "recordLog"`
        const [furthest] = await tx`SELECT max(place) AS place FROM records`
        if (known?.vkey === vkey && Number(furthest!.place ?? -1) < end) return
        await tx`UPDATE records SET place = NULL WHERE place IS NOT NULL`
        await tx`DELETE FROM "recordLog"`
        await tx`INSERT INTO "recordLog" VALUES (${vkey})`
      })
    },
    async place(given) {
      const rows = given.map(({ seq, place }) => [seq, place])
      if (rows.length > 0)
        await sql`
          UPDATE records SET place = given.place::bigint FROM (VALUES ${sql(rows)}) AS given (seq, place)
          WHERE records.seq = given.seq::bigint`
    },
    unplaced: async limit =>
      (await sql`SELECT * FROM records WHERE place IS NULL ORDER BY seq LIMIT ${limit}`).map(recordFrom),
    async places(prefix) {
      const [least, greatest] = range(prefix)
      const rows = await sql`
        SELECT place FROM records WHERE terms BETWEEN ${least} AND ${greatest} AND place IS NOT NULL ORDER BY place`
      return rows.map(({ place }) => Number(place))
    },
    [Symbol.asyncDispose]: () => sql.end(),
  }
}

const recordFrom = ({ seq, terms, atMs, sealed }: Row): StoredRecord => ({
  seq: Number(seq),
  terms: hexOf(terms as Uint8Array),
  atMs: Number(atMs),
  sealed: sealed as Uint8Array,
})
