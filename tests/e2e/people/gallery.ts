import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { ROOT } from '../stack/stack.ts'
import { barriers } from './axe.ts'
import { beyondPx } from './beyond.ts'

const DIR = join(ROOT, 'tests', 'e2e', 'screens')
const SIZES = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 800 } } as const
const SCHEMES = ['light', 'dark'] as const
/** A screen counts as drawn when two pictures are the same; one with a countdown never is. */
const LOOKS = 3

/** Pictures of screens in every look, and what axe finds on them. */
export interface Gallery {
  /** Takes the screen that a page shows now: `name` is «app-screen». Leaves the page as a light phone. */
  take(page: Page, name: string): Promise<void>
  /** What axe has found so far, a line each, in every look. */
  readonly violations: readonly string[]
}

/** An empty gallery; pictures of an earlier run go. */
export function openGallery(): Gallery {
  rmSync(DIR, { recursive: true, force: true })
  mkdirSync(DIR, { recursive: true })
  const violations: string[] = []
  return {
    violations,
    async take(page, name) {
      for (const [size, viewport] of Object.entries(SIZES)) {
        await page.setViewportSize(viewport)
        for (const colorScheme of SCHEMES) {
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
          writeFileSync(join(DIR, `${name}.${size}-${colorScheme}.png`), await stillOf(page))
          const look = `${name} ${size} ${colorScheme}`
          violations.push(...(await barriers(page)).map(found => `${look}: ${found}`))
          const beyond = await beyondPx(page)
          if (beyond > 0) violations.push(`${look}: the page is ${beyond} px wider than its window`)
        }
      }
      writeFileSync(join(DIR, 'axe.txt'), violations.join('\n'))
      await page.setViewportSize(SIZES.phone)
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    },
  }
}

/** Waits for a map, if there is one, until nothing is left to draw. */
async function drawn(page: Page): Promise<void> {
  const map = page.locator('.map:not([data-phase="missing"])')
  await expect(async () => {
    if (!(await map.isVisible())) return
    await expect(map.locator('.map-canvas')).toHaveAttribute('data-drawn', '', { timeout: 5_000 })
  }).toPass({ timeout: 90_000 })
}

async function stillOf(page: Page): Promise<Buffer> {
  await drawn(page)
  let last = await page.screenshot({ animations: 'disabled' })
  const looks = (await page.locator('.map-canvas canvas').count()) > 0 ? LOOKS : 1
  for (let look = 1; look < looks; look++) {
    const next = await page.screenshot({ animations: 'disabled' })
    if (next.equals(last)) return next
    last = next
  }
  return last
}

/** Writes the page on which a person looks through the pictures. */
export function closeGallery(): void {
  const names = new Set<string>()
  try {
    for (const file of readdirSync(DIR)) if (file.endsWith('.png')) names.add(file.split('.')[0]!)
  } catch {
    return
  }
  const row = (name: string): string => {
    const cells = Object.entries(SIZES).flatMap(([size, { width }]) =>
      SCHEMES.map(
        scheme => `<img loading="lazy" src="${name}.${size}-${scheme}.png" width="${width / 2}" alt="">`,
      ),
    )
    return `<section><h2>${name}</h2>${cells.join('')}</section>`
  }
  const style =
    'body{font:16px system-ui;margin:2rem;background:#888}img{margin:.3rem;vertical-align:top}h2{margin:2rem 0 .5rem}'
  const body = [...names].sort().map(row).join('\n')
  const html = `<!doctype html><meta charset="utf-8"><title>Screens of Hexhail</title><style>${style}</style>\n${body}\n`
  writeFileSync(join(DIR, 'index.html'), html)
}
