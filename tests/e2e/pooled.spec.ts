import { expect } from '@playwright/test'
import { expectNoBarriers } from './people/axe.ts'
import { receiptIn } from './people/money.ts'
import { board, expectPaid } from './people/ride.ts'
import type { Rider } from './people/rider.ts'
import { NEAR, PICKUP, test } from './people/test.ts'

/** What the page says that the ride costs now, and instead of what, minor units to the cent. */
async function sharedFare({ page }: Rider): Promise<readonly [now: bigint, before: bigint]> {
  const words = page.getByText('You share the car')
  const [now, before] = [...((await words.textContent()) ?? '').matchAll(/\$(\d+)\.(\d\d)/g)]
  const units = (found: RegExpMatchArray | undefined): bigint => BigInt(`${found![1]}${found![2]}`) * 10_000n
  return [units(now), units(before)]
}

test('two riders share a car, each with a fare, a PIN and a receipt of his own', async ({
  cast,
  witness,
}) => {
  const [ann, bea, driver] = [await cast.rider(), await cast.rider(), await cast.driver('red Fiat Cronos')]
  await Promise.all([ann.enter(), bea.enter(), driver.enter()])
  await driver.online()
  await ann.ask(PICKUP, NEAR, { shares: true })
  await driver.offer()
  await ann.choose(driver.car)
  await expect(driver.page.getByTestId('arrived')).toBeEnabled()

  await bea.ask(PICKUP, NEAR, { shares: true })
  await expect(driver.page.getByText('Somebody would join')).toBeVisible()
  await driver.offer()
  await bea.choose(driver.car)
  const stops = driver.page.getByTestId('stops').getByRole('listitem')
  await expect(stops).toHaveCount(4)
  await expect(stops.first()).toContainText('Fetch')
  await expectNoBarriers(driver.page)
  await board(ann, driver)
  await expect(stops).toHaveCount(3)
  await board(bea, driver)
  await expect(stops).toHaveCount(2)
  await expectNoBarriers(ann.page, driver.page)
  const said = await Promise.all([sharedFare(ann), sharedFare(bea)])
  for (const [now, before] of said) expect(now).toBeLessThan(before)

  await driver.finish()
  await driver.settle()
  await expect(driver.page.getByTestId('settle-state')).toHaveAttribute('data-state', 'settled')
  await driver.page.getByTestId('next').click()
  await driver.finish()
  await driver.settle()
  await Promise.all([expectPaid(ann), expectPaid(bea)])
  const trips = await Promise.all([ann, bea].map(({ page }) => receiptIn(page.getByTestId('settled'))))
  expect(new Set(trips.map(({ tripId }) => tripId)).size).toBe(2)
  for (const [i, { tripId }] of trips.entries()) {
    const { fare } = await witness.fact(tripId, 'settled')
    expect(fare / 10_000n).toBeLessThanOrEqual(said[i]![0] / 10_000n)
  }
})
