import { expect } from '@playwright/test'
import { board, expectPaid, meet } from './people/ride.ts'
import { test } from './people/test.ts'

test('a rider reloads the page on the way, at the door and while riding; each time the trip is there and goes on', async ({
  cast,
}) => {
  const rider = await cast.rider()
  const driver = await cast.driver('blue Fiat Cronos')
  const { page } = rider
  await meet(rider, driver)

  await page.reload()
  await expect(page.getByTestId('eta')).toBeVisible()
  await expect(page.getByText('blue Fiat Cronos')).toBeVisible()
  await driver.arrive()
  const pin = await rider.pin()

  await page.reload()
  expect(await rider.pin()).toBe(pin)
  await driver.typePin(pin)
  await expect(page.getByTestId('stop-here')).toBeVisible()

  await page.reload()
  await expect(page.getByTestId('stop-here')).toBeVisible()
  await driver.finish()
  await expectPaid(rider)

  await page.reload()
  await expect(page.getByTestId('settled')).toBeVisible()
})

test('a driver reloads the page while driving, and the trip goes on', async ({ cast }) => {
  const rider = await cast.rider()
  const driver = await cast.driver('red Renault Logan')
  await meet(rider, driver)
  await board(rider, driver)
  await driver.page.reload()
  await driver.finish()
  await expectPaid(rider)
})
