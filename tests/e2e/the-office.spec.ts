import { localChainKey } from '@hexhail/chain/wallet-key.ts'
import { expect } from '@playwright/test'
import { expectNoBarriers } from './people/axe.ts'
import { beyondPx } from './people/beyond.ts'
import { ADMITTED, CLAIMED, contestTrip } from './people/dispute.ts'
import { provenFigure } from './people/prove.ts'
import { PHONE, test } from './people/test.ts'

/** Of what is disputed, as it is typed, and in minor units. */
const TO_DRIVER = { typed: '2.5', amount: 2_500_000n }

test('a contested trip stands in the findings, and its arbiter alone rules; the levy of it is proven', async ({
  cast,
  stack,
  witness,
}) => {
  const trip = await contestTrip(stack)
  const office = await (await cast.context('authority')).newPage()
  await office.setViewportSize({ width: 1280, height: 800 })
  await office.goto(stack.urls.authority)
  expect(Number(await provenFigure(office, 'Under way now'))).toBeGreaterThan(0)

  await office.getByRole('link', { name: 'Findings', exact: true }).click()
  await office.locator(`a[href="#/trip/${trip}"]`).click()
  const form = office.getByRole('region', { name: 'Rule', exact: true })
  const amount = form.getByLabel('Of what is disputed, to the driver')
  await amount.fill('4.000001')
  await expect(form.getByText('From nothing to all that is disputed.')).toBeVisible()
  await amount.fill(TO_DRIVER.typed)
  await expect(form.getByTestId('ruling-preview')).toContainText('$1.50')
  await form.getByLabel('Reason').fill('The PIN was given at the door.')
  await expectNoBarriers(office)
  const key = form.getByLabel('The authority’s key', { exact: true })
  const sign = form.getByRole('button', { name: 'Sign with this key' })
  await key.fill(localChainKey(3))
  await sign.click()
  await expect(form.getByText('This wallet is not the arbiter of this trip.')).toBeVisible()
  await key.fill(localChainKey(0))
  await sign.click()
  await expect(form.getByText('Ruled. The ruling goes into the public log.')).toBeVisible()
  await expectNoBarriers(office)
  const closed = await witness.fact(trip, 'closed')
  expect([closed.toDriver, closed.toRider]).toEqual([TO_DRIVER.amount, CLAIMED - ADMITTED - TO_DRIVER.amount])

  await office.getByRole('link', { name: 'Treasury' }).click()
  // The page may still be reading what the proof has asked of the chain.
  const due = await provenFigure(office, 'Levy due')
  await expect(office.getByTestId('levy-due')).toHaveText(due)
  const waiting = await provenFigure(office, 'Waiting on the chain')
  await expect(office.getByTestId('levy-waiting')).toHaveText(waiting)
  await expect(office.getByRole('heading', { name: 'Claims, cancels and disputes that paid' })).toBeVisible()

  await office.setViewportSize(PHONE)
  const week = office.getByRole('group', { name: 'Levy by week' }).getByRole('row').last()
  const cells = week.getByRole('cell')
  const [first, last] = [await cells.first().boundingBox(), await cells.last().boundingBox()]
  expect(last!.x).toBe(first!.x)
  expect(last!.y).toBeGreaterThan(first!.y)
  expect(await beyondPx(office)).toBe(0)
  for (const [link, title] of [
    ['Log', 'Public log'],
    ['Publish', 'Open figures'],
  ] as const) {
    await office.getByRole('navigation').getByRole('link', { name: link, exact: true }).click()
    await expect(office.getByRole('heading', { level: 1, name: title })).toBeVisible()
    expect(await beyondPx(office), title).toBe(0)
  }
})

test('an officer finds a driver who enrolled, suspends the permit, and gives it back', async ({
  cast,
  stack,
}) => {
  const driver = await cast.driver('grey Nissan Leaf')
  await driver.enter()
  const office = await (await cast.context('authority')).newPage()
  await office.goto(stack.urls.authority)
  await office.getByRole('link', { name: 'Permits' }).click()
  await office.getByTestId('permit-row').filter({ hasText: 'Elena' }).first().click()
  const paper = office.getByRole('region', { name: 'Application' })
  const state = paper.getByTestId('permit-state')
  await expect(state).toContainText('In force')
  await expect(paper.getByText('SBC 1234')).toBeVisible()
  await expectNoBarriers(office)
  const standing = office.getByTestId('permits-standing')
  const inForce = Number(await provenFigure(office, 'Permits in force'))
  await expect(standing).toHaveText(String(inForce))
  await paper.getByLabel('Reason').selectOption('conduct')
  await paper.getByTestId('permit-suspend').click()
  await expect(state).toContainText('Suspended · Conduct')
  await expect(standing).toHaveText(String(inForce - 1))
  await paper.getByTestId('permit-reinstate').click()
  await expect(state).toContainText('In force')
  expect(Number(await provenFigure(office, 'Permits in force'))).toBe(inForce)
  await expect(office.getByRole('region', { name: 'Reduced fares' })).toBeVisible()
})
