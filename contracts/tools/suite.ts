import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.ts'
import { CONTRACTS, forge } from './forge.ts'
import { layOutWycheproof } from './wycheproof.ts'

/** What a run of all tests showed. */
export interface SuiteFigures {
  readonly passed: number
  readonly failed: number
  /** Numbered leaves of the trees of the three campaigns, all looked at by them. */
  readonly invariants: number
  /** Calls of a campaign, after each of which its invariants are looked at; the fewest of them. */
  readonly invariantCalls: number
  /** Fuzzed properties, and the fewest runs that one of them had. */
  readonly properties: number
  readonly fuzzRuns: number
  /** Kinds of odd tokens that behave as listed. */
  readonly oddTokens: number
}

const CAMPAIGNS = ['Invariants.tree', 'VoucherInvariants.tree', 'SideInvariants.tree']

/** Reads forge's report of a run. */
export function figuresOf(output: string): SuiteFigures {
  const passes = [...output.matchAll(/^\[PASS\] (\w+)\(.*?\)(?: \((.*)\))?$/gm)]
  const runs = passes
    .filter(([, name]) => name!.startsWith('testFuzz'))
    .map(pass => numberOf('runs', pass[2]))
  const campaigns = passes.filter(([, name]) => name!.startsWith('invariant'))
  const tree = (name: string) => readFileSync(join(CONTRACTS, 'test', name), 'utf8')
  const numbered = CAMPAIGNS.map(tree).join('\n')
  const invariants = new Set([...numbered.matchAll(/── (I\d+) /g)].map(([, id]) => id))
  const passed = new Set(passes.map(([, name]) => name))
  const odd = [...tree('OddTokens.tree').matchAll(/→ (\w+)$/gm)].filter(([, name]) => passed.has(name))
  return {
    passed: passes.length,
    failed: Number(/(\d+) failed, \d+ skipped \(\d+ total tests\)/.exec(output)?.[1] ?? 1),
    invariants: campaigns.length === CAMPAIGNS.length ? invariants.size : 0,
    invariantCalls: campaigns.length > 0 ? Math.min(...campaigns.map(pass => numberOf('calls', pass[2]))) : 0,
    properties: runs.length,
    fuzzRuns: runs.length > 0 ? Math.min(...runs) : 0,
    oddTokens: odd.length,
  }
}

function numberOf(what: string, figures = ''): number {
  return Number(new RegExp(`${what}: (\\d+)`).exec(figures)?.[1] ?? 0)
}

/** Runs all tests; `env` for other numbers of runs. */
export async function runTests(env: Readonly<Record<string, string>> = {}, only: readonly string[] = []) {
  const built = await build(true)
  if (!built.ok) throw new Error(built.output)
  layOutWycheproof()
  const before = { ...process.env }
  Object.assign(process.env, { FOUNDRY_PROFILE: 'test' }, env)
  const run = await forge(['test', '--gas-snapshot-emit', 'false', '--color', 'never', ...only])
  for (const key of ['FOUNDRY_PROFILE', ...Object.keys(env)])
    if (before[key] === undefined) delete process.env[key]
    else process.env[key] = before[key]
  if (run.code !== 0) console.log(run.output)
  return figuresOf(run.output)
}
