import { expect, type Page } from '@playwright/test'
import { type Gallery, openGallery } from './people/gallery.ts'
import { pass } from './people/page-clock.ts'
import { NEAR, PICKUP, test } from './people/test.ts'

/** `HEXHAIL_E2E_MAPS=0` leaves the maps out where the machine is too slow for them. */
const MAPS = process.env.HEXHAIL_E2E_MAPS !== '0'
test.use({ maps: MAPS })
test.describe.configure({ mode: 'serial', timeout: 900_000 })

/** Longer than the pictures of two screens take. */
const BACK_S = 300
/** Which of the times, a quarter of an hour apart: more than an hour ahead. */
const AHEAD = 4
/** Longer than a request without an answer lives. */
const UNHEARD_S = 125
/** Later than any driver may be. */
const LATE_S = 900
/** A final signature is waited for less than this. */
const SILENT_S = 60

let gallery: Gallery
test.beforeAll(() => {
  gallery = openGallery()
})
test.afterAll(() => expect(gallery.violations).toEqual([]))

/** A dialog of the page's corner, opened, taken and closed. */
async function takeDialog(page: Page, button: string, name: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await gallery.take(page, name)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
}

test('every screen of a ride, as rider and driver see it', async ({ cast }) => {
  const rider = await cast.rider()
  const driver = await cast.driver('white Suzuki Swift')
  const hail = rider.page
  const taxi = driver.page

  await hail.goto(cast.urls.rider)
  await expect(hail.getByTestId('wallet-make')).toBeVisible()
  await gallery.take(hail, 'rider-01-wallet')
  await rider.enter()
  await gallery.take(hail, 'rider-02-pickup')
  await takeDialog(hail, 'Help', 'rider-03-help')
  await takeDialog(hail, 'Privacy', 'rider-04-privacy')
  await takeDialog(hail, 'Settings', 'rider-05-settings')
  await hail.getByRole('combobox').fill(PICKUP)
  await expect(hail.getByRole('option').first()).toBeVisible()
  await gallery.take(hail, 'rider-06-search')
  await rider.pick(PICKUP)
  await expect(hail.getByRole('combobox', { name: 'Destination' })).toBeVisible()
  await rider.pick(NEAR)
  await expect(hail.getByTestId('fill')).toBeVisible()
  await gallery.take(hail, 'rider-07-no-money')
  await hail.getByRole('button', { name: 'Your money' }).click()
  await gallery.take(hail, 'rider-08-money')
  await hail.getByTestId('back').click()
  await hail.getByRole('button', { name: 'Rides' }).click()
  await gallery.take(hail, 'rider-09-no-rides')
  await hail.getByTestId('back').click()
  await hail.getByTestId('fill').click()
  await expect(hail.getByTestId('ask')).toBeVisible()
  await gallery.take(hail, 'rider-10-plan')

  await taxi.goto(driver.url)
  await taxi.getByText('This device only').click()
  await taxi.getByTestId('wallet-make').click()
  await expect(taxi.getByTestId('profile-save')).toBeVisible()
  await gallery.take(taxi, 'driver-01-profile')
  await driver.introduce()
  await expect(taxi.getByTestId('permit-apply')).toBeVisible()
  await gallery.take(taxi, 'driver-02-permit')
  await taxi.getByTestId('permit-apply').click()
  await expect(taxi.getByTestId('online')).toBeVisible()
  await gallery.take(taxi, 'driver-03-offline')
  await driver.online()
  await gallery.take(taxi, 'driver-04-online')
  await taxi.getByTestId('earnings').click()
  await gallery.take(taxi, 'driver-05-no-earnings')
  await taxi.getByTestId('back').click()

  // Nobody has six seats, so this screen stands still.
  for (let seats = 1; seats < 6; seats++) await hail.getByRole('button', { name: 'Seats: More' }).click()
  await hail.getByTestId('ask').click()
  await gallery.take(hail, 'rider-11-asked')
  await pass(hail, UNHEARD_S)
  await expect(hail.getByTestId('ended-expired')).toContainText('Nobody near took the request')
  await gallery.take(hail, 'rider-26-nobody')
  await pass(hail, -UNHEARD_S)
  await hail.getByTestId('again').click()
  await hail.getByTestId('withdraw-request').click()
  await gallery.take(hail, 'rider-19-withdrawn')
  await hail.getByTestId('new-ride').click()
  for (let seats = 6; seats > 1; seats--) await hail.getByRole('button', { name: 'Seats: Less' }).click()
  // A clock set back keeps what is on the screens from running out while pictures are taken.
  await hail.getByTestId('ask').click()
  await expect(taxi.getByTestId('request')).toBeVisible()
  await pass(taxi, -BACK_S)
  await expect(hail.getByTestId('offer').first()).toBeVisible()
  await pass(hail, -BACK_S)
  await gallery.take(hail, 'rider-12-offers')
  await gallery.take(taxi, 'driver-06-request')
  await Promise.all([pass(hail, BACK_S), pass(taxi, BACK_S)])
  if (await taxi.getByTestId('request').isVisible()) await taxi.getByTestId('pass').click()
  await expect(taxi.getByTestId('request')).toHaveCount(0)
  // By now the request is over, or is about to be: it is asked for again, and answered at once.
  const over = hail.getByTestId('ended-expired').or(hail.getByTestId('ended-withdrawn'))
  await hail.getByTestId('withdraw-request').or(hail.getByTestId('new-ride')).first().click()
  await expect(over.or(hail.getByTestId('ask'))).toBeVisible()
  if (await over.isVisible()) await hail.getByTestId('new-ride').click()
  await hail.getByTestId('ask').click()
  await driver.offer()
  await expect(hail.getByTestId('offer').filter({ hasText: driver.car })).toBeVisible()
  await rider.choose(driver.car)
  await expect(hail.getByText('SBC 1234')).toBeVisible()
  await gallery.take(hail, 'rider-13-coming')
  await takeDialog(hail, 'Safety', 'rider-27-safety')
  await gallery.take(taxi, 'driver-07-approach')
  await hail.getByTestId('cancel').click()
  await gallery.take(hail, 'rider-14-cancel')
  await hail.getByRole('button', { name: 'Keep the ride' }).click()
  await driver.arrive()
  await gallery.take(taxi, 'driver-08-door')
  await expect(hail.getByTestId('send-pin')).toBeVisible()
  await gallery.take(hail, 'rider-15-door')
  await driver.typePin(await rider.pin())
  await expect(hail.getByTestId('stop-here')).toBeVisible()
  await gallery.take(hail, 'rider-16-riding')
  await gallery.take(taxi, 'driver-09-riding')
  await driver.finish()
  await pass(taxi, -BACK_S)
  await gallery.take(taxi, 'driver-10-finished')
  await gallery.take(hail, 'rider-17-finished')
  await pass(taxi, BACK_S)
  await expect(hail.getByTestId('settled')).toBeVisible()
  await expect(hail.getByTestId('proof')).toContainText('Checked')
  await gallery.take(hail, 'rider-18-paid')
  await expect(taxi.getByTestId('next')).toBeEnabled()
  await gallery.take(taxi, 'driver-11-paid')
  await taxi.getByTestId('next').click()
  await taxi.getByTestId('earnings').click()
  await expect(taxi.getByTestId('trips')).toBeVisible()
  await gallery.take(taxi, 'driver-12-earnings')
})

test('every screen of a ride that goes wrong', async ({ cast }) => {
  const rider = await cast.rider()
  const hail = rider.page
  const { rpcUrl } = (await (
    await hail.request.get(new URL('/config.json', cast.urls.rider).href)
  ).json()) as {
    rpcUrl: string
  }
  await rider.enter()
  await expect(hail.locator('.map')).toHaveAttribute('data-phase', MAPS ? 'ready' : 'missing')
  await hail.context().setOffline(true)
  for (const complaints of cast.complaints)
    complaints.expect(/WebSocket|ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch/)
  await expect(hail.getByText('No connection to other people')).toBeVisible()
  await gallery.take(hail, 'rider-20-no-network')
  await hail.context().setOffline(false)
  await hail.context().route(rpcUrl, route => route.abort())
  await expect(hail.getByText('The chain does not answer')).toBeVisible()
  await gallery.take(hail, 'rider-21-no-chain')
  await hail.context().unroute(rpcUrl)
  const second = await hail.context().newPage()
  await second.goto(cast.urls.rider)
  await expect(second.getByText('Hexhail is open in another tab')).toBeVisible()
  await gallery.take(second, 'rider-22-other-tab')
  await second.close()

  const driver = await cast.driver('silver Toyota Corolla')
  const taxi = driver.page
  await driver.enter()
  await driver.online()
  await rider.ask(PICKUP, NEAR)
  await driver.offer()
  await rider.choose(driver.car)
  await expect(hail.getByText('SBC 1234')).toBeVisible()
  await pass(hail, LATE_S)
  await expect(hail.getByText('The driver is late. You may cancel for free.')).toBeVisible()
  await gallery.take(hail, 'rider-23-late')
  await pass(hail, -LATE_S)
  await driver.arrive()
  const wrong = (await rider.pin()) === '0000' ? '1111' : '0000'
  const error = taxi.getByTestId('pin').getByRole('alert')
  await driver.typePin(wrong)
  await expect(error).toContainText('2 tries left')
  await gallery.take(taxi, 'driver-13-wrong-pin')
  for (const left of ['1 try left', 'Three wrong PINs']) {
    await driver.typePin(wrong)
    await expect(error).toContainText(left)
  }
  await expect(hail.getByText('Three wrong PINs.')).toBeVisible()
  await gallery.take(hail, 'rider-24-pin-blocked')
  await gallery.take(taxi, 'driver-14-pin-blocked')
  await hail.getByTestId('new-pin').click()
  await expect(taxi.locator('.pin-box').first()).toBeEnabled()
  await driver.typePin(await rider.pin())
  await expect(hail.getByTestId('stop-here')).toBeVisible()
  const address = hail.url()
  await hail.goto('about:blank')
  await driver.finish()
  await pass(taxi, SILENT_S)
  await expect(taxi.getByTestId('claim')).toBeVisible()
  await gallery.take(taxi, 'driver-15-rider-silent')
  await taxi.getByTestId('claim').click()
  await expect(taxi.getByTestId('case')).toHaveAttribute('data-state', 'claimed')
  await gallery.take(taxi, 'driver-16-claimed')
  await hail.goto(address)
  await expect(hail.getByText('The fare is being settled without you')).toBeVisible()
  await gallery.take(hail, 'rider-25-claimed')
})

test('every screen of a ride asked for ahead', async ({ cast }) => {
  const rider = await cast.rider()
  const driver = await cast.driver('grey Fiat Cronos')
  const hail = rider.page
  const taxi = driver.page
  await Promise.all([rider.enter(), driver.enter()])
  await driver.online()
  await rider.pick(PICKUP)
  await expect(hail.getByRole('combobox', { name: 'Destination' })).toBeVisible()
  await rider.pick(NEAR)
  await hail.getByTestId('fill').click()
  await expect(hail.getByTestId('ask')).toBeVisible()
  await hail.getByRole('radio', { name: 'Later' }).check()
  await hail.getByLabel('Pickup time').selectOption({ index: AHEAD })
  await gallery.take(hail, 'rider-28-later')
  await hail.getByTestId('ask').click()
  await expect(taxi.getByTestId('request')).toBeVisible()
  await pass(taxi, -BACK_S)
  await gallery.take(taxi, 'driver-17-request-later')
  await pass(taxi, BACK_S)
  await driver.offer()
  await rider.choose(driver.car)
  await expect(hail.getByTestId('booked')).toBeVisible()
  await gallery.take(hail, 'rider-29-booked')
  await hail.getByRole('button', { name: 'Rides' }).click()
  await gallery.take(hail, 'rider-30-coming-up')
  await expect(taxi.getByTestId('booked')).toBeVisible()
  await gallery.take(taxi, 'driver-18-booked')
  await taxi.getByTestId('booked').click()
  await gallery.take(taxi, 'driver-19-booked-ride')
})

test('every screen of the authority', async ({ cast }) => {
  const page = await (await cast.context('authority')).newPage()
  const { authority } = cast.urls
  await page.goto(new URL('/', authority).href)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.goto(`${new URL('/', authority).href}#/key`)
  await gallery.take(page, 'authority-01-key')
  await page.goto(authority)
  await expect(page.getByText('Right').first()).toBeAttached()
  await gallery.take(page, 'authority-02-settlements')
  const screens = [
    'map',
    'drivers',
    'tariff',
    'findings',
    'permits',
    'labour',
    'equity',
    'log',
    'treasury',
    'publish',
  ]
  for (const [at, screen] of screens.entries()) {
    const link = page.getByRole('navigation').locator(`a[href="#/${screen}"]`)
    await link.click()
    await expect(link).toHaveAttribute('aria-current', 'page')
    await gallery.take(page, `authority-${String(at + 3).padStart(2, '0')}-${screen}`)
  }
  await page.goto(`${new URL('/', authority).href}#/overview`)
  await page.locator('a[href^="#/trip/"]:visible').first().click()
  await expect(page.getByText('The chain confirms it')).toBeVisible()
  await gallery.take(page, 'authority-13-trip')
})
