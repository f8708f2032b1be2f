import { expect, type Page } from '@playwright/test'

/** Opens where a figure of the office comes from, has each row behind it asked for, and reads what it says then. */
export async function provenFigure(office: Page, name: string): Promise<string> {
  await office.getByRole('button', { name: `Prove it: ${name}`, exact: true }).click()
  await office.getByTestId('prove-ask').click()
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
