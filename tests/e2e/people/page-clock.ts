import type { BrowserContext, Page } from '@playwright/test'

declare global {
  /** How far the page's clock is ahead of this machine's, ms. */
  var aheadMs: number | undefined
}

/** Puts the clock of a context's pages into the test's hands: only what `Date.now` says, since timers must go on running. */
export async function bendClock(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const real = Date.now.bind(Date)
    Date.now = () => real() + (globalThis.aheadMs ?? 0)
  })
}

/** Moves a page's clock on. */
export async function pass(page: Page, seconds: number): Promise<void> {
  await page.evaluate(ms => {
    globalThis.aheadMs = (globalThis.aheadMs ?? 0) + ms
  }, seconds * 1000)
}
