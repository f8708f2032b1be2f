import { expect } from '@playwright/test'
import { expectNoBarriers } from './people/axe.ts'
import { PICKUP, test } from './people/test.ts'

/** Nine kilometres off, beyond several lines. */
const FAR = 'Avenida Italia 4500'
/** Hours that lines run in on every day; a ride can always be booked for one of them. */
const BUSY = /10:00\s?AM|4:00\s?PM/

test('a rider sees ride, transit and both side by side, books the car that meets the bus, and sees the whole way', async ({
  cast,
}) => {
  const rider = await cast.rider()
  const { page } = rider
  await rider.enter()
  await rider.pick(PICKUP)
  await expect(page.getByRole('combobox', { name: 'Destination' })).toBeVisible()
  await rider.pick(FAR)
  await page.getByRole('radio', { name: 'Later' }).check()
  const times = page.getByRole('combobox', { name: 'Pickup time' })
  const slot = (await times.locator('option').allTextContents()).find(words => BUSY.test(words)) ?? ''
  expect(slot).not.toBe('')
  await times.selectOption({ label: slot })

  const both = page.getByTestId('mode-both')
  await expect(page.getByTestId('mode-ride')).toContainText('CO₂')
  // One bus, or two within the hour, is one modelled fare; with a ride the total is both.
  await expect(page.getByTestId('mode-transit')).toContainText('$1.20')
  await expect(both).not.toContainText('+ fare')
  await both.click()
  const price = page.getByTestId('way-fare')
  await expect(price.getByRole('row', { name: /^Car / })).toBeVisible()
  await expect(price.getByRole('row', { name: /Bus, 1 h \$\d/ })).toBeVisible()
  await expect(page.getByTestId('line-fare').first()).toHaveText('Bus, 1 h: $1.20')
  await expect(page.getByTestId('modelled')).toBeVisible()
  const legs = page.getByTestId('legs')
  await expect(legs).toContainText('Car,')
  await expect(legs).toContainText('Get on at')
  await expectNoBarriers(page)

  await expect(page.getByTestId('fill').or(page.getByTestId('take-way'))).toBeEnabled()
  if (await page.getByTestId('fill').isVisible()) await page.getByTestId('fill').click()
  const take = page.getByTestId('take-way')
  await expect(take).toContainText('book the car for')
  const bookedFor = /for (.+)$/.exec((await take.textContent())!)![1]!
  await take.click()
  await rider.choose()
  await expect(page.getByTestId('booked')).toContainText(new RegExp(bookedFor, 'i'))
  await expect(page.getByTestId('next-line')).toContainText('There at')

  await page.reload()
  await expect(page.getByTestId('booked')).toBeVisible()
  await page.getByTestId('show-way').click()
  const way = page.getByTestId('journey')
  await expect(way).toContainText('The car is asked for.')
  await expect(way.getByTestId('journey-arrival')).toContainText('There at')
  await expectNoBarriers(page)
  await page.getByTestId('back-to-ride').click()
  await rider.cancel()
})
