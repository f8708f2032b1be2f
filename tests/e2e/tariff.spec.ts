import { localChainKey } from '@hexhail/chain/wallet-key.ts'
import { expect } from '@playwright/test'
import { expectNoBarriers } from './people/axe.ts'
import { test } from './people/test.ts'

test('the authority checks its tariff against the chain, drafts the next one and publishes it', async ({
  cast,
  stack,
}) => {
  const office = await (await cast.context('authority')).newPage()
  await office.setViewportSize({ width: 1280, height: 800 })
  await office.goto(new URL('/#/tariff', stack.urls.authority).href)
  await expect(office.getByText('its hash stands on the chain')).toBeVisible()
  await office.getByRole('link', { name: 'Draft of a tariff' }).click()
  await office.getByRole('button', { name: 'Draft the next version' }).click()
  await office.locator('summary').filter({ hasText: 'Meter and classes' }).click()
  const perKm = office.locator('[id="tariff-classes[0].perKm"]')
  const key = office.getByLabel('The authority’s key', { exact: true })
  await key.fill(localChainKey(3))
  const sign = office.getByRole('button', { name: 'Sign with this key' })

  await perKm.fill('9x')
  await expect(office.getByRole('button', { name: /Must be mended/ })).toContainText('write a whole number')
  await expect(sign).toBeDisabled()
  await perKm.fill('99')
  await expect(office.getByText('Nothing to complain about.')).toBeVisible()
  await expect(office.getByRole('row', { name: /classes\[car\]\.perKm/ })).toContainText('99 (+4.2%)')
  await expectNoBarriers(office)

  await sign.click()
  await expect(office.getByText('This wallet is not the authority of this page')).toBeVisible()
  await key.fill(localChainKey(0))
  await sign.click()
  await expect(office.getByText(/^Published on the chain as \d+\.$/)).toBeVisible()
})
