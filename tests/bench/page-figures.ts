import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { CHROMIUM_FLAGS, findChromium } from '../browser.ts'

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' }
/** Isolated pages have the finer clock and may ask for their memory. */
const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
}

/**
 * What the page in folder `root`, built by Vite as the apps are, leaves as `figures` in headless Chromium; it fetches `bytes`
 * from `/data`. Null, with one line, without Chromium.
 */
export async function pageFigures<Figures>(root: string, bytes: Uint8Array): Promise<Figures | null> {
  const executablePath = findChromium()
  if (executablePath === null) {
    console.log('Without a browser: no Chromium is here.')
    return null
  }
  const dist = mkdtempSync(join(tmpdir(), 'hexhail-page-'))
  const vite = fileURLToPath(new URL('bin/vite.js', import.meta.resolve('vite/package.json')))
  const server = createServer(({ url = '/' }, response) => {
    const path = new URL(url, 'http://page').pathname
    const file = join(dist, normalize(path === '/' ? '/index.html' : path))
    if (path === '/data') response.writeHead(200, ISOLATED).end(bytes)
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
      .waitForFunction(() => (globalThis as { figures?: Figures }).figures, null, { timeout: 300_000 })
      .then(handle => handle.jsonValue())
      .catch((error: unknown) => {
        throw new Error(faults[0] ?? String(error))
      })
    return figures as Figures
  } catch (error) {
    console.log(`Without the browser’s figures: ${(error as Error).message.split('\n')[0]}`)
    return null
  } finally {
    server.close()
    rmSync(dist, { recursive: true, force: true })
  }
}
