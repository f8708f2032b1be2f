import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { compressFolder } from '@hexhail/node/compress.ts'
import { staticFile } from '@hexhail/node/static-file.ts'
import { type StaticServer, serveStatic } from '@hexhail/node/static-server.ts'
import { loadSite } from '@hexhail/node/static-site.ts'
import { securityHeaders } from '@hexhail/ui/csp.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'

const SCRIPT = `${'export const answer = 42\n'.repeat(200)}`
const CONNECT = ['http://127.0.0.1:7545', 'ws://127.0.0.1:7011']
let dir: string
let server: StaticServer

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'hexhail-static-'))
  await mkdir(join(dir, 'assets'))
  await writeFile(join(dir, 'index.html'), '<!doctype html><title>Hexhail</title>')
  await writeFile(join(dir, 'icon.svg'), '<svg/>')
  await writeFile(join(dir, 'assets', 'main-Ab3_-x9Z.js'), SCRIPT)
  await compressFolder(dir, 5)
  const site = await loadSite(dir)
  site.set('/config.json', staticFile('/config.json', Buffer.from('{}'), 'never'))
  server = await serveStatic({ site, headers: securityHeaders({ connect: CONNECT }), port: 0 })
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await rm(dir, { recursive: true })
})

interface Got {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: server.port, path, headers, method }, response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks) }),
      )
    })
      .on('error', reject)
      .end()
  })
}

test.each(['/', '/assets/main-Ab3_-x9Z.js', '/missing.js', '/config.json'])(
  'every answer carries the security headers: %s',
  async path => {
    const { headers } = await get(path)
    const policy = headers['content-security-policy']
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain(`connect-src 'self' ${CONNECT.join(' ')};`)
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';")
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['cross-origin-opener-policy']).toBe('same-origin')
    expect(headers['permissions-policy']).toContain('geolocation=(self)')
    expect(headers['referrer-policy']).toBe('no-referrer')
  },
)

test('hashed files are kept for good, the page is asked for again, the configuration is never kept', async () => {
  expect((await get('/assets/main-Ab3_-x9Z.js')).headers['cache-control']).toContain('immutable')
  expect((await get('/')).headers['cache-control']).toBe('no-cache')
  expect((await get('/icon.svg')).headers['cache-control']).toBe('no-cache')
  expect((await get('/config.json')).headers['cache-control']).toBe('no-store')
})

test('a browser gets brotli, others gzip or plain bytes', async () => {
  const path = '/assets/main-Ab3_-x9Z.js'
  const br = await get(path, { 'accept-encoding': 'gzip, deflate, br' })
  expect(br.headers['content-encoding']).toBe('br')
  expect(brotliDecompressSync(br.body).toString()).toBe(SCRIPT)
  expect(br.body.length).toBeLessThan(SCRIPT.length / 10)
  const gzip = await get(path, { 'accept-encoding': 'gzip, br;q=0' })
  expect(gunzipSync(gzip.body).toString()).toBe(SCRIPT)
  const plain = await get(path)
  expect(plain.headers['content-encoding']).toBeUndefined()
  expect(plain.body.toString()).toBe(SCRIPT)
  expect(plain.headers['content-type']).toBe('text/javascript; charset=utf-8')
})

test('a page that the browser has already is not sent twice', async () => {
  const first = await get('/')
  const again = await get('/', { 'if-none-match': String(first.headers.etag) })
  expect(again.status).toBe(304)
  expect(again.body).toHaveLength(0)
})

test('the app answers for its own paths, and nothing for missing files and paths outside', async () => {
  expect((await get('/trip/7')).body.toString()).toContain('<title>Hexhail</title>')
  expect((await get('/?x=1')).status).toBe(200)
  for (const path of ['/missing.js', '/../package.json', '/%2e%2e/package.json', '/assets/../../x.ts'])
    expect((await get(path)).status).toBe(404)
  expect((await get('/%zz')).status).toBe(400)
})

test('HEAD sends no body and other methods are refused', async () => {
  const head = await get('/', {}, 'HEAD')
  expect(head.status).toBe(200)
  expect(head.body).toHaveLength(0)
  const post = await get('/', {}, 'POST')
  expect(post.status).toBe(405)
  expect(post.headers.allow).toBe('GET, HEAD')
})
