import { expect } from '@playwright/test'
import { expectNoBarriers } from './people/axe.ts'
import { NEAR, PICKUP, test } from './people/test.ts'

test('a rider claims a reduced fare, sees what is left, and the ride is quoted at it', async ({ cast }) => {
  const rider = await cast.rider()
  const { page } = rider
  await rider.enter()
  await page.getByRole('button', { name: 'Money' }).click()
  const section = page.getByTestId('reduced-fare')
  await section.getByTestId('reduced-apply').click()
  await expect(section.getByText('Please fill this in.')).toHaveCount(2)
  await section.getByLabel('Class').selectOption('senior')
  await section.getByLabel('Your full name').fill('Ana Pérez')
  await section.getByLabel('What shows it').fill('born 1950-02-01')
  await expectNoBarriers(page)
  await section.getByTestId('reduced-apply').click()
  await expect(section.getByTestId('reduced-left')).toContainText('Senior · 20 rides left, until')
  await page.getByTestId('back').click()
  await rider.pick(PICKUP)
  await expect(page.getByRole('combobox', { name: 'Destination' })).toBeVisible()
  await rider.pick(NEAR)
  const title = page.getByRole('heading', { level: 1 }).filter({ hasText: /\d/ })
  await expect(title).toBeVisible()
  const reduced = await title.textContent()
  const choice = page.getByRole('switch', { name: 'Reduced fare: Senior' })
  await expect(choice).toBeChecked()
  await choice.click()
  await expect(title).not.toHaveText(reduced ?? '')
  await expectNoBarriers(page)
})
