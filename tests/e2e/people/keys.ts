import type { Page } from '@playwright/test'

/** A private or secret key that a page keeps. */
export interface KeptKey {
  readonly algorithm: string
  readonly extractable: boolean
  /** True where an export was tried and went through. */
  readonly exported: boolean
}

/** Every private and secret key in a page's IndexedDB, after a try to export it. */
export function keptKeys(page: Page): Promise<KeptKey[]> {
  return page.evaluate(async () => {
    const found: { algorithm: string; extractable: boolean; exported: boolean }[] = []
    const all = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const walk = async (value: unknown): Promise<void> => {
      if (value instanceof CryptoKey) {
        if (value.type === 'public') return
        const exported = await crypto.subtle.exportKey(value.type === 'secret' ? 'raw' : 'pkcs8', value).then(
          () => true,
          () => false,
        )
        found.push({ algorithm: value.algorithm.name, extractable: value.extractable, exported })
      } else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value))
        for (const part of Object.values(value)) await walk(part)
    }
    for (const { name } of await indexedDB.databases()) {
      const db = await all(indexedDB.open(name!))
      for (const store of db.objectStoreNames)
        await walk(await all(db.transaction(store).objectStore(store).getAll()))
      db.close()
    }
    return found
  })
}
