import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { CHROMIUM_FLAGS, findChromium } from '../../browser.ts'
import type { Timing } from './sample.ts'

/** What the page of the bench finds. */
export interface PageFigures {
  /** Of each start, from `new Worker` with the bytes at hand to a loaded city. */
  readonly readyMs: readonly number[]
  /** From there to the first place on a street, for which the snap grid is laid. */
  readonly firstSnapMs: readonly number[]
  /** Objects and arrays of the city worker once it has answered; null where Chromium does not tell. */
  readonly scriptMb: number | null
  /** Its kernel's memory, of which Chromium does not tell. */
  readonly wasmMb: number
  /** 10 nearest of 10,000 drivers. */
  readonly nearest: Timing
}

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' }
/** Isolated pages have the finer clock and may ask for their memory. */
const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
}

/** The city worker in headless Chromium, built by Vite as for the apps; null, with one line, without Chromium. */
export async function timeBrowser(bundle: Uint8Array): Promise<PageFigures | null> {
  const executablePath = findChromium()
  if (executablePath === null) {
    console.log('Without a browser: no Chromium is here.')
    return null
  }
  const dist = mkdtempSync(join(tmpdir(), 'hexhail-page-'))
  const root = fileURLToPath(new URL('page', import.meta.url))
  const vite = fileURLToPath(new URL('bin/vite.js', import.meta.resolve('vite/package.json')))
  const server = createServer(({ url = '/' }, response) => {
    const path = new URL(url, 'http://page').pathname
    const file = join(dist, normalize(path === '/' ? '/index.html' : path))
    if (path === '/city') response.writeHead(200, ISOLATED).end(bundle)
    else if (!existsSync(file)) response.writeHead(404).end()
    else
      response
        .writeHead(200, { ...ISOLATED, 'content-type': TYPES[extname(file)] ?? '' })
        .end(readFileSync(file))
  })
  try {
    const built = spawnSync(process.execPath, [vite, 'build', root, '--outDir', dist, '--logLevel', 'warn'], {
      encoding: 'utf8',
      env: { ...process.env, NODE_ENV: 'production' },
    })
    if (built.status !== 0) throw new Error(`Vite did not build the page: ${built.stderr}`)
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const args = [...CHROMIUM_FLAGS, '--enable-blink-features=ForceEagerMeasureMemory']
    await using browser = await chromium.launch({ executablePath, args })
    const page = await browser.newPage()
    const faults: string[] = []
    page.on('pageerror', error => faults.push(error.message))
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    const figures = await page
      .waitForFunction(() => (globalThis as { figures?: PageFigures }).figures, null, { timeout: 90_000 })
      .then(handle => handle.jsonValue())
      .catch((error: unknown) => {
        throw new Error(faults[0] ?? String(error))
      })
    return figures as PageFigures
  } catch (error) {
    console.log(`Without the browser’s figures: ${(error as Error).message.split('\n')[0]}`)
    return null
  } finally {
    server.close()
    rmSync(dist, { recursive: true, force: true })
  }
}
