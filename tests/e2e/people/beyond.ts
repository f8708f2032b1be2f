import type { Page } from '@playwright/test'

/** How far the page can be pushed sideways, px. */
export const beyondPx = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
