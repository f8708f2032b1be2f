import type { Store } from '@hexhail/client/store.ts'
import { type RunInit, runSeed } from './run.ts'

/** Mistakes that only time, a crash or the network brings to light; each can be switched on by its name. */
export const PLANTED = {
  claimOnce: 'the driver settles once, and never again when a reorganisation takes it back',
  zeroConf: 'the driver sets off when the hold is sent, not when it is in a block',
  notPersisted: "the rider's trip is kept once and never again",
  twoLeaders: 'a second tab works on the same trip',
  cursorOutside: 'a follower that starts anew goes on after the newest block',
  placeEarly: 'the exact place is told with the choice, before the money is held',
} as const

/** The name of a planted bug. */
export type Planted = keyof typeof PLANTED

/** A store that forgets: what is set under these names stays in memory. */
export function forgetful(store: Store, isLost: (key: string) => boolean): Store {
  const lost = new Map<string, unknown>()
  return {
    ...store,
    get: async <T>(key: string) => (lost.has(key) ? (lost.get(key) as T) : store.get<T>(key)),
    set: async (key, value) => {
      const kept = await store.get(key)
      if (kept === undefined || !isLost(key)) return store.set(key, value)
      lost.set(key, value)
    },
  }
}

/** The first seed that a planted bug breaks and that holds without it, of so many; null where none does. */
export async function huntPlanted(
  bug: Planted,
  most: number,
  init: Omit<RunInit, 'seed' | 'bugs'>,
): Promise<{ readonly seed: number; readonly violation: string } | null> {
  for (let seed = 1; seed <= most; seed++) {
    const { violations } = await runSeed({ ...init, seed, bugs: new Set([bug]) })
    if (violations[0] && (await runSeed({ ...init, seed })).violations.length === 0)
      return { seed, violation: violations[0] }
  }
  return null
}
