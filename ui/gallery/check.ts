/**
 * Looks at every page of the built gallery as a person would: phone and desk, light and dark; writes screenshots to
 * the folder named first, and ends with 1 where axe or the console finds something. `npx node ui/gallery/check.ts DIR`
 */
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium } from '@playwright/test'
import { build, preview } from 'vite'

const PAGES = ['', 'controls', 'cards', 'tables', 'wallet', 'offers', 'coming']
const SIZES = [
  { name: 'phone', width: 390, height: 844 },
  { name: 'desk', width: 1280, height: 800 },
]
const dir = process.argv[2] ?? 'test-results/gallery'
const only = process.argv[3]?.split(',')
const configFile = fileURLToPath(new URL('./vite.config.ts', import.meta.url))

if (!process.env.NO_BUILD) await build({ configFile, logLevel: 'warn' })
const server = await preview({ configFile, preview: { port: 0, host: '127.0.0.1' }, logLevel: 'warn' })
const origin = server.resolvedUrls?.local[0] ?? ''
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--use-gl=angle',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
    '--ignore-gpu-blocklist',
  ],
})
let bad = 0
for (const { name, width, height } of SIZES) {
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme,
      reducedMotion: 'reduce',
    })
    for (const page of PAGES.filter(each => only === undefined || only.includes(each))) {
      const tab = await context.newPage()
      tab.on('console', message => {
        if (message.type() !== 'error' && message.type() !== 'warning') return
        if (/GPU stall|GL Driver Message|swiftshader/i.test(message.text())) return
        bad++
        console.log(`${name} ${colorScheme} #${page}: ${message.text()}`)
      })
      tab.on('pageerror', error => {
        bad++
        console.log(`${name} ${colorScheme} #${page}: ${error.message}`)
      })
      await tab.goto(`${origin}#${page}`)
      await tab.waitForLoadState('networkidle')
      const { violations } = await new AxeBuilder({ page: tab })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .analyze()
      for (const found of violations) {
        bad++
        console.log(`${name} ${colorScheme} #${page}: ${found.id}: ${found.nodes[0]?.html.slice(0, 160)}`)
      }
      await tab.screenshot({ path: `${dir}/${page || 'index'}-${name}-${colorScheme}.png`, fullPage: true })
      await tab.close()
    }
    await context.close()
  }
}
await browser.close()
await server.close()
console.log(bad === 0 ? 'gallery: nothing wrong' : `gallery: ${bad} things wrong`)
process.exitCode = bad === 0 ? 0 : 1
