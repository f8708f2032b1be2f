/**
 * Scrolls, walks and sorts the built gallery's table of a million rows; counts what is in the page and what each scroll
 * redraws. Ends with 1 when one does not do what it says; the last line is one JSON object.
 */
import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { preview } from 'vite'

const MOST_ROWS = 40
const configFile = fileURLToPath(new URL('./vite.config.ts', import.meta.url))
const server = await preview({ configFile, preview: { port: 0, host: 'localhost' }, logLevel: 'warn' })
const origin = server.resolvedUrls?.local[0] ?? ''
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium' })
try {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.on('pageerror', error => assert.fail(error.message))
  page.on('console', message => message.type() === 'error' && assert.fail(message.text()))
  await page.goto(`${origin}#tables`)
  const table = page.getByRole('grid', { name: 'A million trips' })
  const rows = table.locator('tbody tr[aria-rowindex]')
  const current = table.locator('[data-current]')
  const isWhole = async (): Promise<boolean> =>
    await current.evaluate(row => {
      const box = row.closest('.vtable')?.getBoundingClientRect()
      const head = row.closest('table')?.tHead?.getBoundingClientRect()
      const { top, bottom } = row.getBoundingClientRect()
      return box !== undefined && head !== undefined && top >= head.bottom - 1 && bottom <= box.bottom + 1
    })
  await rows.first().waitFor()
  assert.equal(await table.getAttribute('aria-rowcount'), '1000001')
  assert.equal(await rows.first().getAttribute('aria-rowindex'), '2')

  let most = await rows.count()
  let added = 0
  for (let n = 0; n <= 50; n++) {
    added = Math.max(
      added,
      await page.evaluate(async part => {
        const box = document.querySelector('.vtable') as HTMLElement
        let drawn = 0
        const watch = new MutationObserver(changes => {
          for (const change of changes) drawn += change.addedNodes.length
        })
        watch.observe(box, { childList: true, subtree: true })
        box.scrollTop = (box.scrollHeight - box.clientHeight) * part
        await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
        watch.disconnect()
        return drawn
      }, n / 50),
    )
    most = Math.max(most, await rows.count())
  }
  assert.ok(most <= MOST_ROWS, `${most} rows in the page`)
  assert.ok(added <= MOST_ROWS * 4, `${added} nodes drawn anew by one scroll`)
  assert.equal(await rows.last().getAttribute('aria-rowindex'), '1000001')

  await table.focus()
  const at = async (key: string, row: number): Promise<void> => {
    await page.keyboard.press(key)
    await table.locator(`[data-current][aria-rowindex="${row + 2}"]`).waitFor()
    assert.equal(await table.getAttribute('aria-activedescendant'), await current.getAttribute('id'))
    assert.ok(await isWhole(), `row ${row} is not seen whole after ${key}`)
  }
  await at('Home', 0)
  for (let n = 1; n < 30; n++) await at('ArrowDown', n)
  await at('End', 999_999)
  for (let n = 1; n < 30; n++) await at('ArrowUp', 999_999 - n)
  await at('Home', 0)
  const inSight = await table.evaluate(it => {
    const box = it.parentElement as HTMLElement
    const [head, row] = [it.querySelector('thead'), it.querySelector('[data-current]')]
    return Math.floor((box.clientHeight - (head?.clientHeight ?? 0)) / (row?.clientHeight ?? 1))
  })
  await at('PageDown', inSight)
  await at('PageUp', 0)
  const [box, head] = [
    await page.locator('.vtable').boundingBox(),
    await table.locator('thead th').first().boundingBox(),
  ]
  assert.ok(box && head && Math.abs(head.y - box.y) <= 2, 'the header left the top')

  await page.getByRole('button', { name: 'Fare' }).click()
  assert.equal(await page.getByRole('columnheader', { name: 'Fare' }).getAttribute('aria-sort'), 'descending')
  assert.equal(await rows.first().locator('td').last().textContent(), '$40.00')
  await page.getByRole('button', { name: 'Fare' }).click()
  assert.equal(await rows.first().locator('td').last().textContent(), '$0.00')

  await rows.nth(2).getByRole('link').focus()
  await page.locator('.vtable').evaluate(it => {
    it.scrollTop = 100_000
  })
  await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'grid')
  console.log(JSON.stringify({ rows: 1_000_000, mostRows: most, nodesAScroll: added }))
} finally {
  await browser.close()
  await server.close()
}
