import { expect } from '@playwright/test'
import { expectNoBarriers } from './people/axe.ts'
import { pass } from './people/page-clock.ts'
import { expectPaid, meet } from './people/ride.ts'
import { fillDisk } from './people/storage.ts'
import { NEAR, PICKUP, test } from './people/test.ts'

/** Longer than a request without an answer lives. */
const UNHEARD_S = 125

test('three wrong PINs block the start until the rider gives a new one; a wish to stop ends the ride early; a full disk ends no ride', async ({
  cast,
}) => {
  const rider = await cast.rider()
  const driver = await cast.driver('green JAC E10X')
  await meet(rider, driver)
  for (const complaints of cast.complaints) complaints.expect(/QuotaExceededError/)
  const freeDisks = await Promise.all([fillDisk(rider.page), fillDisk(driver.page)])
  await driver.arrive()
  const wrong = (await rider.pin()) === '0000' ? '1111' : '0000'
  const error = driver.page.getByTestId('pin').getByRole('alert')
  for (const left of ['2 tries left', '1 try left', 'Three wrong PINs']) {
    await driver.typePin(wrong)
    await expect(error).toContainText(left)
  }
  await expect(rider.page.getByText('Three wrong PINs.')).toBeVisible()
  await rider.page.getByTestId('new-pin').click()
  await expect(driver.page.locator('.pin-box').first()).toBeEnabled()
  await driver.typePin(await rider.pin())

  await rider.page.getByTestId('stop-here').click()
  await expect(rider.page.getByText('The driver was asked to stop.')).toBeVisible()
  await expect(driver.page.getByText('The rider asks to stop here.')).toBeVisible()
  // The simulated car may reach the destination at any moment: the button for an early end then gives way to the other.
  await expect(async () => {
    for (const id of ['finish', 'finish-early-yes', 'finish-early']) {
      const button = driver.page.getByTestId(id)
      if (await button.isVisible()) await button.click({ timeout: 2_000 })
    }
    await expect(driver.page.getByTestId('settle-state')).toBeVisible({ timeout: 3_000 })
  }).toPass()
  await driver.settle()
  await expectPaid(rider)

  const full = rider.page.getByText('The storage of this device is full. A ride under way goes on')
  await expect(full).toBeVisible()
  await rider.page.getByTestId('new-ride').click()
  await rider.page.getByTestId('ask').click()
  await expect(rider.page.getByText('Free some space, then ask again.')).toBeVisible()
  await Promise.all(freeDisks.map(free => free()))
  await rider.page.getByTestId('ask').click()
  await expect(full).toBeHidden()
  await rider.page.getByTestId('withdraw-request').click()
})

test('nobody has six seats: the rider hears so, may ask again, and may take it back', async ({ cast }) => {
  const { page, enter, pick } = await cast.rider()
  await enter()
  await pick(PICKUP)
  await expect(page.getByRole('combobox', { name: 'Destination' })).toBeVisible()
  await pick(NEAR)
  await expect(
    page.getByText(/You need \$[\d.]+ in the vault for this ride and have \$0\.00\./),
  ).toBeVisible()
  await page.getByTestId('fill').click()
  await expect(page.getByTestId('ask')).toBeVisible()
  await expect(page.getByText('You need')).toHaveCount(0)
  for (let seats = 1; seats < 6; seats++) await page.getByRole('button', { name: 'Seats: more' }).click()
  await page.getByTestId('ask').click()
  await expect(page.getByText('Asking the drivers near you')).toBeVisible()
  await pass(page, UNHEARD_S)
  await expect(page.getByTestId('ended-expired')).toContainText('Nobody near took the request')
  await expectNoBarriers(page)
  await page.getByTestId('again').click()
  await page.getByTestId('withdraw-request').click()
  await expect(page.getByTestId('ended-withdrawn')).toBeVisible()
  await page.getByTestId('new-ride').click()
  await expect(page.getByTestId('ask')).toBeVisible()
})

test('a page without a network says so, and that it is back', async ({ cast }) => {
  const { page, enter } = await cast.rider()
  for (const complaints of cast.complaints) complaints.expect(/WebSocket|ERR_INTERNET_DISCONNECTED/)
  await enter()
  const lost = page.getByText('No connection to other people')
  await expect(lost).toBeHidden()
  await page.context().setOffline(true)
  await expect(lost).toBeVisible()
  await page.context().setOffline(false)
  await expect(lost).toBeHidden()
})

test('a map whose code does not arrive is fetched again, and is not taken for a browser without one', async ({
  cast,
}) => {
  const { page, enter } = await cast.rider()
  for (const complaints of cast.complaints) complaints.expect(/ERR_FAILED|create-map/)
  await page.route('**/create-map*.js', route => route.abort())
  const failed = page.waitForEvent('requestfailed')
  await enter()
  await failed
  await expect(page.locator('.map')).toHaveAttribute('data-phase', 'loading')
  await page.unroute('**/create-map*.js')
  // There is no WebGL in these tests: now the map says so.
  await expect(page.getByText('This browser cannot draw the map')).toBeVisible()
})

test('a second tab waits until the first is closed', async ({ cast }) => {
  const { page, enter } = await cast.rider()
  await enter()
  const second = await page.context().newPage()
  await second.goto(page.url())
  await expect(second.getByText('Hexhail is open in another tab')).toBeVisible()
  await page.close()
  await expect(second.getByRole('combobox', { name: 'Pickup' })).toBeVisible()
})
