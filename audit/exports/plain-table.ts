/** The settled trips as a table, one row each: what the chain says, and of opened records what they say. */
import { createSum, FIGURES } from './amount.ts'
import type { OutFiles } from './out-files.ts'
import { createParquetFile } from './parquet-file.ts'
import { PLAIN_COLUMNS } from './plain-columns.ts'
import type { PlainNotes } from './plain-csv-format.ts'
import type { ParquetNotes } from './plain-parquet-format.ts'
import { GROUP_ROWS } from './row-group.ts'
import type { Export } from './run-export.ts'
import type { Written } from './totals.ts'

/** `trips.csv`: money as decimals of the token, times ISO 8601 UTC. */
export function plainCsv(files: OutFiles): Export<PlainNotes> {
  const file = files.text('trips.csv')
  const adding = createWritten()
  file.write(`${PLAIN_COLUMNS.map(({ name }) => name).join(',')}\r\n`)
  return {
    format: { module: new URL('./plain-csv-format.ts', import.meta.url).href, options: null },
    appends: { files: [file], skip: 0 },
    take({ count, notes }) {
      adding.take(count, notes)
    },
    end: () => adding.written(),
  }
}

/** `trips.parquet`: money as whole minor units, a millionth of the token; hashes and accounts as bytes; times in UTC. */
export function plainParquet(files: OutFiles): Export<ParquetNotes> {
  const told = { money: 'millionths of the token' }
  const file = createParquetFile(files.bytes('trips.parquet'), PLAIN_COLUMNS, told)
  const adding = createWritten()
  return {
    format: { module: new URL('./plain-parquet-format.ts', import.meta.url).href, options: null },
    batchTrips: GROUP_ROWS,
    take({ count, parts: [bytes], notes: { group, sums } }) {
      file.write({ ...group, bytes: bytes! })
      adding.take(count, sums)
    },
    end() {
      file.end()
      return adding.written()
    },
  }
}

/** What was written of each figure, added up from the text or number that went into the file. */
function createWritten() {
  const sums = FIGURES.map(figure => [figure, createSum()] as const)
  let trips = 0
  return {
    take(count: number, more: readonly bigint[]): void {
      trips += count
      for (const [i, [, sum]] of sums.entries()) sum.add(more[i]!)
    },
    written: (): Written => ({
      trips,
      sums: Object.fromEntries(sums.map(([figure, sum]) => [figure, sum.total])),
    }),
  }
}
