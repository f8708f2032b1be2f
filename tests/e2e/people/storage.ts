import type { Page } from '@playwright/test'

/** Lets a page's storage be full from now on; the returned function makes room again. */
export async function fillDisk(page: Page): Promise<() => Promise<void>> {
  const { origin } = new URL(page.url())
  const devtools = await page.context().newCDPSession(page)
  const limit = (quotaSize?: number): Promise<unknown> =>
    devtools.send('Storage.overrideQuotaForOrigin', { origin, ...(quotaSize !== undefined && { quotaSize }) })
  await limit(1)
  return async () => {
    await limit()
    await devtools.detach()
  }
}
