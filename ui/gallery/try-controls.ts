/** Uses the controls of the built gallery by keyboard and finger. Ends with 1 when one does not do what it says. */
import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium } from '@playwright/test'
import { preview } from 'vite'

const configFile = fileURLToPath(new URL('./vite.config.ts', import.meta.url))
const server = await preview({ configFile, preview: { port: 0, host: 'localhost' }, logLevel: 'warn' })
const origin = server.resolvedUrls?.local[0] ?? ''
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium' })
try {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.on('pageerror', error => assert.fail(error.message))
  await page.goto(`${origin}#controls`)

  const box = page.getByRole('combobox', { name: 'Where to?' })
  await box.fill('julio')
  assert.equal(await page.locator('.combobox-option').count(), 2)
  await box.press('ArrowDown')
  await box.press('ArrowDown')
  const active = await box.getAttribute('aria-activedescendant')
  assert.equal(await page.locator(`[id="${active}"]`).getAttribute('aria-selected'), 'true')
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze()
  assert.deepEqual(
    violations.map(each => each.id),
    [],
  )
  await page.screenshot({ path: '/tmp/gal/combobox.png' })
  await box.press('Enter')
  assert.equal(await box.inputValue(), '18 de Julio 1480')
  await box.fill('tres')
  await page.getByRole('option', { name: 'Tres Cruces' }).click()
  assert.equal(await box.inputValue(), 'Tres Cruces')
  await box.fill('nowhere at all')
  await page.getByText('Nothing found').waitFor()

  const first = page.getByLabel('Digit 1 of 4')
  await first.fill('7')
  assert.equal(await first.inputValue(), '7')
  await first.focus()
  await page.evaluate(() => {
    const data = new DataTransfer()
    data.setData('text', ' 4 0 7 1 ')
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
  })
  assert.equal(await page.getByLabel('Digit 4 of 4').inputValue(), '1')
  await page.getByLabel('Digit 3 of 4').press('z')
  assert.equal(await page.getByLabel('Digit 3 of 4').inputValue(), '7')

  await page.getByRole('button', { name: 'Open a dialog' }).click()
  await page.getByRole('dialog', { name: 'Cancel the ride?' }).waitFor()
  await page.screenshot({ path: '/tmp/gal/dialog.png' })
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Toast' }).click()
  await page.getByRole('status').filter({ hasText: 'Copied to the clipboard' }).waitFor()

  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('radio', { name: 'Español' }).check()
  await page.getByRole('radio', { name: 'Oscura' }).check()
  assert.equal(await page.locator('html').getAttribute('lang'), 'es')
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark')
  await page.screenshot({ path: '/tmp/gal/settings.png' })

  const other = await context.newPage()
  await other.goto(`${origin}#offers`)
  const sheet = other.getByRole('region', { name: 'Offers' })
  await other.getByRole('button', { name: 'Mostrar menos de este panel' }).click()
  assert.equal(await sheet.getAttribute('data-detent'), 'peek')
  assert.equal(await other.getByRole('heading', { name: '3 drivers answered' }).isVisible(), true)
  assert.equal(await other.getByText('White Suzuki Swift').isVisible(), false)
  const grip = await other.locator('.sheet-grip').boundingBox()
  if (grip === null) throw new Error('The sheet has no grip.')
  await other.mouse.move(grip.x + grip.width / 2, grip.y + 20)
  await other.mouse.down()
  await other.mouse.move(grip.x + grip.width / 2, grip.y - 300, { steps: 4 })
  await other.mouse.up()
  assert.equal(await sheet.getAttribute('data-detent'), 'full')
  await other.getByText('White Suzuki Swift').waitFor()
  console.log('controls: combobox, PIN, dialog, toast, settings and sheet do what they say')
} finally {
  await browser.close()
  await server.close()
}
