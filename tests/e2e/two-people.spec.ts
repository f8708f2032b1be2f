import { expect } from '@playwright/test'
import { expectNoBarriers } from './people/axe.ts'
import { keptKeys } from './people/keys.ts'
import { amountAt, receiptIn } from './people/money.ts'
import { expectPath, showAddress } from './people/path.ts'
import { board, expectPaid, meet } from './people/ride.ts'
import { test } from './people/test.ts'

/** What the faucet puts into a new rider's vault balance. */
const GIFT = 200_000_000n

test.use({ maps: true })

test('a rider and a driver go all the way, and the chain has what their receipts say', async ({
  cast,
  witness,
}) => {
  const levyBefore = await witness.levy()
  const rider = await cast.rider()
  const driver = await cast.driver('white Suzuki Swift')
  await meet(rider, driver)
  await expect(rider.page.getByText('white Suzuki Swift')).toBeVisible()
  await rider.page.getByTestId('safety').click()
  const safety = rider.page.getByRole('dialog')
  await expect(safety.getByRole('link', { name: 'Call 911' })).toHaveAttribute('href', 'tel:911')
  await expect(safety.getByText('SBC 1234', { exact: true })).toBeVisible()
  await expect(safety.getByText(/^-34\.\d{5}, -56\.\d{5}$/)).toBeVisible()
  await expect(safety.getByTestId('share-text')).toContainText('Elena picks me up about')
  await expectNoBarriers(rider.page, driver.page)
  await rider.page.keyboard.press('Escape')
  await showAddress(rider.page)
  await showAddress(driver.page)
  await board(rider, driver)

  for (const page of [rider.page, driver.page]) {
    const keys = await keptKeys(page)
    expect(keys.map(key => key.algorithm)).toEqual(expect.arrayContaining(['ECDSA', 'X25519', 'AES-GCM']))
    expect(keys.filter(key => key.extractable || key.exported)).toEqual([])
  }
  await expect(driver.page.getByTestId('quote')).toBeVisible()
  await expectNoBarriers(rider.page, driver.page)
  const soFar = rider.page.locator('.meter-amount')
  await expect.poll(() => amountAt(soFar), { timeout: 90_000 }).toBeGreaterThan(0n)
  await expectPath(rider.page, driver.page)
  await driver.finish()

  await rider.page.getByRole('radio', { name: '10 %' }).check()
  await rider.page.getByTestId('tip').click()
  await expectPaid(rider)
  await rider.page.getByRole('radio').last().check()
  await expect(driver.page.getByTestId('settle-state')).toHaveAttribute('data-state', 'settled')
  await expect(driver.page.getByTestId('proof')).toContainText('Checked')
  await expectNoBarriers(rider.page, driver.page)

  const theirs = await receiptIn(rider.page.getByTestId('settled'))
  const mine = await receiptIn(driver.page.getByTestId('settle-state'))
  const settled = await witness.fact(theirs.tripId, 'settled')
  expect(mine.tripId).toBe(theirs.tripId)
  expect(settled.tip).toBe(settled.fare / 10n)
  expect(theirs.total).toBe(settled.fare + settled.wait + settled.toll + settled.tip)
  expect(mine.total).toBe(theirs.total - settled.levy)

  expect(await witness.reader.account(settled.rider)).toEqual({ free: GIFT - theirs.total, held: 0n })
  expect(await witness.reader.account(settled.driver)).toEqual({ free: mine.total, held: 0n })
  expect((await witness.levy()) - levyBefore).toBe(settled.levy)

  await expect(driver.page.getByText('Trip record filed for the city.')).toBeVisible()
  await driver.page.getByTestId('next').click()
  await expect(driver.page.getByTestId('today')).toHaveText(`$${(Number(mine.total) / 1e6).toFixed(2)}`)
  await rider.page.getByTestId('new-ride').click()
  await rider.page.getByRole('button', { name: 'Rides' }).click()
  await rider.page.getByRole('main').getByRole('listitem').getByRole('button').click()
  await expect(rider.page.getByTestId('proof')).toContainText('Checked')

  await rider.page.getByRole('button', { name: 'Privacy' }).click()
  await rider.page.getByTestId('forget').click()
  await rider.page.getByTestId('forget-sure').click()
  await expect(rider.page.getByText('Your rides are deleted from this device.')).toBeVisible()
  await expectNoBarriers(rider.page)
  await rider.page.keyboard.press('Escape')
  await rider.page.getByTestId('back').click()
  await rider.page.getByTestId('back').click()
  await rider.page.getByRole('button', { name: 'Rides' }).click()
  await expect(rider.page.getByText('No rides yet.')).toBeVisible()
})
