import type { Store } from '@hexhail/client/store.ts'
import type { KeyShelf } from './ports.ts'

const KEY = 'audit-key'

/** Keeps the key in the page's store: a handle that the browser does not let anyone read. */
export function createKeyShelf(store: Store): KeyShelf {
  return {
    load: async () => (await store.get<CryptoKeyPair>(KEY)) ?? null,
    save: key => store.set(KEY, key),
    remove: () => store.delete(KEY),
  }
}
