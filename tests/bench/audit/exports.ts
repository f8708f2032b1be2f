import { fork } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'

interface Told {
  readonly trips: number
  readonly seconds: number
  readonly cpuS: number
  readonly peakMb: number
  readonly invalid: number | null
}

const CHILD = new URL('./export-child.ts', import.meta.url)
const KINDS = ['mds', 'hvfhv', 'tnp', 'csv', 'parquet'] as const
const rounded = (value: number): number => Math.round(value * 100) / 100

/** Every export of a file of trips, each in a process of its own that ends with a fault where a total is not the chain's. */
export async function runExports(path: string, dir: string) {
  const told = new Map<string, Told>()
  for (const kind of KINDS) {
    const out = join(dir, kind)
    const child = fork(CHILD, [path, kind, out], { serialization: 'advanced' })
    const answer = await Promise.race([
      once(child, 'message').then(([message]) => message as Told),
      once(child, 'exit').then(() => null),
    ])
    rmSync(out, { recursive: true, force: true })
    if (answer === null) {
      process.exitCode = 1
      continue
    }
    told.set(kind, answer)
    console.log(
      `${kind.padEnd(8)} ${answer.trips} trips in ${rounded(answer.seconds)} s (${rounded(answer.cpuS)} s of processor), ` +
        `${Math.round(answer.peakMb)} MB at most`,
    )
  }
  const wall = (kind: string) => rounded(told.get(kind)?.seconds ?? Number.NaN)
  const invalid = told.get('mds')?.invalid ?? null
  if (invalid !== null && invalid > 0) process.exitCode = 1
  return {
    ...{
      mdsS: wall('mds'),
      hvfhvS: wall('hvfhv'),
      tnpS: wall('tnp'),
      csvS: wall('csv'),
      parquetS: wall('parquet'),
    },
    exportCpuS: Object.fromEntries([...told].map(([kind, each]) => [kind, rounded(each.cpuS)])),
    exportMb: Math.round(Math.max(...[...told.values()].map(({ peakMb }) => peakMb))),
    /** Null: the schemas are not here. */
    mdsInvalid: invalid,
    totalsMatch: told.size === KINDS.length,
  }
}
