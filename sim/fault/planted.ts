import type { Store } from '@hexhail/client/store.ts'
import { runSeed } from './run.ts'

/** The fourteen mistakes of reference/trust.md 8 and one more; each can be switched on by its name. */
export const PLANTED = {
  doubleClaim: 'a settlement leaves the money held, and it is paid again',
  crossTrip: 'a receipt pays on another trip than the one it was signed for',
  refundEarly: 'anybody gives the hold back before its time',
  refundAfterClaim: 'what was claimed is given back as well',
  noDomain: 'terms that were signed for another network hold money here',
  signatureAsNonce: 'a hold counts again under another form of its signature',
  pushPayment: 'the vault pays out at once, and a payee who cannot be paid stops it',
  balanceDelta: 'what somebody sends to the vault is counted as the rider’s',
  ownCounter: 'too much is paid, and the vault’s own count agrees',
  claimOnce: 'the driver settles once, and never again when a reorganisation takes it back',
  zeroConf: 'the driver sets off when the hold is sent, not when it is in a block',
  notPersisted: 'what was heard and signed is kept once and never again',
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

/** Seeds that showed a bug when they were last hunted; the others were shown by the first. */
const SHOWN_BY: Partial<Record<Planted, number>> = {
  claimOnce: 2,
  zeroConf: 10,
  notPersisted: 3,
  cursorOutside: 9,
}
/** Seeds that a bug may take to be found. */
const PLANTED_SEEDS = 20
/** Trips of a seed: fewer for what shows on any of them. */
const TRIPS = 8
const FEW_TRIPS = 4
/** What shows on almost any trip. */
export const ON_ANY_TRIP: ReadonlySet<Planted> = new Set<Planted>([
  ...(['doubleClaim', 'crossTrip', 'refundEarly', 'noDomain', 'pushPayment'] as const),
  ...(['balanceDelta', 'ownCounter', 'placeEarly'] as const),
])

/** Makes a hunt for planted bugs: the first seed that a bug breaks and that holds without it; null where none does. */
export function createHunt(): (
  bug: Planted,
) => Promise<{ readonly seed: number; readonly violation: string } | null> {
  const sound = new Map<string, Promise<boolean>>()
  const isSound = (seed: number, trips: number): Promise<boolean> => {
    const key = `${seed}/${trips}`
    const known = sound.get(key) ?? runSeed({ seed, trips }).then(({ violations }) => violations.length === 0)
    sound.set(key, known)
    return known
  }
  return async bug => {
    const first = SHOWN_BY[bug] ?? 1
    const trips = ON_ANY_TRIP.has(bug) ? FEW_TRIPS : TRIPS
    const seeds = Array.from({ length: PLANTED_SEEDS }, (_, i) => i + 1)
    for (const seed of [first, ...seeds.filter(each => each !== first)]) {
      const { violations } = await runSeed({ seed, trips, bugs: new Set([bug]) })
      if (violations[0] && (await isSound(seed, trips))) return { seed, violation: violations[0] }
    }
    return null
  }
}
