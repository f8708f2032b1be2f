import type { Store } from '@hexhail/client/store.ts'
import type { KeyShelf } from './ports.ts'

const KEY = 'audit-key'

/** Keeps the key in the page's store: a handle that the browser does not let anyone read. */
export function createKeyShelf(opening: Promise<Store>): KeyShelf {
  opening.catch(() => {}) // told by each call below
  return {
    load: async () => (await (await opening).get<CryptoKeyPair>(KEY)) ?? null,
    save: async key => (await opening).set(KEY, key),
    remove: async () => (await opening).delete(KEY),
  }
}
