import { signal } from '@preact/signals-core'
import type { Disk, Store } from './store.ts'

/** Kept free for a trip under way when the disk gets full, bytes. */
const RESERVE_BYTES = 256 * 1024
const RESERVE = 'reserve'
/** A value that waits to be deleted. */
const GONE = Symbol('gone')

const isQuota = (error: unknown): boolean => (error as Error | null)?.name === 'QuotaExceededError'

/**
 * A store over a disk that may run full. The first refusal frees a reserve, which is room for many rides' worth of
 * writes; when that is used up too, values are kept in memory and written as soon as there is room, in their order.
 * `random` fills the reserve: a disk would pack zeros.
 */
export async function createLastingStore(disk: Disk, random: (size: number) => Uint8Array): Promise<Store> {
  const full = signal(false)
  /** Not on disk yet, the oldest first. */
  const waiting = new Map<string, unknown>()
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(job: () => Promise<T>): Promise<T> => {
    const done = last.then(job)
    last = done.catch(() => undefined)
    return done
  }
  const put = (key: string, value: unknown): Promise<void> =>
    value === GONE ? disk.delete(key) : disk.set(key, value)
  /** Writes; a full disk gets its reserve back and another try. False where it takes no more. */
  const write = async (key: string, value: unknown): Promise<boolean> => {
    try {
      await put(key, value)
      return true
    } catch (error) {
      if (!isQuota(error)) throw error
      const first = !full.value
      full.value = true
      if (!first) return false
      await disk.delete(RESERVE)
      return write(key, value)
    }
  }
  const settle = (key: string, value: unknown): void => {
    // A newer value of the key waits still.
    if (waiting.get(key) === value) waiting.delete(key)
  }
  const flush = async (): Promise<void> => {
    for (const [key, value] of [...waiting]) {
      if (!(await write(key, value))) return
      settle(key, value)
    }
  }
  const keep = (key: string, value: unknown): Promise<void> => {
    // A new value takes the last place: what came between may belong to it.
    waiting.delete(key)
    waiting.set(key, value)
    return inTurn(async () => {
      if (full.value) return flush()
      try {
        if (waiting.has(key) && (await write(key, value))) settle(key, value)
      } catch (error) {
        settle(key, value)
        throw error
      }
    })
  }
  const hasRoom = (): Promise<boolean> =>
    inTurn(async () => {
      if (full.value) await flush()
      const held = !full.value && (await disk.keys(RESERVE)).includes(RESERVE)
      if (!held && waiting.size === 0) {
        const taken = await disk.set(RESERVE, random(RESERVE_BYTES)).then(
          () => true,
          error => {
            if (isQuota(error)) return false
            throw error
          },
        )
        full.value = !taken
      }
      return !full.value
    })

  await hasRoom()
  return {
    full,
    hasRoom,
    get: async <T>(key: string) => {
      if (!waiting.has(key)) return disk.get<T>(key)
      const value = waiting.get(key)
      return value === GONE ? undefined : (value as T)
    },
    set: keep,
    delete: key => keep(key, GONE),
    keys: async prefix => {
      const found = new Set((await disk.keys(prefix)).filter(key => key !== RESERVE))
      for (const [key, value] of waiting)
        if (key.startsWith(prefix)) value === GONE ? found.delete(key) : found.add(key)
      return [...found]
    },
  }
}
