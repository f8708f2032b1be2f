import { type ReadonlySignal, signal } from '@preact/signals-core'

/** Where values are put. Values are structured-cloneable: bigints, bytes and key pairs too. */
export interface Disk {
  get<T>(key: string): Promise<T | undefined>
  /** Resolves when the value would survive a crash. Rejects with a `QuotaExceededError` where there is no room. */
  set(key: string, value: unknown): Promise<void>
  delete(key: string): Promise<void>
  keys(prefix: string): Promise<string[]>
}

/** Where a page keeps what must outlive it: a disk that does not stop a trip when it is full. */
export interface Store extends Disk {
  /** Resolves when the value would survive a crash, or while the disk is `full` when it is kept in memory. */
  set(key: string, value: unknown): Promise<void>
  /** True while the disk takes no more: what is under way goes on in memory, and nothing new may begin. */
  readonly full: ReadonlySignal<boolean>
  /** Whether something new may begin; looks again where the disk was full. */
  hasRoom(): Promise<boolean>
}

/** A store in memory: for the fleet and for tests. Values are cloned, as a disk would. */
export function createMemoryStore(): Store {
  const values = new Map<string, unknown>()
  return {
    get: async <T>(key: string) => values.get(key) as T | undefined,
    set: async (key, value) => {
      values.set(key, value)
    },
    delete: async key => {
      values.delete(key)
    },
    keys: async prefix => [...values.keys()].filter(key => key.startsWith(prefix)),
    full: signal(false),
    hasRoom: async () => true,
  }
}
