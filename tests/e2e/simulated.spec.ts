import { readFile } from 'node:fs/promises'
import { verifyLogFile } from '@hexhail/audit/log/evidence.ts'
import { expect } from '@playwright/test'
import { expectNoBarriers, tabStops } from './people/axe.ts'
import { beyondPx } from './people/beyond.ts'
import { weigh } from './people/first-load.ts'
import { amountAt, receiptIn } from './people/money.ts'
import { provenByKeys, provenFigure } from './people/prove.ts'
import { NEAR, PHONE, PICKUP, test } from './people/test.ts'

/** All that the authority's first screen loads, compressed, at most (the product allows 450); the map comes when it is scrolled to. */
const FIRST_LOAD_KB = 300

test('a rider goes with a simulated driver, and the authority finds the fare right', async ({
  cast,
  stack,
  witness,
}) => {
  const levyBefore = await witness.levy()
  const rider = await cast.rider()
  await rider.enter()
  await rider.ask(PICKUP, NEAR)
  await rider.choose()
  await expect(rider.page.getByTestId('eta')).toBeVisible()
  await rider.page.getByTestId('send-pin').click({ timeout: 120_000 })
  await expect(rider.page.getByTestId('stop-here')).toBeVisible()
  await expect(rider.page.getByTestId('settled')).toBeVisible({ timeout: 180_000 })
  await expect(rider.page.getByTestId('proof')).toHaveText('Checked: this settlement is on the chain.')

  const receipt = await receiptIn(rider.page.getByTestId('settled'))
  const settled = await witness.fact(receipt.tripId, 'settled')
  expect(receipt.total).toBe(settled.fare + settled.wait + settled.toll + settled.tip)
  expect((await witness.levy()) - levyBefore).toBe(settled.levy)

  const office = await (await cast.context('authority')).newPage()
  await office.setViewportSize({ width: 1280, height: 800 })
  const weighed = weigh(office)
  await office.goto(stack.urls.authority)
  await expect(office).toHaveURL(/#\/overview$/)
  const row = office
    .getByTestId('settlements')
    .getByRole('row')
    .filter({
      has: office.locator(`a[href="#/trip/${receipt.tripId}"]`),
    })
  await expect(row).toContainText('Right')
  const { files, kb } = await weighed()
  expect(files.filter(file => /create-map|worker/.test(file))).toEqual([])
  expect(kb).toBeGreaterThan(100)
  expect(kb).toBeLessThan(FIRST_LOAD_KB)
  await expectNoBarriers(office)
  const all = (await witness.facts()).filter(each => each.fact === 'settled')
  const levy = all.reduce((sum, each) => sum + each.levy, 0n)
  expect(await witness.levy()).toBe(levy)
  await expect(office.getByTestId('trips')).toHaveText(String(all.length))
  // The figure is rounded to hundredths, the CSV is exact.
  const shownLevy = await amountAt(office.getByTestId('levy'))
  expect(shownLevy - levy).toBeLessThanOrEqual(5_000n)
  expect(levy - shownLevy).toBeLessThanOrEqual(5_000n)

  const saving = office.waitForEvent('download')
  await office.getByRole('button', { name: 'Save as CSV' }).click()
  const csv = await readFile(await (await saving).path(), 'utf8')
  const [head, ...lines] = csv.trim().split(/\r?\n/)
  expect(lines).toHaveLength(all.length)
  expect(head).toContain('levy')
  const line = lines.find(each => each.includes(receipt.tripId))
  expect(line).toContain('right')

  await office.getByRole('navigation').getByRole('link', { name: 'Treasury' }).click()
  expect(await amountAt(office.getByTestId('levy-due'))).toBe(shownLevy)
  await expectNoBarriers(office)
  await office
    .getByRole('button', { name: /^Prove it: the settlements of / })
    .first()
    .click()
  await expect(office).toHaveURL(/#\/overview$/)

  await row.getByRole('link').click()
  await expect(office.getByTestId('verdict-right')).toContainText('The fare is right')
  const recomputed = office.getByRole('region', { name: 'The fare, recomputed' })
  expect(await amountAt(recomputed.locator('table.lines tfoot td'))).toBe(receipt.total)
  await expect(office.getByText('The chain confirms it')).toBeVisible()
  await expectNoBarriers(office)

  await office.getByRole('link', { name: 'Log', exact: true }).click()
  await expect(office.getByText('As signed').first()).toBeVisible()
  await expect(office.getByRole('row', { name: /As this page reckons it/ }).first()).toBeVisible()
  expect(await provenFigure(office, 'Settled trips in it')).toBe(
    await office.getByTestId('log-in').textContent(),
  )
  expect(await provenByKeys(office, 'Entries')).toBe(await office.getByTestId('log-size').textContent())
  const logged = office.getByRole('row').filter({ has: office.locator(`a[href="#/trip/${receipt.tripId}"]`) })
  const proving = office.waitForEvent('download')
  await logged.getByRole('button').click()
  const proof: unknown = JSON.parse(await readFile(await (await proving).path(), 'utf8'))
  expect(await verifyLogFile(proof)).toMatchObject({ verdict: 'accept', value: { witnesses: [{}] } })
  await expectNoBarriers(office)

  // The same checks in the page's own worker: every trip of the demo is in order.
  await office.getByRole('link', { name: 'Findings', exact: true }).click()
  await expect(office.getByTestId('audit-trips')).toHaveText(String(all.length))
  await expect(office.getByTestId('findings')).toHaveText('0')
  expect(await provenFigure(office, 'Findings')).toBe('0')
  await office.getByRole('link', { name: 'Labour', exact: true }).click()
  await expect(office.getByTestId('below-floor')).toHaveText('0')
  expect(await provenFigure(office, 'Driver weeks')).toBe(
    await office.getByTestId('driver-weeks').textContent(),
  )
  await expectNoBarriers(office)
  await office.getByRole('link', { name: 'Equity', exact: true }).click()
  await expect(office.getByRole('heading', { name: 'Equity and access' })).toBeVisible()
  await expect(office.getByRole('table', { name: /^Waiting, by tenth/ })).toBeVisible()
  await expect(office.getByText('All figures here are estimates')).toBeVisible()
  const rides = await provenFigure(office, 'Rides with a wait')
  expect(Number(rides)).toBeGreaterThan(0)
  await expect(office.getByTestId('equity-rides')).toHaveText(rides)
  await expectNoBarriers(office)
  await office.setViewportSize(PHONE)
  expect(await beyondPx(office)).toBe(0)
  await expectNoBarriers(office)
  await office.getByRole('link', { name: 'Today', exact: true }).click()
  await office.getByText('The charts as a table').click()
  await expect(office.getByRole('grid')).toBeVisible()
  expect(await beyondPx(office)).toBe(0)
  await office.setViewportSize({ width: 1280, height: 800 })
  await office.getByRole('link', { name: 'Drivers', exact: true }).click()
  await expect(office.getByRole('button', { name: /^Trips of driver/ }).first()).toBeVisible()
  await expectNoBarriers(office)

  // The hours of the day part the trips: none is lost, and an hour without one has no area.
  await office.getByRole('link', { name: 'Map', exact: true }).click()
  const areas = office.getByRole('button', { name: /^Trips of area/ })
  await expect(areas.first()).toBeVisible()
  const slider = office.getByRole('slider', { name: 'Hour of the day' })
  const pickups = await office.locator('tbody tr > td:nth-child(2)').allTextContents()
  const hours: number[] = []
  await slider.focus()
  await expect(slider).toHaveAttribute('aria-valuetext', 'The whole day')
  for (let hour = 0; hour < 24; hour++) {
    await office.keyboard.press('ArrowRight')
    const text = (await slider.getAttribute('aria-valuetext')) ?? ''
    hours.push(text.includes('no trip') ? 0 : Number(/(\d+) trips?$/.exec(text)?.[1]))
    expect((await areas.count()) > 0).toBe(hours.at(-1)! > 0)
  }
  const sum = (list: readonly number[]): number => list.reduce((whole, n) => whole + n, 0)
  expect(sum(hours)).toBe(sum(pickups.map(Number)))

  await office.getByRole('link', { name: 'Publish', exact: true }).click()
  const told = Number(await office.getByTestId('publish-trips').textContent())
  expect(told).toBeGreaterThan(0)
  expect(told).toBeLessThanOrEqual(all.length)
  await expect(office.getByTestId('releases')).toHaveText('0')
  expect(Number(await provenByKeys(office, 'Trips with a record'))).toBe(told)
  expect(Number(await provenFigure(office, 'Rows'))).toBeLessThan(told)
  await expectNoBarriers(office)

  // Today by the keys alone: every stop shows where it is, and a figure is proven from there.
  await office.getByRole('link', { name: 'Today', exact: true }).click()
  await expect(office.getByTestId('trips')).toBeVisible()
  await expect(async () => {
    const stops = await tabStops(office, 60)
    expect(stops.filter(stop => !stop.shows)).toEqual([])
    const names = stops.map(stop => stop.name)
    const order = ['Skip to the main part', 'Help', 'Today', 'Publish', 'Save as CSV', 'Prove it: Fares']
    const places = order.map(name => names.indexOf(name))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(places).not.toContain(-1)
  }).toPass({ timeout: 60_000 })
  await office.getByRole('button', { name: 'Prove it: Levy' }).focus()
  await office.keyboard.press('Enter')
  // A dialog that is not shown yet takes no focus, and the key would go to the button again.
  await expect(office.getByTestId('prove-ask')).toBeVisible()
  await office.getByTestId('prove-ask').press('Enter')
  await expect(office.getByTestId('prove-told')).toContainText('stand')
  expect(await amountAt(office.getByTestId('prove-sum'))).toBe(shownLevy)
  await expectNoBarriers(office)
})
