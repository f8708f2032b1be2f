import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import type { CityRun } from '@hexhail/sim/city/run-scenario.ts'
import { expect, type Page, test } from '@playwright/test'
import type { AssignVectors } from '../unit/matcher/assign-vectors.ts'
import { gridScenario, runGrid } from '../unit/sim/city/grid-scenario.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const ORIGIN = 'http://vectors.test'
/** The rooms as they stand; types are taken away on the way, nothing is built. */
const IMPORTS = {
  '@hexhail/': '/',
  '@noble/hashes/': '/node_modules/@noble/hashes/',
  'h3-js': '/node_modules/h3-js/dist/browser/h3-js.es.js',
}
const BLANK = `<!doctype html><script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>`

async function openRooms(page: Page): Promise<void> {
  await page.route(`${ORIGIN}/**`, route => {
    const path = new URL(route.request().url()).pathname
    if (path === '/') return route.fulfill({ contentType: 'text/html', body: BLANK })
    const source = readFileSync(join(ROOT, path), 'utf8')
    const body = path.endsWith('.ts') ? stripTypeScriptTypes(source) : source
    return route.fulfill({ contentType: 'text/javascript', body })
  })
  await page.goto(ORIGIN)
}

test('a page computes the golden assignments, byte for byte', async ({ page }) => {
  await openRooms(page)
  const vectors: AssignVectors = JSON.parse(readFileSync(join(ROOT, 'tests/vectors/assign.json'), 'utf8'))
  expect(vectors.cases.length).toBe(7)
  const differs = await page.evaluate(
    async ({ path, vectors }) => {
      const { differsFrom } = (await import(path)) as { differsFrom(vectors: AssignVectors): string | null }
      return differsFrom(vectors)
    },
    { path: '/tests/unit/matcher/assign-vectors.ts', vectors },
  )
  expect(differs).toBeNull()
})

test('a page simulates the same city as Node, event by event', async ({ page }) => {
  await openRooms(page)
  const scenario = gridScenario('handover')
  const there = await page.evaluate(
    async ({ path, scenario }) => {
      const { runGrid } = (await import(path)) as { runGrid(s: typeof scenario): CityRun }
      return runGrid(scenario)
    },
    { path: '/tests/unit/sim/city/grid-scenario.ts', scenario },
  )
  expect(there).toEqual(runGrid(scenario))
})
