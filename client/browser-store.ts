import { openDB } from 'idb'
import { createLastingStore } from './lasting-store.ts'
import type { Store } from './store.ts'

/** A store in IndexedDB, written strictly: a resolved `set` survives a killed browser. */
export async function openBrowserStore(name: string): Promise<Store> {
  const db = await openDB(name, 1, { upgrade: database => void database.createObjectStore('kept') })
  const write = async (
    run: (store: { put(v: unknown, k: string): unknown; delete(k: string): unknown }) => unknown,
  ) => {
    const tx = db.transaction('kept', 'readwrite', { durability: 'strict' })
    await Promise.all([run(tx.objectStore('kept')), tx.done])
  }
  const disk = {
    get: async <T>(key: string) => (await db.get('kept', key)) as T | undefined,
    set: (key: string, value: unknown) => write(store => store.put(value, key)),
    delete: (key: string) => write(store => store.delete(key)),
    keys: async (prefix: string) =>
      (await db.getAllKeys('kept', IDBKeyRange.bound(prefix, `${prefix}\uffff`))).map(String),
  }
  return createLastingStore(disk, size => {
    const bytes = new Uint8Array(size)
    // Random bytes come in pieces of 64 KiB at most.
    for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536))
    return bytes
  })
}
