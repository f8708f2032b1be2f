/**
 * How the contracts are proven, in figures: `npm run contracts:report`. Measures coverage, the tests, their invariants
 * and the odd tokens anew and reads the long runs from the record (snapshots/proven.json), where each stands with the
 * sources that it was made for: a stale one is refused (null) and the report fails. `-- --full` makes all anew,
 * `-- --deep` also the campaigns of 1,000,000 calls and 1,000,000 trips. The last line is JSON.
 */
import { coverage } from './coverage.ts'
import { fuzzDeep, invariantsDeep } from './deep.ts'
import { type Mutation, mutate } from './mutate.ts'
import { type Planted, planted } from './planted.ts'
import { type Proof, prove, proveBroken } from './prove.ts'
import { record, recorded } from './recorded.ts'
import { runTests } from './suite.ts'

const full = process.argv.includes('--full')
if (full) {
  record('planted', await planted())
  record('mutation', await mutate())
  const proof = prove()
  const broken = proveBroken()
  record('proof', { ...proof, broken, holds: proof.open.length === 0 && proof.proved > 0 && broken > 0 })
  record('fuzz', await fuzzDeep())
}
if (process.argv.includes('--deep')) record('invariantsDeep', await invariantsDeep())

const notes: string[] = []
function kept<T>(part: string): T | null {
  const found = recorded<T>(part)
  if (typeof found === 'string') {
    notes.push(`REFUSED ${found}`)
    return null
  }
  if (found.note) notes.push(found.note)
  return found.result
}

const tests = await runTests()
if (tests.failed > 0) notes.push(`REFUSED the tests: ${tests.failed} failed`)
const cover = await coverage()
for (const gap of cover.gaps) notes.push(`not reached: ${gap}`)
if (cover.fault) notes.push(`REFUSED the coverage: ${cover.fault}`)
const bugs = kept<Planted>('planted')
const mutants = kept<Mutation>('mutation')
const proof = kept<Proof & { readonly holds: boolean }>('proof')
const fuzz = kept<{ readonly runs: number; readonly properties: number }>('fuzz')

for (const survivor of mutants?.survivors ?? [])
  notes.push(
    `survives: ${survivor.place} ${survivor.from} → ${survivor.to}: ${survivor.reason || 'no reason known'}`,
  )
console.log(notes.join('\n'))
const percent = ({ hit, found }: { hit: number; found: number }) =>
  found === 0 ? null : Math.floor((hit / found) * 10_000) / 100
const broken =
  notes.some(note => note.startsWith('REFUSED')) || cover.gaps.length > 0 || cover.lines.found === 0
if (broken) process.exitCode = 1
console.log(
  JSON.stringify({
    coverageLines: percent(cover.lines),
    coverageBranches: percent(cover.branches),
    invariants: tests.invariants,
    invariantCalls: tests.invariantCalls,
    fuzzRuns: fuzz?.runs ?? null,
    plantedBugs: bugs?.plantedBugs ?? null,
    plantedCaught: bugs?.plantedCaught ?? null,
    mutants: mutants?.mutants ?? null,
    mutantsKilled: mutants?.mutantsKilled ?? null,
    oddTokens: tests.oddTokens,
    proof: proof === null ? null : proof.holds,
  }),
)
