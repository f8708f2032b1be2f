import { expect } from '@playwright/test'
import { expectPaid, meet } from './people/ride.ts'
import { test } from './people/test.ts'
import { killRelay, reviveRelays } from './stack/stack.ts'

test('a relay is killed on the way: the trip is settled, and the next one is asked for over the other', async ({
  cast,
  stack,
}) => {
  const rider = await cast.rider()
  const driver = await cast.driver('<img src=x onerror=alert(1)>')
  await meet(rider, driver)
  await driver.arrive()
  const pin = await rider.pin()
  for (const complaints of cast.complaints) complaints.expect(/WebSocket connection to 'ws:/)
  killRelay(stack, 1)
  try {
    await driver.typePin(pin)
    await expect(rider.page.getByTestId('stop-here')).toBeVisible()
    await driver.finish()
    await driver.settle()
    await expectPaid(rider)
    await rider.page.getByTestId('new-ride').click()
    await rider.page.getByTestId('ask').click()
    await expect(rider.page.getByTestId('offer').first()).toBeVisible()
    await rider.page.getByTestId('withdraw-request').click()
    await expect(rider.page.getByTestId('ended-withdrawn')).toBeVisible()
  } finally {
    await reviveRelays(stack)
  }
})
