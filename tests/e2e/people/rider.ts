import { expect, type Page } from '@playwright/test'

/** What a rider does with the page, as a person does it. */
export interface Rider {
  readonly page: Page
  /** First visit: makes a wallet that this device opens. */
  enter(): Promise<void>
  /** Picks one end of the ride by its name. */
  pick(text: string): Promise<void>
  /** Where from, where to; test money where there is not enough; then asks. */
  ask(from: string, to: string, how?: { readonly shares: boolean }): Promise<void>
  /** Chooses the offer of a car, or the best one. */
  choose(car?: string): Promise<void>
  /** The PIN that the page shows. */
  pin(): Promise<string>
  /** Cancels, and says yes; returns the words on the button. */
  cancel(): Promise<string>
}

/** Puts a rider in front of a page. */
export function riderAt(page: Page, url: string): Rider {
  const tap = (id: string): Promise<void> => page.getByTestId(id).click()
  const pick = async (text: string): Promise<void> => {
    const search = page.getByRole('combobox')
    await search.fill(text)
    await page.getByRole('option').first().click()
  }
  return {
    page,
    pick,
    async enter() {
      await page.goto(url)
      await page.getByText('This device only').click()
      await tap('wallet-make')
      await expect(page.getByRole('combobox', { name: 'Pickup' })).toBeVisible()
    },
    async ask(from, to, { shares } = { shares: false }) {
      await pick(from)
      await expect(page.getByRole('combobox', { name: 'Destination' })).toBeVisible()
      await pick(to)
      await expect(page.getByTestId('fill').or(page.getByTestId('ask'))).toBeEnabled()
      if (shares) await page.getByLabel('Share the car, pay less').check()
      if (await page.getByTestId('fill').isVisible()) await tap('fill')
      await tap('ask')
    },
    async choose(car) {
      const offers = page.getByTestId('offer')
      await (car === undefined ? offers : offers.filter({ hasText: car })).first().click()
    },
    async pin() {
      const shown = page.locator('.pin[data-show] .pin-box')
      await expect(shown).toHaveCount(4)
      return (await shown.allTextContents()).join('')
    },
    async cancel() {
      const words = (await page.getByTestId('cancel').textContent()) ?? ''
      await tap('cancel')
      await tap('cancel-sure')
      return words
    },
  }
}
