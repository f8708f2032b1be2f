/** `plain` runs the unit tests of the plain rooms alone, `other` those of all others; without it all run, each file alone. */
export const ROOMS_ENV = 'HEXHAIL_ROOMS'

/**
 * Tests that leave nothing running behind and change nothing that others see: they share a process and its modules, since
 * to start anew and import everything for each file was half of what they did. A new room is none of these.
 */
const PLAIN = ['protocol', 'streets', 'permits', 'client', 'ui', 'rider-web', 'audit', 'authority-web'].map(
  room => `tests/unit/${room}/**/*.test.{ts,tsx}`,
)

const ALL = [
  'tests/unit/**/*.test.{ts,tsx}',
  'tests/model/**/*.test.ts',
  'tests/attack/**/*.test.ts',
  'tests/arch.test.ts',
]

/** Which unit tests run, and whether each file has a process of its own. */
export interface Rooms {
  readonly include: string[]
  readonly exclude: string[]
  readonly isolate: boolean
}

/**
 * What the environment asks for.
 * @throws {Error} where it asks for something else
 */
export function roomsOf(env: Readonly<Record<string, string | undefined>>): Rooms {
  const rooms = env[ROOMS_ENV] ?? ''
  if (rooms === '') return { include: ALL, exclude: [], isolate: true }
  if (rooms === 'other') return { include: ALL, exclude: PLAIN, isolate: true }
  if (rooms === 'plain') return { include: PLAIN, exclude: [], isolate: false }
  throw new Error(`${ROOMS_ENV} is «${rooms}»: set it to plain or other, or leave it out.`)
}
