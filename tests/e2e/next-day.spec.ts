import { expect } from '@playwright/test'
import type { Driver } from './people/driver.ts'
import { pass } from './people/page-clock.ts'
import { board, meet } from './people/ride.ts'
import type { Rider } from './people/rider.ts'
import { type Cast, createCast, test } from './people/test.ts'

const GIFT = 200_000_000n
/** Later than any driver of these tests may be. */
const LATE_S = 900
/** A final signature is waited for less than this, and so is the answer to a cancel. */
const SILENT_S = 60
const DAY_S = 86_400 + 120

/** What a party who is gone leaves behind: the three tests are one story. */
test.describe.configure({ mode: 'serial' })

let cast: Cast
let driver: Driver
let rider: Rider
let claimed: `0x${string}`
let left: `0x${string}`

test.beforeAll(({ browser, stack }) => {
  cast = createCast(browser, stack, false)
})
test.afterAll(async () => {
  await cast.leave()
  expect(cast.complaints.flatMap(each => each.all)).toEqual([])
})

test('a rider is silent after the start: the driver claims the fare with the boarding secret', async ({
  witness,
}) => {
  const silent = await cast.rider()
  driver = await cast.driver('white BYD Dolphin')
  await meet(silent, driver)
  await board(silent, driver)
  await silent.page.context().close()
  await driver.finish()
  await expect(driver.page.getByTestId('settle-state')).toHaveAttribute('data-state', 'waiting')
  await pass(driver.page, SILENT_S)
  await driver.page.getByTestId('claim').click()
  await expect(driver.page.getByTestId('case')).toHaveAttribute('data-state', 'claimed')

  const fact = (await witness.facts()).findLast(each => each.fact === 'claimed')
  if (fact?.fact !== 'claimed') throw new Error('The chain knows of no claim.')
  claimed = fact.terms
  expect(fact.boarded).toBe(true)
  expect((await witness.reader.account((await witness.fact(claimed, 'held')).driver)).free).toBe(0n)
})

test('a driver is gone before the door: the rider is told, and leaves through the vault without a cost', async ({
  witness,
}) => {
  rider = await cast.rider()
  const gone = await cast.driver('silver Toyota Corolla')
  await meet(rider, gone)
  await gone.page.context().close()
  await pass(rider.page, LATE_S)
  await witness.pass(LATE_S)
  await expect(rider.page.getByText('The driver is late. You may cancel for free.')).toBeVisible()
  expect(await rider.cancel()).toContain('free')
  await pass(rider.page, SILENT_S)
  await expect(rider.page.getByTestId('case-cancelled')).toContainText('You left through the vault')

  const fact = (await witness.facts()).findLast(each => each.fact === 'cancelled')
  if (fact?.fact !== 'cancelled') throw new Error('The chain knows of no cancel.')
  left = fact.terms
  expect(fact.fee).toBe(0n)
})

test('a day later the vault pays the driver, and gives the rider everything back', async ({ witness }) => {
  const levyBefore = await witness.levy()
  await witness.pass(DAY_S)
  await pass(driver.page, DAY_S)
  // Each device closes its case by itself once the day is over; nobody has to press anything.
  await expect(driver.page.getByTestId('trip-end')).toHaveAttribute('data-state', 'closed')
  const claim = await witness.fact(claimed, 'claimed')
  const paid = await witness.fact(claimed, 'closed')
  const ride = await witness.fact(claimed, 'held')
  const levy = (await witness.levy()) - levyBefore
  expect(paid.toDriver).toBe(claim.amount)
  expect(levy).toBe((claim.amount * 300n) / 10_000n)
  expect((await witness.reader.account(ride.driver)).free).toBe(claim.amount - levy)
  expect(await witness.reader.account(ride.rider)).toEqual({ free: GIFT - claim.amount, held: 0n })

  await pass(rider.page, DAY_S)
  await expect(rider.page.getByTestId('case-closed')).toBeVisible()
  expect((await witness.fact(left, 'closed')).toDriver).toBe(0n)
  const mine = await witness.fact(left, 'held')
  expect(await witness.reader.account(mine.rider)).toEqual({ free: GIFT, held: 0n })
})
