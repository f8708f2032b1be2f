import type { IncomingMessage, ServerResponse } from 'node:http'
import { createRateLimit, type RateRule } from '@hexhail/audit/rate-limit.ts'
import type { ConcessionEntry } from '@hexhail/permits/concession-register.ts'
import { createAuth } from '@hexhail/permits/office-auth.ts'
import type { Entry } from '@hexhail/permits/register.ts'
import { STATUS_LIST_TYP } from '@hexhail/permits/status-list.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Verdict } from '@hexhail/protocol/verdict.ts'
import type { PermitOffice } from './permit-office.ts'

/** Answers a request; false when it is about something else. */
type PermitHandler = (request: IncomingMessage, response: ServerResponse) => boolean

interface Answer {
  readonly status: number
  readonly body: object | string
  readonly type?: string
}

const RATE: RateRule = { burst: 60, perS: 2 }
/** An application with a portrait, in base64url and JSON. */
const BODY_MAX = 49_152
const JSON_TYPE = 'application/json'
const FORM_TYPE = 'application/x-www-form-urlencoded'
const HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': 'content-type, authorization',
  'access-control-max-age': '600',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'cross-origin',
}

const fail = (status: number, code: string): Answer => ({ status, body: { code, error: code } })
const said = (verdict: Verdict<object>): Answer =>
  verdict.verdict === 'accept'
    ? { status: 200, body: verdict.value }
    : fail(verdict.verdict === 'reject' ? 400 : 409, verdict.code)

/** The permit office's door in the audit node: applications, officers' deeds, the status list and OpenID4VCI. */
export function createPermitHandler(
  { desk, concessions, door, signed, doorKey, macKey }: PermitOffice,
  now: () => number,
  report: (error: unknown) => void,
  rate: RateRule = RATE,
): PermitHandler {
  const limit = createRateLimit(rate)
  const auth = createAuth(macKey, now)

  const standing = ({ id, state, reason, vehicle }: Entry): object => ({
    state,
    reason,
    ...((state === 'granted' || state === 'issued') && { vehicle, offer: door.offer(id) }),
  })
  const claimed = ({ id, state, reason, category, untilS }: ConcessionEntry): object => ({
    ...{ state, reason, category, untilS },
    ...(state === 'granted' && { offer: door.offer(id, 'concession') }),
  })
  const deed = async (body: object): Promise<Answer> => {
    const heard = await auth(body)
    if (heard.verdict !== 'accept') return fail(403, heard.code)
    const { op, id, application, category, untilS, reason } = heard.value
    if (op === 'list') return { status: 200, body: { entries: desk.entries() } }
    if (op === 'concession-list') return { status: 200, body: { entries: concessions.entries() } }
    if (typeof id !== 'string') return fail(400, 'id')
    if (op === 'issue') return said(await desk.grant(id, application, untilS))
    if (op === 'refuse') return said(await desk.refuse(id, reason))
    if (op === 'suspend') return said(await desk.stop(id, 'suspended', reason))
    if (op === 'revoke') return said(await desk.stop(id, 'revoked', reason))
    if (op === 'reinstate') return said(await desk.reinstate(id))
    if (op === 'concession-grant') return said(await concessions.grant(id, category, untilS))
    if (op === 'concession-refuse') return said(await concessions.refuse(id, reason))
    if (op === 'concession-revoke') return said(await concessions.revoke(id, reason))
    return fail(400, 'op')
  }
  const GETS: Readonly<Record<string, () => Answer | Promise<Answer>>> = {
    '/permits/office': () => ({ status: 200, body: { ...signed, doorKey } }),
    '/permits/status': async () => ({
      status: 200,
      body: await desk.statusList(),
      type: `application/${STATUS_LIST_TYP}`,
    }),
    '/permits/concessions/status': async () => ({
      status: 200,
      body: await concessions.statusList(),
      type: `application/${STATUS_LIST_TYP}`,
    }),
    '/.well-known/openid-credential-issuer': () => ({ status: 200, body: door.metadata() }),
    '/.well-known/oauth-authorization-server': () => ({ status: 200, body: door.authorization() }),
    '/.well-known/jwt-vc-issuer': () => ({ status: 200, body: door.keys() }),
  }
  const POSTS: Readonly<Record<string, (body: Record<string, unknown>, bearer?: string) => Promise<Answer>>> =
    {
      '/permits/applications': async body => said(await desk.file(body)),
      '/permits/ask': async ({ id, ticket }) => {
        const entry = desk.ask(id, ticket)
        return entry.verdict === 'accept'
          ? { status: 200, body: standing(entry.value) }
          : fail(404, 'unknown')
      },
      '/permits/concessions': async body => said(await concessions.file(body)),
      '/permits/concessions/ask': async ({ id, ticket }) => {
        const entry = concessions.ask(id, ticket)
        return entry.verdict === 'accept' ? { status: 200, body: claimed(entry.value) } : fail(404, 'unknown')
      },
      '/permits/deeds': deed,
      '/permits/nonce': async () => door.nonce(),
      '/permits/credential': (body, bearer) => door.credential(bearer, body),
    }

  const answer = async (request: IncomingMessage, path: string): Promise<Answer> => {
    if (!limit.allow(request.socket.remoteAddress ?? '', now())) return fail(429, 'rate')
    if (request.method === 'GET') return (await GETS[path]?.()) ?? fail(405, 'method')
    if (request.method !== 'POST') return fail(405, 'method')
    const type = (request.headers['content-type'] ?? '').split(';', 1)[0]!.trim()
    const text = await textOf(request)
    if (text === null) return fail(413, 'size')
    if (path === '/permits/token')
      return type === FORM_TYPE ? door.token(new URLSearchParams(text)) : fail(400, 'invalid_request')
    if (path === '/permits/nonce') return POSTS[path]!({}) // the specification sends no body
    const body = type === JSON_TYPE ? objectOf(text) : null
    if (!body) return fail(400, 'body')
    const bearer = /^Bearer ([A-Za-z0-9_-]+)$/.exec(request.headers.authorization ?? '')?.[1]
    return (await POSTS[path]?.(body, bearer)) ?? fail(405, 'method')
  }

  return (request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?', 1)
    if (!(path in GETS || path in POSTS || path === '/permits/token')) return false
    const send = ({ status, body, type = JSON_TYPE }: Answer) => {
      if (response.headersSent || response.destroyed) return
      response.writeHead(status, { ...HEADERS, 'content-type': type })
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    }
    if (request.method === 'OPTIONS') {
      response.writeHead(204, HEADERS).end()
      return true
    }
    answer(request, path).then(send, error => {
      report(error)
      send(fail(503, error instanceof HexhailError ? error.code : 'internal'))
    })
    return true
  }
}

async function textOf(request: IncomingMessage): Promise<string | null> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk
    if (text.length > BODY_MAX) return null
  }
  return text
}

function objectOf(text: string): Record<string, unknown> | null {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null && !Array.isArray(body)
      ? (body as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}
