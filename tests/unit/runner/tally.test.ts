import { expect, test } from 'vitest'
import { forgeTally, playwrightTally, sum, vitestTally, withExitCode } from '../../runner/tally.ts'

const report = (testResults: object[]): string =>
  JSON.stringify({ numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults })

test('a vitest file that does not load counts as one failure', () => {
  const healthy = { status: 'failed', assertionResults: [{}] }
  const broken = { status: 'failed', assertionResults: [] }
  expect(vitestTally(report([healthy]))).toEqual({ passed: 5, failed: 1, skipped: 3 })
  expect(vitestTally(report([healthy, broken]))).toEqual({ passed: 5, failed: 2, skipped: 3 })
})

test('a flaky browser test is a failed one', () => {
  const stats = { expected: 7, unexpected: 1, flaky: 1, skipped: 2 }
  expect(playwrightTally(JSON.stringify({ stats }))).toEqual({ passed: 7, failed: 2, skipped: 2 })
})

test('summaries of several forge runs add up, coloured or not', () => {
  const esc = String.fromCharCode(27)
  const output = [
    'Suite result: ok. 3 passed; 0 failed; 0 skipped; finished in 1s',
    `Ran 2 test suites in 1s: ${esc}[32m12${esc}[0m tests passed, ${esc}[31m0${esc}[0m failed, ${esc}[33m0${esc}[0m skipped (12 total tests)`,
    'Ran 1 test suite in 1s: 1 tests passed, 2 failed, 1 skipped (4 total tests)',
  ].join('\n')
  expect(forgeTally(output)).toEqual({ passed: 13, failed: 2, skipped: 1 })
  expect(forgeTally('Error: solc exited')).toBeNull()
})

test('a runner that ends badly never counts as green', () => {
  const green = { passed: 3, failed: 0, skipped: 0 }
  expect(withExitCode(green, 1).failed).toBe(1)
  expect(withExitCode(green, 0).failed).toBe(0)
  expect(sum([green, withExitCode(green, 1)])).toEqual({ passed: 6, failed: 1, skipped: 0 })
})
