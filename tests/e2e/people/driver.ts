import { expect, type Page } from '@playwright/test'

/** What a driver does with the page, as a person does it. */
export interface Driver {
  readonly page: Page
  readonly car: string
  /** The address of the page, with the place where the car stands. */
  readonly url: string
  /** First visit: wallet, car, permit. */
  enter(): Promise<void>
  /** Fills in who drives, in what. */
  introduce(): Promise<void>
  /** Waits for a request and offers. */
  offer(): Promise<void>
  online(): Promise<void>
  /** Is at the rider's door, by the map, and says so. */
  arrive(): Promise<void>
  typePin(pin: string): Promise<void>
  /** Is at the destination, by the map, and says so. */
  finish(): Promise<void>
  /** Waits for no tip: has the signed fare settled at once. */
  settle(): Promise<void>
}

/** Where a driver begins. */
export interface DriverStart {
  readonly url: string
  readonly at: readonly [lng: number, lat: number]
  readonly car: string
}

/** Puts a driver in front of a page. */
export function driverAt(page: Page, { url: app, at, car }: DriverStart): Driver {
  const url = `${app}?at=${at.join(',')}`
  const tap = (id: string): Promise<void> => page.getByTestId(id).click()
  const introduce = async (): Promise<void> => {
    await page.getByLabel('First name').fill('Elena')
    await page.getByLabel(/^Car/).fill(car)
    await page.getByLabel('Number plate').fill('SBC 1234')
    await tap('profile-save')
  }
  return {
    page,
    car,
    url,
    introduce,
    async enter() {
      await page.goto(url)
      await page.getByText('This device only').click()
      await tap('wallet-make')
      await introduce()
      await tap('permit-apply')
      await expect(page.getByTestId('online')).toBeVisible()
    },
    async online() {
      await tap('online')
      await expect(page.getByTestId('online')).toHaveAttribute('aria-pressed', 'true')
    },
    async offer() {
      await page.getByTestId('request').getByTestId('offer').click()
    },
    async arrive() {
      await expect(page.getByTestId('arrived')).not.toContainText('not there yet')
      await tap('arrived')
      await expect(page.getByTestId('pin')).toBeVisible()
    },
    async typePin(pin) {
      for (const [at, digit] of [...pin].entries()) await page.locator('.pin-box').nth(at).fill(digit)
    },
    async finish() {
      await expect(page.getByTestId('finish')).toBeVisible({ timeout: 120_000 })
      await tap('finish')
    },
    settle: () => tap('settle'),
  }
}
