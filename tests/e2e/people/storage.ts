import { expect, type Page } from '@playwright/test'

/** Longer than Chromium goes on allowing writes by a room that it once found: half a minute. */
const STALE_ROOM_MS = 45_000

/** Lets a page's storage be full, once a write has been refused; the returned function makes room again. */
export async function fillDisk(page: Page): Promise<() => Promise<void>> {
  const { origin } = new URL(page.url())
  const devtools = await page.context().newCDPSession(page)
  const limit = (quotaSize?: number): Promise<unknown> =>
    devtools.send('Storage.overrideQuotaForOrigin', { origin, ...(quotaSize !== undefined && { quotaSize }) })
  await limit(1)
  await expect.poll(() => page.evaluate(tryToWrite), { timeout: STALE_ROOM_MS }).toBe('QuotaExceededError')
  return async () => {
    await limit()
    await devtools.detach()
  }
}

/** Runs in the page: the name of the error with which a small write ends, if any. */
function tryToWrite(): Promise<string | undefined> {
  return new Promise(resolve => {
    const opening = indexedDB.open('disk-probe')
    opening.onupgradeneeded = () => opening.result.createObjectStore('bytes')
    const end = (error: DOMException | null): void => resolve(error?.name)
    opening.onerror = () => end(opening.error)
    opening.onsuccess = () => {
      const database = opening.result
      const writing = database.transaction('bytes', 'readwrite')
      writing.objectStore('bytes').put(crypto.getRandomValues(new Uint8Array(4096)), 0)
      const done = (): void => {
        database.close()
        end(writing.error)
      }
      writing.oncomplete = done
      writing.onabort = done
    }
  })
}
