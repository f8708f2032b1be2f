import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'

/** How a field of a fact lies in a column: bytes, money in minor units, a number, or yes or no. */
export type ColumnKind = 'bytes' | 'money' | 'number' | 'flag'

/** Columns of the table of facts, named as the fields of `ChainFact` are; where a fact has no such field it is null. */
export const FACT_COLUMNS = {
  blockNumber: 'number',
  logIndex: 'number',
  blockHash: 'bytes',
  txHash: 'bytes',
  timestampS: 'number',
  terms: 'bytes',
  rider: 'bytes',
  driver: 'bytes',
  tariff: 'number',
  lane: 'number',
  hold: 'money',
  fare: 'money',
  wait: 'money',
  toll: 'money',
  tip: 'money',
  levy: 'money',
  record: 'bytes',
  fee: 'money',
  amount: 'money',
  boarded: 'flag',
  admitted: 'money',
  disputed: 'money',
  toDriver: 'money',
  toRider: 'money',
  deadlineS: 'number',
} as const satisfies Readonly<Record<string, ColumnKind>>

/** Name of a column besides `fact`, which is text. */
export type FactColumn = keyof typeof FACT_COLUMNS

/** All columns but `fact`, in the order of the table. */
export const FACT_COLUMN_NAMES = Object.keys(FACT_COLUMNS) as readonly FactColumn[]

/** A value as a database driver takes and gives it. */
export type Cell = string | number | bigint | boolean | Uint8Array | null

/** A field as a database takes it. */
export function cellOf(fact: ChainFact, column: FactColumn): Cell {
  const value = (fact as unknown as Readonly<Record<string, Cell | undefined>>)[column]
  if (value === undefined || value === null) return null
  return FACT_COLUMNS[column] === 'bytes' ? Buffer.from((value as string).slice(2), 'hex') : value
}

/** The fact in a row, field by field as the follower told it. */
export function factFrom(row: Readonly<Record<string, Cell>>): ChainFact {
  const fact: Record<string, unknown> = { fact: row.fact }
  for (const column of FACT_COLUMN_NAMES) {
    const cell = row[column]
    if (cell === null || cell === undefined) continue
    fact[column] = fieldFrom(FACT_COLUMNS[column], cell)
  }
  return fact as unknown as ChainFact
}

function fieldFrom(kind: ColumnKind, cell: NonNullable<Cell>): bigint | number | boolean | Hex {
  switch (kind) {
    case 'bytes':
      return `0x${Buffer.from(cell as Uint8Array).toString('hex')}`
    case 'money':
      return BigInt(cell as bigint | string)
    case 'number':
      return Number(cell)
    case 'flag':
      return Boolean(cell)
  }
}
