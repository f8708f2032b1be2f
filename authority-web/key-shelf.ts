import type { Store } from '@hexhail/client/store.ts'
import type { KeyShelf } from './ports.ts'

const KEY = 'audit-key'

/** Keeps the keys in the page's store: handles that the browser does not let anyone read. */
export function createKeyShelf(opening: Promise<Store>): KeyShelf {
  opening.catch(() => {}) // told by each call below
  return {
    load: async () => {
      const kept = await (await opening).get<CryptoKeyPair[] | CryptoKeyPair>(KEY)
      return kept ? [kept].flat() : null
    },
    save: async keys => (await opening).set(KEY, keys),
    remove: async () => (await opening).delete(KEY),
  }
}
