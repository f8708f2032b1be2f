/** How many tests passed, failed and were skipped. */
export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** Nothing ran. */
export const NONE: Tally = { passed: 0, failed: 0, skipped: 0 }

/** Sum of tallies. */
export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }),
    NONE,
  )
}

/** A check that has no tests inside, only an exit code. */
export function checkTally(code: number): Tally {
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }
}

/** A runner that failed although no test of its own did (a file that does not load, a crash) counts one failure. */
export function withExitCode(tally: Tally, code: number): Tally {
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally
}

interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[]
}

/** Tally of vitest's JSON report; a file that failed before its first test counts one failure. */
export function vitestTally(json: string): Tally {
  const report = JSON.parse(json) as VitestReport
  const broken = report.testResults.filter(f => f.status === 'failed' && f.assertionResults.length === 0)
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

interface PlaywrightReport {
  readonly stats: Readonly<Record<'expected' | 'unexpected' | 'flaky' | 'skipped', number>>
  readonly errors?: readonly unknown[]
}

/** Tally of Playwright's JSON report: a flaky test is a failed one. */
export function playwrightTally(json: string): Tally {
  const { stats, errors = [] } = JSON.parse(json) as PlaywrightReport
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  }
}

const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g')

/** Tally of forge's printed summaries («12 tests passed, 0 failed, 1 skipped (13 total tests)»), or null without one. */
export function forgeTally(output: string): Tally | null {
  const lines = output
    .replace(ESCAPES, '')
    .matchAll(/(\d+) tests? passed, (\d+) failed, (\d+) skipped \(\d+ total tests?\)/g)
  const tallies = [...lines].map(([, passed, failed, skipped]) => ({
    passed: Number(passed),
    failed: Number(failed),
    skipped: Number(skipped),
  }))
  return tallies.length === 0 ? null : sum(tallies)
}
