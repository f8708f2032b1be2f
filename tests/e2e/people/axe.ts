import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']

/** What stands between the page as it is now and people who see, hear or move otherwise (WCAG 2.2 AA), a line each. */
export async function barriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(TAGS).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(node => `${id} ${node.html.slice(0, 160)} ${node.failureSummary}`),
  )
}

/**
 * The pages, as they are now, have no barrier that axe can find. It looks again where it found one: a button that
 * changes while it is looked at has the text of one state on the ground of the other.
 */
export async function expectNoBarriers(...pages: readonly Page[]): Promise<void> {
  for (const page of pages)
    await expect(async () => expect(await barriers(page)).toEqual([])).toPass({ timeout: 20_000 })
}

/** Where the focus goes when the tab key is pressed again and again, until it comes round: names and whether it shows. */
export async function tabStops(page: Page, most: number): Promise<{ name: string; shows: boolean }[]> {
  await page.evaluate(() => {
    // The keys go on from where was pressed last, unless the focus was at the page itself.
    document.body.tabIndex = -1
    document.body.focus()
    document.body.removeAttribute('tabindex')
    scrollTo(0, 0)
  })
  const stops: { name: string; shows: boolean }[] = []
  for (let press = 0; press < most; press++) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(async () => {
      // As it is drawn, not as it was when the key went down.
      await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))
      const at = document.activeElement
      if (!at || at === document.body) return null
      const { outlineStyle, outlineWidth } = getComputedStyle(at)
      const box = at.getBoundingClientRect()
      const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
      // A table's outline is drawn around the box that it scrolls in.
      const isDrawn =
        (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || at.matches('.vtable > *')
      return {
        name: (at.getAttribute('aria-label') ?? at.textContent ?? '').trim() || at.tagName,
        shows: inView && isDrawn && at.matches(':focus-visible'),
      }
    })
    if (stop === null) break
    stops.push(stop)
  }
  return stops
}
