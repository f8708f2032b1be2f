import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CityRun } from '@hexhail/sim/city/run-scenario.ts'
import type { Scenario } from '@hexhail/sim/city/scenario.ts'
import { ROOT } from '../../runner/live.ts'

/** Where a run's code is, so far as figures hang on it. */
const FOLDERS = ['sim/city', 'matcher/assign', 'matcher/epoch', 'matcher/handover']
const FILES = ['sim/seeded.ts', 'protocol/commit.ts', 'protocol/driver-part.ts', 'protocol/rider-part.ts']

/** Runs that are finished, a line each in a file, so that a bench that was broken off goes on where it was. */
export interface KeptRuns {
  get(scenario: Scenario): CityRun | undefined
  put(scenario: Scenario, run: CityRun): void
}

/** Reads a file of runs; those of other code are not taken. Several processes may append to one file. */
export function openKeptRuns(file: string): KeptRuns {
  const code = createHash('sha256')
  const inside = FOLDERS.flatMap(folder => readdirSync(join(ROOT, folder)).map(name => join(folder, name)))
  for (const file of [...inside, ...FILES].sort()) code.update(readFileSync(join(ROOT, file)))
  const digest = code.digest('hex')
  const keyOf = (scenario: Scenario): string =>
    createHash('sha256').update(digest).update(JSON.stringify(scenario)).digest('hex')
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []
  const runs = new Map(lines.map(line => JSON.parse(line) as [string, CityRun]))
  return {
    get: scenario => runs.get(keyOf(scenario)),
    put: (scenario, run) => {
      runs.set(keyOf(scenario), run)
      appendFileSync(file, `${JSON.stringify([keyOf(scenario), run])}\n`)
    },
  }
}
