import { expect } from '@playwright/test'
import { showAddress } from './people/path.ts'
import { expectPaid, meet } from './people/ride.ts'
import { test } from './people/test.ts'

test('rider and driver reload their pages on the way, at the door and while riding; each time the trip is there and goes on', async ({
  cast,
}) => {
  const rider = await cast.rider()
  const driver = await cast.driver('blue Fiat Cronos')
  const { page } = rider
  await meet(rider, driver)
  // Straight links end with their pages, and the conversation must not.
  await showAddress(page)
  await showAddress(driver.page)

  await page.reload()
  await expect(page.getByTestId('eta')).toBeVisible()
  await expect(page.getByText('blue Fiat Cronos')).toBeVisible()
  await driver.arrive()
  const pin = await rider.pin()

  await page.reload()
  expect(await rider.pin()).toBe(pin)
  await driver.typePin(pin)
  await expect(page.getByTestId('stop-here')).toBeVisible()

  await Promise.all([page.reload(), driver.page.reload()])
  await expect(page.getByTestId('stop-here')).toBeVisible()
  await driver.finish()
  await driver.settle()
  await expectPaid(rider)

  await page.reload()
  await expect(page.getByTestId('settled')).toBeVisible()
})
