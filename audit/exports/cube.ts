/** Open figures as files: what is published of a month or week, once. */

import type { CubeTrip } from '../cubes/cube-trip.ts'
import type { CubeShape } from '../cubes/cubes.ts'
import { EPSILON } from '../cubes/epsilon-ledger.ts'
import { type Cube, makeCube } from '../cubes/make-cube.ts'
import type { Uniform } from '../cubes/noise.ts'
import { createSum } from './amount.ts'
import type { CubeNotes } from './cube-format.ts'
import type { OutFiles } from './out-files.ts'
import { createParquetFile } from './parquet-file.ts'
import { encodeRowGroup, type ParquetColumn } from './row-group.ts'
import type { Export } from './run-export.ts'
import { addTotals, createTotals } from './totals.ts'

/** A release that is to be made. */
export interface CubeOptions {
  readonly shape: CubeShape
  /** `2026-11` or `2026-W48`. */
  readonly period: string
  /** Cryptographic; seeded in tests. */
  readonly uniform: Uniform
  /** The text that is published, before it has its name. */
  readonly onText: (csv: string) => void
}

/** Names of a release's files. */
export const cubeFiles = (name: string, period: string) => ({
  csv: `${name}-${period}.csv`,
  parquet: `${name}-${period}.parquet`,
})

/** `NAME-PERIOD.csv` and `.parquet`: groups of ten riders at least, with noise; nothing of a single trip. */
export const cube =
  ({ shape, period, uniform, onText }: CubeOptions) =>
  (files: OutFiles): Export<CubeNotes> => {
    const trips: CubeTrip[] = []
    let never = createTotals().totals
    return {
      format: { module: new URL('./cube-format.ts', import.meta.url).href, options: null },
      take({ notes }) {
        for (const trip of notes.trips) trips.push(trip)
        never = addTotals(never, notes.never)
      },
      end() {
        const made = makeCube({ shape, period, trips, epsilon: EPSILON, uniform })
        const names = cubeFiles(shape.name, period)
        const text = csvOf(made)
        files.text(names.csv).write(text)
        writeParquet(files, names.parquet, made)
        onText(text)
        const whole = createSum()
        whole.add(made.paid)
        return {
          trips: made.trips,
          sums: { 'fare+wait+toll': whole.total },
          absent: ['tip', 'levy'],
          left: { 'no record, or never begun': never },
        }
      },
    }
  }

/** Columns of the key, then of the figures. */
const figuresOf = ({ rows }: Cube): readonly string[] =>
  rows.some(row => row.paid !== undefined) ? ['level', 'trips', 'paid', 'wait_s'] : ['level', 'trips']

function csvOf(made: Cube): string {
  const hasSums = figuresOf(made).length > 2
  const lines = made.rows.map(({ key, level, trips, paid, waitS }) =>
    [...key, level, trips, ...(hasSums ? [paid, waitS] : [])].join(','),
  )
  return `${[[...made.columns, ...figuresOf(made)].join(','), ...lines].join('\r\n')}\r\n`
}

function writeParquet(files: OutFiles, name: string, made: Cube): void {
  const { columns, rows, period, k, epsilon, bound } = made
  const hasSums = figuresOf(made).length > 2
  const column = (title: string, kind: 'text' | 'int' | 'long'): ParquetColumn => ({
    name: title,
    kind,
    isEmptyable: false,
  })
  const table = [
    ...columns.map(title => column(title, 'text')),
    column('level', 'int'),
    column('trips', 'int'),
    ...(hasSums ? [column('paid', 'long'), column('wait_s', 'long')] : []),
  ]
  const values = [
    ...columns.map((_, i) => rows.map(({ key }) => key[i] ?? '')),
    rows.map(({ level }) => level),
    rows.map(({ trips }) => trips),
    ...(hasSums ? [rows.map(({ paid = 0n }) => paid), rows.map(({ waitS = 0 }) => BigInt(waitS))] : []),
  ]
  const told = {
    period,
    k: String(k),
    epsilon: String(epsilon),
    'trips of a rider that count': String(bound),
  }
  const file = createParquetFile(files.bytes(name), table, told)
  if (rows.length > 0) file.write(encodeRowGroup(table, values, rows.length))
  file.end()
}
