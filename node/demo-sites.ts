import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliDecompress } from 'node:zlib'
import type { AppConfig } from '@hexhail/protocol/app-config.ts'
import { securityHeaders } from '@hexhail/ui/csp.ts'
import { APPS, type App } from './app-build.ts'
import { brotliOf } from './compress.ts'
import { staticFile } from './static-file.ts'
import { serveStatic } from './static-server.ts'
import { loadSite } from './static-site.ts'

/** What the pages of the demo are made of. */
export interface DemoSites {
  readonly config: AppConfig
  readonly dirs: Readonly<Record<App, string>>
  readonly ports: Readonly<Record<App, number>>
  /** File of the city bundle. */
  readonly cityPath: string
  /** Where its compressed form is kept. */
  readonly cacheDir: string
  readonly host: string
}

/** A middle way: a fifth larger than the slowest and sixty times as quick, as the bundle is packed already. */
const CITY_QUALITY = 5

/** Pages learn of relays that no configuration names: with TLS anywhere, without on this machine alone. */
const OTHER_RELAYS = ['wss:', 'ws://127.0.0.1:*']

/** `/ip4/127.0.0.1/tcp/7011/ws/p2p/…` as a WebSocket origin. */
export function socketOrigin(multiaddr: string): string {
  const [, , host, , port, scheme] = multiaddr.split('/')
  return `${scheme === 'wss' ? 'wss' : 'ws'}://${host}:${port}`
}

/** Serves the three pages, each with its configuration and the city. Disposing the stack stops them. */
export async function serveSites(sites: DemoSites, stack: AsyncDisposableStack): Promise<void> {
  const { config, dirs, ports, cityPath, cacheDir, host } = sites
  const plain = await readFile(cityPath)
  const br = await packedCity(plain, join(cacheDir, `${config.city.hash}.br`))
  const city = staticFile('city.bundle', plain, 'immutable', { br })
  const json = Buffer.from(JSON.stringify(config))
  const { rpcUrl, auditUrl, faucetUrl, log } = config
  const origins = [rpcUrl, auditUrl, ...(faucetUrl === null ? [] : [faucetUrl]), ...(log ? [log.url] : [])]
  const connect = new Set([
    ...origins.map(url => new URL(url).origin),
    ...config.relays.map(socketOrigin),
    ...OTHER_RELAYS,
  ])
  const headers = securityHeaders({ connect: [...connect] })
  for (const app of APPS) {
    const site = await loadSite(dirs[app])
    site.set('/config.json', staticFile('config.json', json, 'never'))
    site.set(config.city.url, city)
    stack.use(await serveStatic({ site, headers, host, port: ports[app] }))
  }
}

const unpack = promisify(brotliDecompress)

/** Brotli of the bundle, from the cache where it is there and whole. */
async function packedCity(plain: Buffer, path: string): Promise<Uint8Array> {
  const kept = await readFile(path).catch(() => null)
  const whole = kept !== null && (await unpack(kept).catch(() => null))?.equals(plain)
  if (whole) return kept
  const packed = await brotliOf(plain, CITY_QUALITY)
  await writeFile(`${path}.tmp`, packed)
  await rename(`${path}.tmp`, path)
  return packed
}
