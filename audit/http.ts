import type { IncomingMessage, ServerResponse } from 'node:http'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { MonthKey } from '@hexhail/protocol/month-key.ts'
import type { Spent } from './cubes/epsilon-ledger.ts'
import { type Desk, MOST_LISTED } from './desk.ts'
import { createRateLimit, type RateRule } from './rate-limit.ts'
import type { StoredRecord } from './store/record-store.ts'

/** What answers the requests. */
export interface AuditHandlerDeps {
  readonly desk: Desk
  readonly now: () => number
  /** Origins of the pages that may read answers; `*` for any (records are sealed, so that gives nothing away). */
  readonly origins: readonly string[]
  /** Puts a record that is on disk into the public log; gives the log's promise. */
  readonly publish?: (record: StoredRecord) => Promise<string | null>
  /** The authority's public keys of the months; none without. */
  readonly keys?: () => Promise<readonly MonthKey[]>
  /** What was released of open figures, and the privacy spent on it; none without. */
  readonly releases?: () => Promise<readonly Spent[]>
  /** Faults of the server itself. */
  readonly report?: (error: unknown) => void
  readonly limits?: { readonly file?: RateRule; readonly read?: RateRule }
}

/** A handler for `node:http`; it answers every request, also those it does not know. */
export type AuditHandler = (request: IncomingMessage, response: ServerResponse) => void

/** Body of a request, at most. */
const BODY_MAX = 32_768
const FILE: RateRule = { burst: 200, perS: 20 }
const READ: RateRule = { burst: 200, perS: 20 }

interface Answer {
  readonly status: number
  readonly body?: unknown
}

const fail = (status: number, code: string): Answer => ({ status, body: { code } })

/**
 * The audit node's door: `POST /records {terms, sealed}`, `GET /records?after=N`, `GET /records/filed?prefix=abc`,
 * `GET /keys`, `GET /releases`, `GET /health`.
 */
export function createAuditHandler(deps: AuditHandlerDeps): AuditHandler {
  const { desk, now, origins, publish, report } = deps
  const limits = {
    file: createRateLimit(deps.limits?.file ?? FILE),
    read: createRateLimit(deps.limits?.read ?? READ),
  }

  const records = async (request: IncomingMessage, query: URLSearchParams): Promise<Answer> => {
    if (request.method === 'GET') {
      const after = Number(query.get('after') ?? '0')
      const limit = Number(query.get('limit') ?? MOST_LISTED)
      if (!Number.isSafeInteger(after) || after < 0 || !Number.isSafeInteger(limit) || limit < 1)
        return fail(400, 'after')
      return { status: 200, body: { records: await desk.list(after, limit), size: await desk.size() } }
    }
    if (request.method !== 'POST') return fail(405, 'method')
    const body = await readJson(request)
    if (!body) return fail(400, 'body')
    const filed = await desk.file(body.terms, body.sealed)
    if (filed.verdict === 'accept') {
      const { record, isNew } = filed.value
      const promise = (await publish?.(record)) ?? undefined
      return { status: isNew ? 201 : 200, body: { seq: record.seq, promise } }
    }
    return fail(filed.code === 'size' ? 413 : filed.verdict === 'reject' ? 400 : 409, filed.code)
  }

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const [path = '/', query = ''] = (request.url ?? '/').split('?', 2)
    const caller = request.socket.remoteAddress ?? ''
    const limit = request.method === 'POST' ? limits.file : limits.read
    if (!limit.allow(caller, now())) return fail(429, 'rate')
    if (path === '/records') return records(request, new URLSearchParams(query))
    if (path === '/records/filed') {
      const prefix = new URLSearchParams(query).get('prefix') ?? ''
      if (!/^[0-9a-f]{3,4}$/.test(prefix)) return fail(400, 'prefix')
      return { status: 200, body: { terms: await desk.filed(prefix) } }
    }
    if (path === '/keys') return { status: 200, body: { keys: (await deps.keys?.()) ?? [] } }
    if (path === '/releases') return { status: 200, body: { releases: (await deps.releases?.()) ?? [] } }
    if (path === '/health') return { status: 200, body: { ok: true, records: await desk.size() } }
    return fail(404, 'route')
  }

  return (request, response) => {
    const origin = request.headers.origin
    const allowed = origins.includes('*') ? '*' : origin && origins.includes(origin) ? origin : null
    const headers: Record<string, string> = {
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
      vary: 'origin',
      ...(allowed && {
        'access-control-allow-origin': allowed,
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': 'content-type',
        'access-control-max-age': '600',
      }),
    }
    const send = ({ status, body }: Answer) => {
      if (response.headersSent || response.destroyed) return
      const closing = status === 413 ? { connection: 'close' } : {}
      response.writeHead(status, { ...headers, ...closing, 'content-type': 'application/json' })
      response.end(body === undefined ? '' : JSON.stringify(body))
    }
    if (request.method === 'OPTIONS') {
      response.writeHead(allowed ? 204 : 403, headers)
      response.end()
      return
    }
    answer(request).then(send, error => {
      if (error instanceof TooLong) return send(fail(413, 'size'))
      report?.(error)
      send(fail(500, error instanceof HexhailError ? error.code : 'internal'))
    })
  }
}

class TooLong extends Error {}

/** The JSON object in a request, or null when there is none. */
async function readJson(request: IncomingMessage): Promise<Record<string, unknown> | null> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Uint8Array>) {
    size += part.length
    if (size > BODY_MAX) throw new TooLong()
    parts.push(part)
  }
  try {
    const body: unknown = JSON.parse(Buffer.concat(parts).toString('utf8'))
    return typeof body === 'object' && body !== null && !Array.isArray(body)
      ? (body as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}
