/**
 * Tests of the contracts: `node contracts/tools/test.ts [forge test arguments]`. Compiles, checks that the generated
 * ABI is fresh, runs forge's tests and compares the gas snapshots; `--update` writes ABI and snapshots instead.
 * Ends with `N passed, N failed` and a non-zero code on any failure.
 */
import { performance } from 'node:perf_hooks'
import { build } from './build.ts'
import { forge } from './forge.ts'
import { layOutWycheproof } from './wycheproof.ts'

const given = process.argv.slice(2)
const update = given.includes('--update')
const rest = given.filter(arg => arg !== '--update')

const startedMs = performance.now()
const built = await build(!update)
if (!built.ok) {
  console.log(built.output)
  console.log('0 passed, 1 failed')
  process.exit(1)
}
if (layOutWycheproof() === 0) console.log('Wycheproof: skipped, no ../shared/data/vectors.')
process.env.FOUNDRY_PROFILE = 'test'
// The tests' own code need not be quick: without the optimizer it compiles in three quarters of the time and runs as fast.
process.env.SOLC_PLAIN = '1'
const run = await forge(['test', '--gas-snapshot-check', String(!update), ...rest])
const lines = run.output.split('\n')
const passed = count(/^\[PASS\]/)
const failed = count(
  /^\[FAIL/,
  lines.slice(
    0,
    lines.findIndex(line => line.startsWith('Failing tests:')),
  ),
)
const shown = run.code === 0 ? lines.filter(line => /^Ran \d+ test|^Suite result/.test(line)) : lines
console.log(shown.filter(line => !line.startsWith('[PASS]')).join('\n'))
// A failure that is no test's (a compile error, a changed gas figure) counts as one.
const others = run.code !== 0 && failed === 0 ? 1 : 0
const tookS = Math.round((performance.now() - startedMs) / 1000)
console.log(`contracts: ${passed} passed, ${failed + others} failed (${tookS} s)`)
process.exitCode = run.code === 0 ? 0 : 1

function count(pattern: RegExp, among: readonly string[] = lines): number {
  return among.filter(line => pattern.test(line)).length
}
