import type { IncomingMessage, ServerResponse } from 'node:http'
import { createRateLimit, type RateRule } from '@hexhail/audit/rate-limit.ts'
import { isHex } from '@hexhail/protocol/hex.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { DemoGifts } from './demo-gifts.ts'

/** Answers a request; false when it is about something else. */
type GiftHandler = (request: IncomingMessage, response: ServerResponse) => boolean

/** Enough for a fleet of hundreds that starts at once, which all comes from one address. */
const RATE: RateRule = { burst: 2_000, perS: 10 }
const BODY_MAX = 2_048
const HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers': 'content-type',
  'cache-control': 'no-store',
  'content-type': 'application/json',
  'x-content-type-options': 'nosniff',
}

/** `POST /faucet {address}` of a demo on a local chain. */
export function createGiftHandler(
  gifts: DemoGifts,
  now: () => number,
  report: (error: unknown) => void,
): GiftHandler {
  const limit = createRateLimit(RATE)

  async function answer(request: IncomingMessage): Promise<[status: number, body: object]> {
    if (request.method === 'OPTIONS') return [204, {}]
    if (request.method !== 'POST') return [405, { code: 'method' }]
    if (!limit.allow(request.socket.remoteAddress ?? '', now())) return [429, { code: 'rate' }]
    const body = await bodyOf(request)
    const account = body?.address
    if (!isHex(account, 20)) return [400, { code: 'account' }]
    try {
      return [200, { ok: true, note: await gifts.money(account) }]
    } catch (error) {
      report(error)
      return [503, { code: error instanceof HexhailError ? error.code : 'internal' }]
    }
  }

  return (request, response) => {
    if (request.url !== '/faucet') return false
    answer(request).then(([status, body]) => {
      response.writeHead(status, HEADERS).end(status === 204 ? undefined : JSON.stringify(body))
    }, report)
    return true
  }
}

/** The JSON object of a request, or null. */
async function bodyOf(request: IncomingMessage): Promise<Readonly<Record<string, unknown>> | null> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk
    if (text.length > BODY_MAX) return null
  }
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : null
  } catch {
    return null
  }
}
