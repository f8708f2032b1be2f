import { expect } from '@playwright/test'
import { amountIn, receiptIn } from './people/money.ts'
import { pass } from './people/page-clock.ts'
import { meet } from './people/ride.ts'
import { test } from './people/test.ts'

const GIFT = 200_000_000n
/** Longer than the tariff's free seconds, shorter than the seconds after which a driver is late. */
const PAST_GRACE_S = 150
/** Later than any driver of these tests may be. */
const LATE_S = 900

test('a cancel in the first two minutes is free, as the button says', async ({ cast, witness }) => {
  const rider = await cast.rider()
  const driver = await cast.driver('green JAC E10X')
  await meet(rider, driver)
  expect(await rider.cancel()).toContain('free')
  await expect(rider.page.getByTestId('ended-released')).toBeVisible()
  await expect(driver.page.getByTestId('trip-end')).toContainText('The rider cancelled in time')

  const trips = await witness.facts()
  const { terms } = trips.findLast(each => each.fact === 'released')!
  const held = await witness.fact(terms, 'held')
  expect(await witness.reader.account(held.rider)).toEqual({ free: GIFT, held: 0n })
  expect((await witness.reader.account(held.driver)).free).toBe(0n)
})

test('a cancel after the free time costs what the button says, and not a unit more', async ({
  cast,
  witness,
}) => {
  const rider = await cast.rider()
  const driver = await cast.driver('white BYD Dolphin')
  await meet(rider, driver)
  await driver.arrive()
  await expect(rider.page.getByTestId('send-pin')).toBeVisible()
  await pass(rider.page, PAST_GRACE_S)
  await expect(rider.page.getByTestId('cancel')).toContainText('costs $')

  const fee = amountIn(await rider.cancel())
  await expect(rider.page.getByTestId('settled')).toContainText('Ride cancelled')
  const receipt = await receiptIn(rider.page.getByTestId('settled'))
  const settled = await witness.fact(receipt.tripId, 'settled')
  expect(fee).toBeGreaterThan(0n)
  expect(receipt.total).toBe(settled.fare)
  // The button rounds to hundredths.
  expect((settled.fare + 5_000n) / 10_000n).toBe(fee / 10_000n)
  expect([settled.wait, settled.toll, settled.tip]).toEqual([0n, 0n, 0n])
  expect(await witness.reader.account(settled.rider)).toEqual({ free: GIFT - settled.fare, held: 0n })
  expect((await witness.reader.account(settled.driver)).free).toBe(settled.fare - settled.levy)
})

test('a driver who does not move is late: the rider is told so and cancels free', async ({
  cast,
  witness,
}) => {
  const rider = await cast.rider()
  const driver = await cast.driver('silver Toyota Corolla')
  await driver.page.context().grantPermissions(['geolocation'])
  await driver.page.context().setGeolocation({ longitude: -56.1835, latitude: -34.9065 })
  await Promise.all([driver.enter(), rider.enter()])
  // The demo's own wheels are off: the car stands where the device says.
  await driver.page.getByRole('switch').click()
  await driver.online()
  await rider.ask('18 de julio 1453', 'tres cruces')
  await driver.offer()
  await rider.choose(driver.car)
  await expect(rider.page.getByText('SBC 1234')).toBeVisible()

  await pass(rider.page, LATE_S)
  await expect(rider.page.getByText('The driver is late. You may cancel for free.')).toBeVisible()
  expect(await rider.cancel()).toContain('free')
  await expect(rider.page.getByTestId('ended-released')).toBeVisible()
  const { terms } = (await witness.facts()).findLast(each => each.fact === 'released')!
  const held = await witness.fact(terms, 'held')
  expect(await witness.reader.account(held.rider)).toEqual({ free: GIFT, held: 0n })
})
