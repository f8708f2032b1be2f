import { expect, type Page, test } from '@playwright/test'
import { expectNoBarriers } from './axe.ts'

/** Turns «Hide my internet address» off, which is on for everybody who has not. */
export async function showAddress(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click()
  const hide = page.getByRole('switch', { name: /^Hide my internet address/ })
  await expect(hide).toBeChecked()
  await hide.click({ force: true })
  await expect(page.getByTestId('path')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(hide).toBeHidden()
}

/** Notes whether the two go straight or through relays: either is good, as WebRTC is never needed, but both say the same. */
export async function expectPath(one: Page, other: Page): Promise<void> {
  const paths: (string | null)[] = []
  for (const page of [one, other]) {
    await page.getByRole('button', { name: 'Settings' }).click()
    const path = page.getByTestId('path')
    await expect(path).toBeVisible()
    paths.push(await path.getAttribute('data-path'))
    if (page === one) await expectNoBarriers(page)
    await page.keyboard.press('Escape')
    await expect(path).toBeHidden()
  }
  expect(paths[0]).toBe(paths[1])
  test.info().annotations.push({ type: 'path', description: String(paths[0]) })
  console.log(`The two devices talk by: ${paths[0]}.`)
}
