import { join } from 'node:path'
import { defineConfig } from '@playwright/test'
import { CHROMIUM_FLAGS, findChromium } from '../browser.ts'
import { halfOf } from './stack/half.ts'

const QUIET = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync']

const { folder, testMatch, testIgnore } = halfOf(process.env)

/** The browser tests: one stack, one after the other, since they share its chain and its clock. */
export default defineConfig({
  testDir: import.meta.dirname,
  testMatch,
  outputDir: join(import.meta.dirname, '..', '..', 'test-results', folder),
  globalSetup: join(import.meta.dirname, 'stack', 'setup.ts'),
  globalTimeout: 20 * 60_000,
  timeout: 420_000,
  workers: 1,
  forbidOnly: process.env.CI !== undefined,
  expect: { timeout: 90_000 },
  reporter: 'list',
  use: {
    actionTimeout: 120_000,
    navigationTimeout: 90_000,
    locale: 'en-US',
    timezoneId: 'America/Montevideo',
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: findChromium() ?? 'chromium',
      args: ['--use-gl=angle', ...CHROMIUM_FLAGS, ...QUIET],
    },
  },
  // The chain's clock is moved a day on in the last one, and nothing that lives by ours goes on after that.
  projects: [
    { name: 'today', testIgnore: ['next-day.spec.ts', 'gallery.spec.ts', ...testIgnore] },
    { name: 'the gallery', testMatch: 'gallery.spec.ts' },
    { name: 'the next day', testMatch: 'next-day.spec.ts' },
  ],
})
