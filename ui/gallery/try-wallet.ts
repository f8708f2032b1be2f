/** Uses the wallet screens of the running gallery as a person would, with a virtual passkey. Ends with 1 when one fails. */
import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { preview } from 'vite'

const configFile = fileURLToPath(new URL('./vite.config.ts', import.meta.url))
const server = await preview({ configFile, preview: { port: 0, host: 'localhost' }, logLevel: 'warn' })
const origin = server.resolvedUrls?.local[0] ?? ''
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium' })
try {
  for (const method of ['passkey', 'passphrase', 'device']) {
    const context = await browser.newContext()
    const page = await context.newPage()
    page.on('pageerror', error => assert.fail(error.message))
    const cdp = await context.newCDPSession(page)
    await cdp.send('WebAuthn.enable')
    await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        ctap2Version: 'ctap2_1',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        hasPrf: true,
        automaticPresenceSimulation: true,
      },
    })
    await page.goto(`${origin}#wallet-kept`)
    await page.locator(`input[value=${method}]`).check()
    if (method === 'passphrase') {
      await page
        .getByLabel('Passphrase', { exact: true })
        .and(page.locator('input.input'))
        .fill('correct horse')
      await page.getByLabel('Passphrase again').fill('correct horse')
    }
    await page.getByTestId('wallet-make').click()
    await page.getByText('open: 0x51').waitFor()
    await page.reload()
    if (method === 'passphrase') {
      await page.locator('input.input').fill('wrong horse')
      await page.getByTestId('wallet-unlock').click()
      await page.getByText('That passphrase does not open this wallet.').waitFor()
      await page.locator('input.input').fill('correct horse')
    }
    if (method !== 'device') await page.getByTestId('wallet-unlock').click()
    await page.getByText('open: 0x51').waitFor()
    console.log(`wallet by ${method}: made, reloaded, opened`)
    await context.close()
  }
} finally {
  await browser.close()
  await server.close()
}
