import { expect } from '@playwright/test'
import { expectNoBarriers } from './people/axe.ts'
import type { Driver } from './people/driver.ts'
import { amountIn, receiptIn } from './people/money.ts'
import { pass } from './people/page-clock.ts'
import { meet } from './people/ride.ts'
import type { Rider } from './people/rider.ts'
import { type Cast, createCast, NEAR, PICKUP, test } from './people/test.ts'

const GIFT = 200_000_000n
/** Longer than the tariff's free seconds, shorter than the seconds after which a driver is late. */
const PAST_GRACE_S = 150
/** Which of the times, a quarter of an hour apart, the ride for later is for: more than an hour ahead. */
const AHEAD = 4
/** Later than any driver of these tests may be. */
const LATE_S = 900

/** One rider cancels five rides with one driver. */
test.describe.configure({ mode: 'serial' })

let cast: Cast
let driver: Driver
let rider: Rider
/** What the rider has paid so far, and the driver's part of it. */
let paid = 0n
let earned = 0n

test.beforeAll(async ({ browser, stack }) => {
  cast = createCast(browser, stack, false)
  rider = await cast.rider()
  driver = await cast.driver('green JAC E10X')
})
test.afterAll(async () => {
  await cast.leave()
  expect(cast.complaints.flatMap(each => each.all)).toEqual([])
})

/** The next ride of the two, up to the held fare. */
async function meetAgain(): Promise<void> {
  await rider.page.getByTestId('new-ride').click()
  await driver.page.getByTestId('next').click()
  await rider.page.getByTestId('ask').click()
  await driver.offer()
  await rider.choose(driver.car)
  await expect(rider.page.getByText('SBC 1234')).toBeVisible()
}

test('a cancel in the first two minutes is free, as the button says', async ({ witness }) => {
  await meet(rider, driver)
  expect(await rider.cancel()).toContain('free')
  await expect(rider.page.getByTestId('ended-released')).toBeVisible()
  await expect(driver.page.getByTestId('trip-end')).toContainText('The rider cancelled in time')

  const { terms } = (await witness.facts()).findLast(each => each.fact === 'released')!
  const held = await witness.fact(terms, 'held')
  expect(await witness.reader.account(held.rider)).toEqual({ free: GIFT, held: 0n })
  expect((await witness.reader.account(held.driver)).free).toBe(0n)
})

test('a cancel after the free time costs what the button says, and not a unit more', async ({ witness }) => {
  await meetAgain()
  await driver.arrive()
  await expect(rider.page.getByTestId('send-pin')).toBeVisible()
  await pass(rider.page, PAST_GRACE_S)
  await expect(rider.page.getByTestId('cancel')).toContainText('costs $')

  const fee = amountIn(await rider.cancel())
  await expect(rider.page.getByTestId('settled')).toContainText('Ride cancelled')
  await pass(rider.page, -PAST_GRACE_S)
  const receipt = await receiptIn(rider.page.getByTestId('settled'))
  const settled = await witness.fact(receipt.tripId, 'settled')
  paid = settled.fare
  earned = settled.fare - settled.levy
  expect(fee).toBeGreaterThan(0n)
  expect(receipt.total).toBe(settled.fare)
  // The button rounds to hundredths.
  expect((settled.fare + 5_000n) / 10_000n).toBe(fee / 10_000n)
  expect([settled.wait, settled.toll, settled.tip]).toEqual([0n, 0n, 0n])
  expect(await witness.reader.account(settled.rider)).toEqual({ free: GIFT - paid, held: 0n })
  expect((await witness.reader.account(settled.driver)).free).toBe(earned)
})

test('a ride asked for ahead stands with both, beside one of now, and nobody drives yet; a cancel is free', async ({
  witness,
}) => {
  const { page } = rider
  await page.getByTestId('new-ride').click()
  await driver.page.getByTestId('next').click()
  await page.getByRole('radio', { name: 'Later' }).check()
  const times = page.getByLabel('Pickup time')
  const chosen = (await times.locator('option').nth(AHEAD).textContent())!
  await times.selectOption({ index: AHEAD })
  await expect(page.getByTestId('around')).toContainText('can hear you now')
  await expectNoBarriers(page)
  await page.getByTestId('ask').click()
  await expect(driver.page.getByTestId('request')).toContainText('For later')
  await expect(driver.page.getByTestId('request')).toContainText(chosen)
  await driver.offer()
  await rider.choose(driver.car)
  await expect(page.getByTestId('booked')).toContainText(chosen)
  await page.getByRole('button', { name: 'Rides' }).click()
  await expect(page.getByTestId('upcoming')).toContainText(chosen)
  await page.getByTestId('upcoming').click()

  await expect(driver.page.getByTestId('booked')).toContainText(chosen)
  await expect(driver.page.getByTestId('online')).toBeVisible()

  await page.getByTestId('another').click()
  await rider.pick(NEAR)
  await expect(page.getByText(/^Booked for /)).toBeVisible()
  await page.getByTestId('ask').click()
  await driver.offer()
  await rider.choose(driver.car)
  await expect(page.getByTestId('eta')).toBeVisible()
  await expectNoBarriers(page)
  await page.reload()
  await expect(page.getByTestId('eta')).toBeVisible()
  expect(await rider.cancel()).toContain('free')
  await expect(page.getByTestId('ended-released')).toBeVisible()
  await driver.page.getByTestId('next').click()
  await page.getByTestId('other-ride').click()
  await expect(page.getByTestId('booked')).toContainText(chosen)
  await expectNoBarriers(page, driver.page)
  expect(await rider.cancel()).toContain('free')
  await expect(page.getByTestId('ended-released')).toBeVisible()
  await expect(driver.page.getByTestId('trip-end')).toContainText('The rider cancelled in time')
  const { terms } = (await witness.facts()).findLast(each => each.fact === 'released')!
  const held = await witness.fact(terms, 'held')
  expect(await witness.reader.account(held.rider)).toEqual({ free: GIFT - paid, held: 0n })
})

test('a driver who does not move is late: the rider is told so and cancels free', async ({ witness }) => {
  const { page } = driver
  await page.context().grantPermissions(['geolocation'])
  await page.context().setGeolocation({ longitude: -56.1835, latitude: -34.9065 })
  // The demo's own wheels are off: the car stands where the device says.
  await page.getByTestId('next').click()
  await page.getByRole('switch').click()
  await rider.page.getByTestId('new-ride').click()
  // The page was loaded anew, and has forgotten where to.
  await rider.ask(PICKUP, NEAR)
  await driver.offer()
  await rider.choose(driver.car)
  await expect(rider.page.getByText('SBC 1234')).toBeVisible()

  await pass(rider.page, LATE_S)
  await expect(rider.page.getByText('The driver is late. You may cancel for free.')).toBeVisible()
  expect(await rider.cancel()).toContain('free')
  await expect(rider.page.getByTestId('ended-released')).toBeVisible()
  const { terms } = (await witness.facts()).findLast(each => each.fact === 'released')!
  const held = await witness.fact(terms, 'held')
  expect(await witness.reader.account(held.rider)).toEqual({ free: GIFT - paid, held: 0n })
  expect((await witness.reader.account(held.driver)).free).toBe(earned)
})
