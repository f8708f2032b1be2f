import type { Disk } from '@hexhail/client/store.ts'
import type { Seeded } from '../seeded.ts'
import type { Process } from './process.ts'
import type { World } from './world.ts'

/** A disk that outlives its program: what was not flushed when the program dies is lost. */
export interface FaultyDisk {
  /** The disk as one life of the program sees it; after that life it answers no more. */
  open(): Disk
  /** Until then a write takes up to so long, ms. */
  slow(untilMs: number, mostMs: number): void
  /** Until then nothing new fits. */
  fill(untilMs: number): void
}

/** Room that a value under a new key takes of a full disk, bytes; the reserve's is its size. */
const VALUE_BYTES = 4_096
const FLUSH_MS = 2

/** Makes an empty disk. */
export function createDisk(world: World, process: Process, seeded: Seeded): FaultyDisk {
  const kept = new Map<string, unknown>()
  let slowUntilMs = 0
  let slowMs = 0
  let fullUntilMs = 0
  let room = 0

  const sizeOf = (value: unknown) => (value instanceof Uint8Array ? value.length : VALUE_BYTES)
  const fits = (key: string, value: unknown): boolean => {
    if (world.now() >= fullUntilMs || kept.has(key)) return true
    if (sizeOf(value) > room) return false
    room -= sizeOf(value)
    return true
  }
  return {
    slow: (untilMs, mostMs) => {
      slowUntilMs = untilMs
      slowMs = mostMs
    },
    fill: untilMs => {
      fullUntilMs = untilMs
      room = 0
    },
    open: () => {
      const { life } = process
      let last = 0
      /** Writes keep their order; those of a life that is over neither happen nor answer. */
      const flush = (write: () => void): Promise<void> =>
        new Promise(resolve => {
          const takesMs = world.now() < slowUntilMs ? seeded.below(slowMs) : FLUSH_MS
          last = Math.max(last, world.now() + takesMs)
          world.after(last - world.now(), () => {
            if (process.life !== life) return false
            write()
            resolve()
          })
        })
      return {
        get: async <T>(key: string) => kept.get(key) as T | undefined,
        keys: async prefix => [...kept.keys()].filter(key => key.startsWith(prefix)),
        set: async (key, value) => {
          if (!fits(key, value)) throw new DOMException('The disk is full.', 'QuotaExceededError')
          return flush(() => void kept.set(key, value))
        },
        delete: async key => {
          if (world.now() < fullUntilMs && kept.has(key)) room += sizeOf(kept.get(key))
          return flush(() => void kept.delete(key))
        },
      }
    },
  }
}
