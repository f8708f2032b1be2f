import { expect, type Page } from '@playwright/test'
import { expectNoBarriers } from './axe.ts'

/** Opens where a figure of the office comes from, has each row behind it asked for, and reads what it says then. */
export async function provenFigure(office: Page, name: string): Promise<string> {
  await office.getByRole('button', { name: `Prove it: ${name}`, exact: true }).click()
  await office.getByTestId('prove-ask').click()
  return told(office)
}

/** The same by the keys alone, from the figure's button on: afterwards the focus is there again. */
export async function provenByKeys(office: Page, name: string): Promise<string> {
  const button = office.getByRole('button', { name: `Prove it: ${name}`, exact: true })
  await button.focus()
  await office.keyboard.press('Enter')
  const ask = office.getByTestId('prove-ask')
  // A dialog that is not shown yet takes no focus.
  await expect(ask).toBeVisible()
  await expect(async () => {
    await office.keyboard.press('Tab')
    await expect(ask).toBeFocused({ timeout: 100 })
  }).toPass()
  await expectNoBarriers(office)
  await ask.focus()
  await office.keyboard.press('Enter')
  const text = await told(office)
  await expect(button).toBeFocused()
  return text
}

/** What the open proof says once every row was asked for; it is closed then. */
async function told(office: Page): Promise<string> {
  await expect(office.getByTestId('prove-told')).toHaveText(
    /stands? (on the chain|in the tree)|on the chain now/,
  )
  const sum = office.getByTestId('prove-sum')
  await expect(sum).not.toHaveText('–')
  const text = (await sum.textContent()) ?? ''
  await office.keyboard.press('Escape')
  await expect(sum).toBeHidden()
  return text
}
