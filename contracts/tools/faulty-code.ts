import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { forge, ROOT } from './forge.ts'
import type { Compiled } from './quick-compile.ts'

/** What the tests said of a variant of the contracts: the first test that failed, or null when all passed. */
export interface Verdict {
  readonly failing: string | null
  readonly ms: number
}

/** Where the variant lies for the tests to deploy (CONTRACT_CODE in test/Base.sol). */
const FOLDER = 'contracts/out/faulty'

/** Fewer runs than usual: a fault that only luck finds counts as not found. */
const RUNS = {
  FOUNDRY_PROFILE: 'test',
  FOUNDRY_FUZZ_RUNS: '48',
  FOUNDRY_INVARIANT_RUNS: '6',
  FOUNDRY_INVARIANT_DEPTH: '48',
  CONTRACT_CODE: FOLDER,
}

/** The quick tests first. Gas figures and code size are those of the release code. */
const ROUNDS = [
  [
    ...['--no-match-test', 'testFuzz|invariant|Wycheproof|RandomTrips'],
    ...['--no-match-contract', 'GasTest|VectorsTest'],
  ],
  ['--match-test', 'testFuzz', '--no-match-contract', 'GasTest|SignaturesTest'],
  ['--match-contract', 'SignaturesTest|InvariantsTest|VectorsTest|TariffsTest'],
]

/** Compiles the tests; a run of some of them would else compile the others each time. */
export async function prepare(): Promise<void> {
  Object.assign(process.env, RUNS)
  const run = await forge(['build'])
  if (run.code !== 0) throw new Error(run.output)
}

/** Puts code there as forge writes artifacts; `patch` changes the hex of each contract. */
export function writeCode(code: Compiled['code'], patch: (hex: string) => string = hex => hex): void {
  rmSync(join(ROOT, FOLDER), { recursive: true, force: true })
  for (const [name, { path, creation }] of code) {
    const file = join(ROOT, FOLDER, path.split('/').at(-1)!, `${name}.json`)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, JSON.stringify({ abi: [], bytecode: { object: `0x${patch(creation)}` } }))
  }
}

/** The first failing test, or that nothing can be set up; an invariant's calls stand between the mark and its name. */
const FAILING = /^\[FAIL[\s\S]*?\b((?:test|invariant)\w*_\w+|setUp)\(/m

/** Runs all tests against the code that was put there, until one fails. */
export async function judge(): Promise<Verdict> {
  const startMs = performance.now()
  Object.assign(process.env, RUNS)
  for (const round of ROUNDS) {
    const quiet = ['--gas-snapshot-emit', 'false', '--color', 'never']
    const run = await forge(['test', '--fail-fast', ...quiet, ...round])
    const failing = FAILING.exec(run.output)?.[1] ?? null
    if ((run.code === 0) !== (failing === null) || !/Suite result/.test(run.output))
      throw new Error(`The tests neither passed nor failed:\n${run.output.slice(-2_000)}`)
    if (failing) return { failing, ms: performance.now() - startMs }
  }
  return { failing: null, ms: performance.now() - startMs }
}
