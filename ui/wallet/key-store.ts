import type { KeyRecord, KeyStore } from './ports.ts'
import { WalletError } from './wallet-error.ts'

const STORE = 'keys'
const RECORD = 'wallet'

/** The record in this browser's IndexedDB, written through to the disk. */
export function browserKeyStore(name = 'hexhail-wallet'): KeyStore {
  const within = async <T>(
    mode: IDBTransactionMode,
    work: (keys: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> => {
    const db = await open(name)
    try {
      return await new Promise<T>((resolve, reject) => {
        const transaction = db.transaction(STORE, mode, { durability: 'strict' })
        const request = work(transaction.objectStore(STORE))
        transaction.oncomplete = () => resolve(request.result)
        transaction.onabort = () =>
          reject(new WalletError('storage', 'The browser did not keep the wallet.', transaction.error))
      })
    } finally {
      db.close()
    }
  }
  return {
    read: async () => ((await within('readonly', keys => keys.get(RECORD))) as KeyRecord | undefined) ?? null,
    write: async record => {
      await within('readwrite', keys => keys.put(record, RECORD))
      await navigator.storage?.persist?.().catch(() => false)
    },
    clear: async () => {
      await within('readwrite', keys => keys.delete(RECORD))
    },
  }
}

/** A record in memory only, for tests. */
export function memoryKeyStore(): KeyStore {
  let kept: KeyRecord | null = null
  return {
    read: async () => kept,
    write: async record => {
      kept = record
    },
    clear: async () => {
      kept = null
    },
  }
}

function open(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(new WalletError('storage', 'This browser keeps nothing.', request.error))
  })
}
