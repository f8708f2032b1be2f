import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureChromium } from '../browser.ts'
import { HALF_ENV } from '../e2e/stack/half.ts'
import { type Print, ROOT, runNode } from './live.ts'
import { ROOMS_ENV } from './rooms.ts'
import {
  checkTally,
  forgeTally,
  NONE,
  playwrightTally,
  type Tally,
  vitestTally,
  withExitCode,
} from './tally.ts'

/**
 * What runs side by side. The weights of the lanes are about the same on two processors: who adds a step of minutes
 * looks at which lane ends last.
 */
export const LANES = ['rooms', 'contracts', 'browsers'] as const

/** One of the lanes. */
export type Lane = (typeof LANES)[number]

/** One step of `npm test`: what it is called, the part it belongs to, and how to run it. */
export interface Step {
  readonly part: Part
  readonly name: string
  readonly run: (print: Print) => Promise<Tally>
  /** Steps of one lane run one after the other, the lanes side by side: browsers mostly wait, compilers never. */
  readonly lane: Lane | 'any'
  /** The step of another lane that has to end first, if it runs at all. */
  readonly after?: string
  /** Runs only when its part is asked for. */
  readonly onDemand?: boolean
}

/** The parts that `npm test -- <part>` knows, in their order. */
export const PARTS = ['lint', 'unit', 'contracts', 'e2e', 'gallery'] as const

/** A part of the tests. */
export type Part = (typeof PARTS)[number]

const PLAYWRIGHT_CONFIG = join(ROOT, 'tests', 'e2e', 'playwright.config.ts')

const bin = (path: string): string => join(ROOT, 'node_modules', path)

const check =
  (path: string, ...args: readonly string[]) =>
  async (print: Print): Promise<Tally> =>
    checkTally((await runNode([bin(path), ...args], {}, print)).code)

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

function vitest(project: string, print: Print, env: Readonly<Record<string, string>> = {}): Promise<Tally> {
  return withReport(vitestTally, async file => {
    const report = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const args = [bin('vitest/vitest.mjs'), 'run', '--project', project, ...report]
    return (await runNode(args, env, print)).code
  })
}

function playwright(
  projects: readonly string[],
  print: Print,
  env: Readonly<Record<string, string>>,
): Promise<Tally> {
  return withReport(playwrightTally, async file => {
    const chosen = projects.flatMap(project => ['--project', project])
    const args = [
      bin('@playwright/test/cli.js'),
      'test',
      '--config',
      PLAYWRIGHT_CONFIG,
      '--reporter=list,json',
      ...chosen,
    ]
    return (await runNode(args, { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file }, print)).code
  })
}

async function contracts(print: Print): Promise<Tally> {
  const { code, output } = await runNode([join(ROOT, 'contracts', 'tools', 'test.ts')], {}, print)
  return withExitCode(forgeTally(output) ?? checkTally(code), code)
}

async function e2e(run: (env: Readonly<Record<string, string>>) => Promise<Tally>): Promise<Tally> {
  const chromium = await ensureChromium()
  return run({ CHROMIUM: chromium })
}

const START_UP = 'start-up and browsers (vitest)'

/** All steps in the order in which they are shown: the quickest to fail come first. */
export const STEPS: readonly Step[] = [
  { part: 'lint', lane: 'contracts', name: 'biome', run: check('@biomejs/biome/bin/biome', 'check', '.') },
  { part: 'lint', lane: 'contracts', name: 'tsc', run: check('typescript/bin/tsc', '--noEmit') },
  { part: 'lint', lane: 'contracts', name: 'knip', run: check('knip/bin/knip.js', '--no-progress') },
  {
    part: 'unit',
    lane: 'rooms',
    name: 'rooms with processes, chains and networks (vitest)',
    run: print => vitest('unit', print, { [ROOMS_ENV]: 'other' }),
  },
  {
    part: 'unit',
    lane: 'rooms',
    name: 'plain rooms (vitest)',
    run: print => vitest('unit', print, { [ROOMS_ENV]: 'plain' }),
  },
  { part: 'contracts', lane: 'contracts', name: 'forge', run: contracts },
  {
    part: 'e2e',
    lane: 'browsers',
    name: START_UP,
    run: print => e2e(env => vitest('e2e', print, env)),
  },
  {
    part: 'e2e',
    lane: 'browsers',
    name: 'browsers (playwright, first half)',
    run: print => e2e(env => playwright(['today'], print, { ...env, [HALF_ENV]: 'first' })),
  },
  {
    part: 'e2e',
    lane: 'any',
    name: 'browsers (playwright, second half)',
    // The start-up hands on the pages and the city that it has built.
    after: START_UP,
    run: print => e2e(env => playwright(['today', 'the next day'], print, { ...env, [HALF_ENV]: 'second' })),
  },
  {
    part: 'gallery',
    lane: 'browsers',
    name: 'pictures of every screen (playwright)',
    onDemand: true,
    run: print => e2e(env => playwright(['the gallery'], print, env)),
  },
]
