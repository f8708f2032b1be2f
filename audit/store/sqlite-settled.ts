/** Settlements straight out of a SQLite file, as the bytes that exports and checks read, for threads of their own. */
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite'
import { SETTLED_AT, SETTLED_BYTES } from '../checks/settled-row.ts'

type Row = Readonly<Record<string, SQLOutputValue>>

/** Settlements of a time, unix seconds, from inclusive to exclusive. */
export interface SettledSpan {
  readonly fromS: number
  readonly toS: number
}

/** A file that is only read. */
export interface SettledFile extends Disposable {
  /** Settlements from a place of the chain on, in its order. The bytes are good until the next one. */
  settled(block: number, logIndex: number): Iterable<Uint8Array>
  /** What was filed for a trip, oldest first. */
  filed(terms: Uint8Array): readonly Uint8Array[]
}

const MONEY = ['fare', 'wait', 'toll', 'tip', 'levy'] as const
/** Fields of a settlement's row behind its figures (checks/settled-row.ts). */
const AT = { block: 196, logIndex: 204, blockHash: 208, tx: 240 }

/** Opens the file of an audit store (`sqlite-database.ts`), made and checked by another connection. */
export function openSettledFile(path: string, { fromS, toS }: SettledSpan): SettledFile {
  const db = new DatabaseSync(path, { readOnly: true })
  const facts = db.prepare(
    `SELECT * FROM facts WHERE (blockNumber, logIndex) >= (?, ?) AND fact = 'settled'
     AND timestampS >= ? AND timestampS < ? ORDER BY blockNumber, logIndex`,
  )
  facts.setReadBigInts(true)
  const records = db.prepare('SELECT sealed FROM records WHERE terms = ? ORDER BY seq')
  const bytes = new Uint8Array(SETTLED_BYTES)
  const view = new DataView(bytes.buffer)
  return {
    *settled(block, logIndex) {
      for (const row of facts.iterate(block, logIndex, fromS, toS)) {
        putSettled(row as Row, bytes, view)
        yield bytes
      }
    },
    filed: terms => records.all(terms).map(row => row.sealed as Uint8Array),
    [Symbol.dispose]: () => db.close(),
  }
}

function putSettled(row: Row, bytes: Uint8Array, view: DataView): void {
  bytes.set(row.terms as Uint8Array, SETTLED_AT.terms)
  bytes.set(row.record as Uint8Array, SETTLED_AT.record)
  bytes.set(row.rider as Uint8Array, SETTLED_AT.rider)
  bytes.set(row.driver as Uint8Array, SETTLED_AT.driver)
  view.setUint32(SETTLED_AT.tariff, Number(row.tariff), true)
  for (const figure of MONEY) {
    // Above SQLite's integers it is text.
    const amount = BigInt(row[figure] as bigint | string)
    view.setBigUint64(SETTLED_AT[figure], amount, true)
    view.setBigUint64(SETTLED_AT[figure] + 8, amount >> 64n, true)
  }
  view.setBigUint64(SETTLED_AT.timestampS, row.timestampS as bigint, true)
  view.setBigUint64(AT.block, row.blockNumber as bigint, true)
  view.setUint32(AT.logIndex, Number(row.logIndex), true)
  bytes.set(row.blockHash as Uint8Array, AT.blockHash)
  bytes.set(row.txHash as Uint8Array, AT.tx)
}
