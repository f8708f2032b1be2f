/**
 * Line and branch coverage of `contracts/src` by the tests: `node contracts/tools/coverage.ts`. Names every line and
 * branch that no test reaches and ends with a non-zero code unless there is none.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { forge } from './forge.ts'

/** How much of the sources the tests reach; `gaps` are `file:line` (a branch: `file:line branch n`). */
export interface Coverage {
  readonly lines: { readonly hit: number; readonly found: number }
  readonly branches: { readonly hit: number; readonly found: number }
  readonly gaps: readonly string[]
  /** What forge said, where a test failed. */
  readonly fault: string | null
}

/** Left out: gas and code size are the release code's, the vectors and walks only repeat what other tests reach. */
const LEFT_OUT = 'GasTest|VectorsTest|InvariantsTest'

/** Runs the tests over code compiled line by line (`plain.ts`; see `artifact` in test/Base.sol). */
export async function coverage(): Promise<Coverage> {
  const folder = mkdtempSync(join(tmpdir(), 'hexhail-coverage-'))
  const file = join(folder, 'lcov.info')
  Object.assign(process.env, { FOUNDRY_PROFILE: 'test', FOUNDRY_FUZZ_RUNS: '64', SOLC_PLAIN: '1' })
  try {
    const run = await forge([
      ...['coverage', '--no-match-contract', LEFT_OUT],
      ...['--report', 'lcov', '--report-file', file],
    ])
    if (run.code !== 0) return { ...readLcov(''), fault: run.output.split('\n').slice(-40).join('\n') }
    return { ...readLcov(readFileSync(file, 'utf8')), fault: null }
  } finally {
    delete process.env.SOLC_PLAIN
    delete process.env.FOUNDRY_FUZZ_RUNS
    rmSync(folder, { recursive: true })
  }
}

function readLcov(text: string): Omit<Coverage, 'fault'> {
  const [lines, branches] = [
    { hit: 0, found: 0 },
    { hit: 0, found: 0 },
  ]
  const gaps: string[] = []
  let file = ''
  for (const row of text.split('\n')) {
    const [kind, rest = ''] = row.split(/:(.*)/s)
    if (kind === 'SF') file = rest
    if (!file.startsWith('contracts/src/')) continue
    const fields = rest.split(',')
    if (kind === 'DA') count(lines, fields[1] !== '0', `${file}:${fields[0]}`)
    if (kind === 'BRDA')
      count(branches, /^[1-9]/.test(fields[3] ?? ''), `${file}:${fields[0]} branch ${fields[2]}`)
  }
  return { lines, branches, gaps }

  function count(into: { hit: number; found: number }, hit: boolean, gap: string): void {
    into.found += 1
    if (hit) into.hit += 1
    else gaps.push(gap)
  }
}

if (import.meta.main) {
  const { lines, branches, gaps, fault } = await coverage()
  console.log(fault ?? gaps.join('\n'))
  console.log(`lines ${lines.hit} of ${lines.found}, branches ${branches.hit} of ${branches.found}`)
  if (fault || gaps.length > 0 || lines.found === 0) process.exitCode = 1
}
