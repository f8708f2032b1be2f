/** Where a page keeps what must outlive it. Values are structured-cloneable: bigints, bytes and key pairs too. */
export interface Store {
  get<T>(key: string): Promise<T | undefined>
  /** Resolves when the value would survive a crash. */
  set(key: string, value: unknown): Promise<void>
  delete(key: string): Promise<void>
  keys(prefix: string): Promise<string[]>
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
  }
}
