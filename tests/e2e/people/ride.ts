import { expect } from '@playwright/test'
import type { Driver } from './driver.ts'
import type { Rider } from './rider.ts'
import { NEAR, PICKUP } from './test.ts'

/** Brings a rider and a driver together: from two empty browsers to a held fare. */
export async function meet(rider: Rider, driver: Driver, to = NEAR): Promise<void> {
  await Promise.all([driver.enter(), rider.enter()])
  await driver.online()
  await rider.ask(PICKUP, to)
  await driver.offer()
  await rider.choose(driver.car)
  await expect(rider.page.getByText('SBC 1234')).toBeVisible()
}

/** On from a held fare until the car drives: to the door, the plate, the PIN. */
export async function board(rider: Rider, driver: Driver): Promise<void> {
  await driver.arrive()
  await driver.typePin(await rider.pin())
  await expect(rider.page.getByTestId('stop-here')).toBeVisible()
}

/** The rider's page shows the receipt, looked up on the chain. */
export async function expectPaid({ page }: Rider): Promise<void> {
  await expect(page.getByTestId('settled')).toBeVisible({ timeout: 120_000 })
  await expect(page.getByTestId('proof')).toHaveText('Checked: this settlement is on the chain.')
  await expect(page.getByTestId('public-record')).toHaveAttribute('data-state', 'included')
  await expect(page.getByTestId('public-record')).toContainText('witnessed by')
}
