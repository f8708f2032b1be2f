import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from '@playwright/test'
import { CHROMIUM_FLAGS, findChromium } from '../../browser.ts'
import type { BenchPeer, PeerFigures, PeerOrders, startPeer, Turn } from './peer.ts'

/** The peers of the bench that live in pages. */
export interface Pages extends AsyncDisposable {
  readonly count: number
  /** Starts one peer a page, one after the other; how long each took, ms. */
  start(orders: PeerOrders): Promise<number[]>
  publish(turns: readonly (readonly Turn[])[]): Promise<void>
  progress(): Promise<(readonly [heard: number, bytesIn: number])[]>
  figures(): Promise<PeerFigures[]>
}

/** What the page's script puts there. */
interface World {
  startPeer: typeof startPeer
  peer: BenchPeer
}

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' }

/** Opens Chromium with `count` pages; none, with one line, without Chromium. */
export async function openPages(count: number): Promise<Pages> {
  const stack = new AsyncDisposableStack()
  const executablePath = findChromium()
  if (executablePath === null && count > 0) console.log('Without pages: no Chromium is here.')
  const pages: Page[] = []
  if (executablePath !== null && count > 0) {
    const dist = mkdtempSync(join(tmpdir(), 'hexhail-gossip-'))
    stack.defer(() => rmSync(dist, { recursive: true, force: true }))
    build(dist)
    const url = await serve(dist, stack)
    const browser = stack.use(await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] }))
    for (let i = 0; i < count; i++) {
      const page = await browser.newPage()
      page.on('pageerror', error => console.log(`Page ${i}: ${error.message}`))
      await page.goto(url)
      await page.waitForFunction(() => 'startPeer' in globalThis)
      pages.push(page)
    }
  }
  const all = <T>(run: (page: Page, i: number) => Promise<T>): Promise<T[]> => Promise.all(pages.map(run))
  return {
    count: pages.length,
    start: async orders => {
      const times: number[] = []
      for (const page of pages)
        times.push(
          await page.evaluate(async given => {
            const world = globalThis as unknown as World
            world.peer = await world.startPeer(given)
            return world.peer.readyMs
          }, orders),
        )
      return times
    },
    publish: async turns => {
      await all((page, i) =>
        page.evaluate(given => (globalThis as unknown as World).peer.publish(given), turns[i]!),
      )
    },
    progress: () => all(page => page.evaluate(() => (globalThis as unknown as World).peer.progress())),
    figures: () => all(page => page.evaluate(() => (globalThis as unknown as World).peer.figures())),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

function build(dist: string): void {
  const root = fileURLToPath(new URL('page', import.meta.url))
  const vite = fileURLToPath(new URL('bin/vite.js', import.meta.resolve('vite/package.json')))
  const args = [vite, 'build', root, '--outDir', dist, '--logLevel', 'warn']
  const built = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (built.status !== 0) throw new Error(`Vite did not build the page: ${built.stderr}`)
}

async function serve(dist: string, stack: AsyncDisposableStack): Promise<string> {
  const server = createServer(({ url = '/' }, response) => {
    const path = new URL(url, 'http://page').pathname
    const file = join(dist, normalize(path === '/' ? '/index.html' : path))
    if (!existsSync(file)) return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? '' }).end(readFileSync(file))
  })
  stack.defer(() => void server.close())
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}
