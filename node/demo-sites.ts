import { readFile, rename, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliDecompress } from 'node:zlib'
import type { AppConfig } from '@hexhail/protocol/app-config.ts'
import { securityHeaders } from '@hexhail/ui/csp.ts'
import { APPS, type App } from './app-build.ts'
import { brotliOf } from './compress.ts'
import { type StaticFile, staticFile } from './static-file.ts'
import { serveStatic } from './static-server.ts'
import { loadSite } from './static-site.ts'

/** What the pages of the demo are made of. */
export interface DemoSites {
  readonly config: AppConfig
  readonly dirs: Readonly<Record<App, string>>
  readonly ports: Readonly<Record<App, number>>
  /** File of the city bundle. */
  readonly cityPath: string
  /** File of the city's timetable; null where there is none. */
  readonly timetablePath: string | null
  /** Where their compressed forms are kept. */
  readonly cacheDir: string
  readonly host: string
}

/** A middle way: a fifth larger than the slowest and sixty times as quick, as these files are packed already. */
const QUALITY = 5

/** Pages learn of relays that no configuration names: with TLS anywhere, without on this machine alone. */
const OTHER_RELAYS = ['wss:', 'ws://127.0.0.1:*']

/** `/ip4/127.0.0.1/tcp/7011/ws/p2p/…` as a WebSocket origin. */
export function socketOrigin(multiaddr: string): string {
  const [, , host, , port, scheme] = multiaddr.split('/')
  return `${scheme === 'wss' ? 'wss' : 'ws'}://${host}:${port}`
}

/** Serves the three pages, each with its configuration and the city. Disposing the stack stops them. */
export async function serveSites(sites: DemoSites, stack: AsyncDisposableStack): Promise<void> {
  const { config, dirs, ports, cityPath, timetablePath, cacheDir, host } = sites
  const packed = async (path: string, hash: string): Promise<StaticFile> => {
    const plain = await readFile(path)
    const br = await packedFile(plain, join(cacheDir, `${hash}.br`))
    return staticFile(basename(path), plain, 'immutable', { br })
  }
  const city = await packed(cityPath, config.city.hash)
  const timetable = timetablePath && config.timetable && (await packed(timetablePath, config.timetable.hash))
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
    if (timetable && config.timetable) site.set(config.timetable.url, timetable)
    stack.use(await serveStatic({ site, headers, host, port: ports[app] }))
  }
}

const unpack = promisify(brotliDecompress)

/** Brotli of a file, from the cache where it is there and whole. */
async function packedFile(plain: Buffer, path: string): Promise<Uint8Array> {
  const kept = await readFile(path).catch(() => null)
  const whole = kept !== null && (await unpack(kept).catch(() => null))?.equals(plain)
  if (whole) return kept
  const packed = await brotliOf(plain, QUALITY)
  await writeFile(`${path}.tmp`, packed)
  await rename(`${path}.tmp`, path)
  return packed
}
