import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Caching, StaticFile } from './static-file.ts'
import type { Site } from './static-site.ts'

/** What to serve, and where. */
export interface StaticOptions {
  readonly site: Site
  /** Sent with every answer: the security headers. */
  readonly headers: Readonly<Record<string, string>>
  /** 0 takes a free port. */
  readonly port: number
  readonly host?: string
}

/** A running server of one site. */
export interface StaticServer extends AsyncDisposable {
  readonly port: number
}

const CACHE: Readonly<Record<Caching, string>> = {
  immutable: 'public, max-age=31536000, immutable',
  revalidate: 'no-cache',
  never: 'no-store',
}

/** Serves a site from memory: nothing outside its map of files can be asked for. */
export async function serveStatic(options: StaticOptions): Promise<StaticServer> {
  const server = createServer((request, response) => answer(options, request, response))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port, options.host ?? '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function answer({ site, headers }: StaticOptions, request: IncomingMessage, response: ServerResponse): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  const path = pathOf(request.url ?? '/')
  const file = path === null ? undefined : find(site, path)
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD')
    end(response, 405, 'Only GET and HEAD are answered here.')
  } else if (file === undefined) end(response, path === null ? 400 : 404, 'There is nothing here.')
  else send(file, request, response)
}

function send(file: StaticFile, request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('cache-control', CACHE[file.caching])
  response.setHeader('etag', file.etag)
  response.setHeader('vary', 'accept-encoding')
  if (request.headers['if-none-match']?.split(/\s*,\s*/).includes(file.etag)) {
    response.writeHead(304).end()
    return
  }
  const [encoding, body] = choose(file, request.headers['accept-encoding'] ?? '')
  if (encoding !== null) response.setHeader('content-encoding', encoding)
  response.setHeader('content-type', file.type)
  response.setHeader('content-length', body.byteLength)
  response.writeHead(200).end(request.method === 'HEAD' ? undefined : body)
}

function end(response: ServerResponse, status: number, text: string): void {
  response.setHeader('content-type', 'text/plain; charset=utf-8')
  response.setHeader('cache-control', 'no-store')
  response.writeHead(status).end(`${text}\n`)
}

/** The path of a request without its query, or null where it is none. */
function pathOf(url: string): string | null {
  try {
    const path = decodeURIComponent(url.split(/[?#]/, 1)[0]!)
    return path.startsWith('/') && !path.includes('\0') ? path : null
  } catch {
    return null
  }
}

/** The app itself answers for every path that names no file. */
function find(site: Site, path: string): StaticFile | undefined {
  return site.get(path) ?? (/\.[\w]+$/.test(path) ? undefined : site.get('/index.html'))
}

function choose(file: StaticFile, accepted: string): [encoding: string | null, body: Uint8Array] {
  const takes = (name: string): boolean =>
    accepted.split(',').some(part => {
      const [coding, ...params] = part.trim().split(/\s*;\s*/)
      return coding === name && !params.some(param => /^q=0(\.0*)?$/.test(param))
    })
  if (file.br && takes('br')) return ['br', file.br]
  if (file.gzip && takes('gzip')) return ['gzip', file.gzip]
  return [null, file.plain]
}
