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
