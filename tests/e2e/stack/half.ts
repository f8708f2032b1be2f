/** `first` or `second` runs that half of the browser tests on a stack of its own, so that both can run side by side. */
export const HALF_ENV = 'HEXHAIL_E2E_HALF'

/** Of today's files those of the second half; the first has all others, a new one too. Both take about the same time. */
const SECOND: readonly string[] = ['relay.spec.ts', 'reload.spec.ts', 'simulated.spec.ts']

/** Where a run of the browser tests works, and on which of today's files. */
export interface Half {
  readonly portBase: number
  /** Its folder in `.hexhail` and in `test-results`. */
  readonly folder: string
  readonly testMatch: string[]
  readonly testIgnore: string[]
}

const FIRST_BASE = 23_000
const WHOLE = { folder: 'e2e', testMatch: ['*.spec.ts'], testIgnore: [] }

/** Folders that a half may work in. */
export const FOLDERS: readonly string[] = [WHOLE.folder, 'e2e-second']

/**
 * What the environment asks for: a half, or without a word of it everything, where the first half works. Two runs on one
 * machine need ports of their own: `HEXHAIL_E2E_PORT_BASE`, a multiple of 1000.
 * @throws {Error} where the environment names another half
 */
export function halfOf(env: Readonly<Record<string, string | undefined>>): Half {
  const half = env[HALF_ENV] ?? ''
  const portBase = Number(env.HEXHAIL_E2E_PORT_BASE ?? FIRST_BASE)
  if (half === '') return { ...WHOLE, portBase }
  if (half === 'first') return { ...WHOLE, portBase, testIgnore: [...SECOND] }
  // 100 on, no port of the one stack is one of the other (`demoPorts`).
  if (half === 'second')
    return { ...WHOLE, portBase: portBase + 100, folder: FOLDERS[1]!, testMatch: [...SECOND] }
  throw new Error(`${HALF_ENV} is «${half}»: set it to first or second, or leave it out.`)
}
