/**
 * `npm run bench -- audit [--trips 1000000] [--seeds 5600] [--seed 7] [--keep FILE] [--exports-only]`: proof checks and
 * exports of a month. `--keep`: trips that were made with the same options stand in FILE and are taken again.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { deserialize, serialize } from 'node:v8'
import type { Finding } from '@hexhail/audit/checks/finding.ts'
import { runExports } from './audit/exports.ts'
import { runIndex } from './audit/indexing.ts'
import { makeShares } from './audit/make-shares.ts'
import type { Made } from './audit/make-trips.ts'
import { score } from './audit/score.ts'

interface Told {
  readonly trips: number
  readonly findings: readonly Finding[]
  readonly seconds: number
  readonly cpuS: number
  readonly peakMb: number
}

const { values } = parseArgs({
  options: {
    trips: { type: 'string', default: '1000000' },
    seeds: { type: 'string', default: '5600' },
    seed: { type: 'string', default: '7' },
    keep: { type: 'string' },
    'exports-only': { type: 'boolean', default: false },
  },
})
const CHILD = new URL('./audit/audit-child.ts', import.meta.url)
const dir = mkdtempSync(join(tmpdir(), 'hexhail-audit-bench-'))
const path = values.keep ?? join(dir, 'trips')
/** Processes that make trips. */
const SHARES = 5
const rounded = (value: number): number => Math.round(value * 100) / 100

try {
  const made = await trips()
  if (values['exports-only'])
    console.log(JSON.stringify({ trips: made.rows, ...(await runExports(path, dir)) }))
  else await checks(made)
} finally {
  rmSync(dir, { recursive: true })
}

async function trips(): Promise<Made> {
  const kept = `${path}.made`
  if (values.keep !== undefined && existsSync(kept)) return deserialize(readFileSync(kept)) as Made
  const began = performance.now()
  const [count, seeds, seed] = [values.trips, values.seeds, values.seed].map(Number) as [
    number,
    number,
    number,
  ]
  const made = await makeShares(path, count, seeds, seed, SHARES)
  console.log(`${made.rows} trips made in ${Math.round((performance.now() - began) / 1_000)} s`)
  if (values.keep !== undefined) writeFileSync(kept, serialize(made))
  return made
}

async function checks(made: Made): Promise<void> {
  const registers = join(dir, 'registers')
  writeFileSync(registers, serialize(made.registers))
  const run = async (mode: string): Promise<Told> => {
    const child = fork(CHILD, [path, registers, mode], { serialization: 'advanced' })
    const [told] = (await once(child, 'message')) as [Told]
    return told
  }

  const two = await run('2')
  const one = await run('1')
  const plain = await run('plain')
  const perTrip = (told: Told): number => (told.cpuS / told.trips) * 1e6
  for (const [name, told] of [
    ['2 workers', two],
    ['1 thread', one],
    ['plain way', plain],
  ] as const)
    console.log(
      `${name.padEnd(10)} ${told.trips} trips in ${rounded(told.seconds)} s (${rounded(told.cpuS)} s of processor, ` +
        `${rounded(perTrip(told))} µs a trip), ${Math.round(told.peakMb)} MB at most`,
    )

  const judged = score(two.findings, made.seeds)
  for (const [kind, { check, seeded, found }] of judged.kinds)
    console.log(`${check.padEnd(3)} ${kind.padEnd(44)} ${found} of ${seeded}`)
  for (const seed of judged.missed.slice(0, 10)) console.error('missed', seed)
  for (const { check, rows, answers } of judged.falseAlarms.slice(0, 10))
    console.error('false alarm', check, rows, answers)
  const isSame = JSON.stringify(two.findings, text) === JSON.stringify(one.findings, text)
  if (!isSame) console.error('one thread finds something else than two')
  if (!isSame || judged.missed.length > 0 || judged.falseAlarms.length > 0) process.exitCode = 1
  console.log(
    JSON.stringify({
      trips: made.rows,
      checkS: rounded(two.seconds),
      peakMb: Math.round(two.peakMb),
      seeded: judged.seeded,
      found: judged.found,
      falseAlarms: judged.falseAlarms.length,
      kinds: judged.kinds.size,
      oneThreadS: rounded(one.seconds),
      plainS: rounded((plain.seconds / plain.trips) * made.rows),
      ...(await runIndex(dir, Number(values.seed))),
      ...(await runExports(path, dir)),
      cpuUs: { two: rounded(perTrip(two)), one: rounded(perTrip(one)), plain: rounded(perTrip(plain)) },
    }),
  )
}

function text(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}
