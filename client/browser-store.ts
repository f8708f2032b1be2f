import { openDB } from 'idb'
import type { Store } from './store.ts'

/** A store in IndexedDB, written strictly: a resolved `set` survives a killed browser. */
export async function openBrowserStore(name: string): Promise<Store> {
  const db = await openDB(name, 1, { upgrade: database => void database.createObjectStore('kept') })
  const write = async (
    run: (store: { put(v: unknown, k: string): unknown; delete(k: string): unknown }) => void,
  ) => {
    const tx = db.transaction('kept', 'readwrite', { durability: 'strict' })
    run(tx.objectStore('kept'))
    await tx.done
  }
  return {
    get: async <T>(key: string) => (await db.get('kept', key)) as T | undefined,
    set: (key, value) => write(store => void store.put(value, key)),
    delete: key => write(store => void store.delete(key)),
    keys: async prefix =>
      (await db.getAllKeys('kept', IDBKeyRange.bound(prefix, `${prefix}\uffff`))).map(String),
  }
}
