import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { City } from './city-times.ts'
import { gridCity } from './grid-city.ts'
import { plotPage } from './plot-page.ts'
import { readCity } from './read-city.ts'
import { runScenario } from './run-scenario.ts'
import { type NamedRun, tableHead, tableRow } from './run-table.ts'
import { type ProtocolName, parseScenario, type Scenario } from './scenario.ts'

const ALL: readonly ProtocolName[] = ['central', 'nearest', 'epoch', 'handover']

/**
 * `npm run sim -- scenario.json… [--all] [--out DIR]`: runs scenarios, each by its own protocol or by all four, prints the
 * table and writes figures as JSON and a page with a plot. The exit code: 1, with one line why, on what is no scenario.
 */
export function cityCommand(args: readonly string[]): number {
  try {
    runFiles(args)
    return 0
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 1
  }
}

function runFiles(args: readonly string[]): void {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { all: { type: 'boolean', default: false }, out: { type: 'string', default: '.hexhail/sim' } },
  })
  mkdirSync(values.out, { recursive: true })
  for (const file of positionals) {
    const scenario = parseScenario(JSON.parse(readFileSync(file, 'utf8')))
    const city = cityOf(scenario, file)
    console.log(`${file}\n${tableHead()}`)
    const runs = (values.all ? ALL : [scenario.protocol.name]).map((name): NamedRun => {
      const run = runScenario({ ...scenario, protocol: { ...scenario.protocol, name } }, city)
      console.log(`${tableRow({ name, run })}  ${run.hash}`)
      return { name, run }
    })
    const stem = join(values.out, basename(file, '.json'))
    writeFileSync(`${stem}.json`, `${JSON.stringify({ scenario, runs }, null, 1)}\n`)
    writeFileSync(`${stem}.html`, plotPage(basename(file, '.json'), runs))
    console.log(`Written: ${stem}.json and ${stem}.html.`)
  }
}

/** A grid, or a folder beside the scenario. */
const cityOf = ({ seed, city: { graph, size = 24 } }: Scenario, file: string): City =>
  graph === 'grid' ? gridCity(size, seed) : readCity(resolve(dirname(file), graph))
