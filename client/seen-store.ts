import { createSeen, packSeen, type Seen, unpackSeen } from '@hexhail/protocol/seen.ts'
import type { Store } from './store.ts'

const KEY = 'seen'
/** How often what is new is written, ms. */
const SAVE_MS = 1000

/** A seen-set that a store remembers, so that a reload does not open the door to replays. */
export async function openSeen(deps: {
  readonly store: Store
  readonly now: () => number
  readonly every: (ms: number, run: () => void) => () => void
  readonly report: (error: unknown) => void
}): Promise<{ readonly seen: Seen; stop(): void }> {
  const { store, now, every, report } = deps
  const kept = await store.get<Uint8Array>(KEY)
  const seen = createSeen(undefined, kept ? unpackSeen(kept) : [], now())
  let isDirty = false
  const stop = every(SAVE_MS, () => {
    if (!isDirty) return
    isDirty = false
    const unexpired = seen.entries().filter(([, expiresAtMs]) => expiresAtMs > now())
    store.set(KEY, packSeen(unexpired)).catch(report)
  })
  return {
    seen: {
      get size() {
        return seen.size
      },
      has: seen.has,
      entries: seen.entries,
      add: (...entry) => {
        seen.add(...entry)
        isDirty = true
      },
    },
    stop,
  }
}
