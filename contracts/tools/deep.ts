/**
 * The runs that are too long for `npm test`: `node contracts/tools/deep.ts fuzz | invariants`. Each property 10,000
 * times; the campaign of the invariants with 1,000,000 calls. Results go to the record.
 */
import { record } from './recorded.ts'
import { runTests } from './suite.ts'

const RUNS = 10_000
const DEPTH = 64

/** Each fuzzed property 10,000 times, but those by P-256 cheatcodes, which name their own number. */
export async function fuzzDeep() {
  const only = ['--match-test', 'testFuzz']
  const { properties, fuzzRuns, failed } = await runTests({ FOUNDRY_FUZZ_RUNS: String(RUNS) }, only)
  if (failed > 0) throw new Error(`${failed} properties fail.`)
  return { properties, runs: RUNS, fewest: fuzzRuns }
}

/** A campaign of a million calls. */
export async function invariantsDeep() {
  const env = { FOUNDRY_INVARIANT_RUNS: String(1_000_000 / DEPTH), FOUNDRY_INVARIANT_DEPTH: String(DEPTH) }
  const { invariants, invariantCalls, failed } = await runTests(env, ['--match-contract', 'InvariantsTest'])
  if (failed > 0) throw new Error('An invariant does not hold.')
  return { invariants, invariantCalls }
}

if (import.meta.main) {
  const [what] = process.argv.slice(2)
  if (what === 'fuzz') record('fuzz', await fuzzDeep())
  else if (what === 'invariants') record('invariantsDeep', await invariantsDeep())
  else throw new Error('Say fuzz or invariants.')
}
