import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureChromium } from '../browser.ts'
import { ROOT, runNode } from './live.ts'
import {
  checkTally,
  forgeTally,
  NONE,
  playwrightTally,
  type Tally,
  vitestTally,
  withExitCode,
} from './tally.ts'

/** One step of `npm test`: what it is called, the part it belongs to, and how to run it. */
export interface Step {
  readonly part: Part
  readonly name: string
  readonly run: () => Promise<Tally>
  /** Runs only when its part is asked for. */
  readonly onDemand?: boolean
}

/** The parts that `npm test -- <part>` knows, in their order. */
export const PARTS = ['lint', 'unit', 'contracts', 'e2e', 'gallery'] as const

/** A part of the tests. */
export type Part = (typeof PARTS)[number]

const bin = (path: string): string => join(ROOT, 'node_modules', path)

async function check(args: readonly string[]): Promise<Tally> {
  return checkTally((await runNode(args)).code)
}

async function withReport(
  read: (json: string) => Tally,
  run: (file: string) => Promise<number>,
): Promise<Tally> {
  const dir = mkdtempSync(join(tmpdir(), 'hexhail-tests-'))
  const file = join(dir, 'report.json')
  try {
    const code = await run(file)
    return withExitCode(existsSync(file) ? read(readFileSync(file, 'utf8')) : NONE, code)
  } finally {
    rmSync(dir, { recursive: true })
  }
}

function vitest(project: string, env: Readonly<Record<string, string>> = {}): Promise<Tally> {
  return withReport(vitestTally, async file => {
    const report = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    return (await runNode([bin('vitest/vitest.mjs'), 'run', '--project', project, ...report], env)).code
  })
}

function playwright(
  config: string,
  projects: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Tally> {
  return withReport(playwrightTally, async file => {
    const chosen = projects.flatMap(project => ['--project', project])
    const args = [
      bin('@playwright/test/cli.js'),
      'test',
      '--config',
      config,
      '--reporter=list,json',
      ...chosen,
    ]
    return (await runNode(args, { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file })).code
  })
}

async function contracts(): Promise<Tally> {
  const { code, output } = await runNode([join(ROOT, 'contracts', 'tools', 'test.ts')])
  return withExitCode(forgeTally(output) ?? checkTally(code), code)
}

async function e2e(run: (env: Readonly<Record<string, string>>) => Promise<Tally>): Promise<Tally> {
  const chromium = await ensureChromium()
  return run({ CHROMIUM: chromium })
}

const PLAYWRIGHT_CONFIG = join(ROOT, 'tests', 'e2e', 'playwright.config.ts')

/** All steps in the order in which they run: the quickest to fail come first. */
export const STEPS: readonly Step[] = [
  { part: 'lint', name: 'biome', run: () => check([bin('@biomejs/biome/bin/biome'), 'check', '.']) },
  { part: 'lint', name: 'tsc', run: () => check([bin('typescript/bin/tsc'), '--noEmit']) },
  { part: 'lint', name: 'knip', run: () => check([bin('knip/bin/knip.js'), '--no-progress']) },
  { part: 'unit', name: 'vitest', run: () => vitest('unit') },
  { part: 'contracts', name: 'forge', run: contracts },
  { part: 'e2e', name: 'start-up and browsers (vitest)', run: () => e2e(env => vitest('e2e', env)) },
  {
    part: 'e2e',
    name: 'browsers (playwright)',
    run: () => e2e(env => playwright(PLAYWRIGHT_CONFIG, ['today', 'the next day'], env)),
  },
  {
    part: 'gallery',
    name: 'pictures of every screen (playwright)',
    onDemand: true,
    run: () => e2e(env => playwright(PLAYWRIGHT_CONFIG, ['the gallery'], env)),
  },
]
