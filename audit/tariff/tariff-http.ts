import type { IncomingMessage, ServerResponse } from 'node:http'
import { tariffHash } from '@hexhail/protocol/tariff-document.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { createRateLimit, type RateRule } from '../rate-limit.ts'
import { lintTariff } from './lint.ts'
import { signedTariff, tariffPath } from './signed-tariff.ts'

/** Where signed documents are kept, by hash without `0x`. */
export interface TariffShelf {
  load(hash: string): Promise<string | null>
  save(hash: string, text: string): Promise<void>
}

/** What the door to the shelf needs. */
export interface TariffHandlerDeps {
  readonly shelf: TariffShelf
  /** Only what this account has signed for this chain is taken. */
  readonly authority: Hex
  readonly chainId: number
  readonly now: () => number
  readonly report: (error: unknown) => void
}

const BODY_MAX = 524_288
const RATE: RateRule = { burst: 60, perS: 10 }
const HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': 'content-type',
  'content-type': 'application/json',
  'x-content-type-options': 'nosniff',
}

type Answer = readonly [status: number, body: string, cache: 'immutable' | 'no-store']
const fail = (status: number, code: string): Answer => [status, JSON.stringify({ code }), 'no-store']

/**
 * The audit node's shelf of tariff documents: `GET /tariffs/<hash>.json`, and `POST /tariffs` by the authority's own
 * signature. The handler is false for a request about something else.
 */
export function createTariffHandler(deps: TariffHandlerDeps) {
  const limit = createRateLimit(RATE)

  const take = async (request: IncomingMessage): Promise<Answer> => {
    const text = await bodyOf(request)
    if (text === null) return fail(413, 'size')
    const read = signedTariff(parsed(text))
    if (read.verdict !== 'accept') return fail(400, read.code)
    const { signed, signer } = read.value
    if (signer !== deps.authority.toLowerCase() || signed.chainId !== deps.chainId)
      return fail(403, 'authority')
    if (lintTariff(signed.document).some(each => each.level === 'error')) return fail(400, 'lint')
    const hash = tariffHash(signed.document)
    await deps.shelf.save(hash.slice(2), JSON.stringify(signed))
    return [201, JSON.stringify({ document: hash, path: tariffPath(hash) }), 'no-store']
  }

  const answer = async (request: IncomingMessage, path: string): Promise<Answer> => {
    if (!limit.allow(request.socket.remoteAddress ?? '', deps.now())) return fail(429, 'rate')
    if (request.method === 'OPTIONS') return [204, '', 'no-store']
    if (path === '/tariffs') return request.method === 'POST' ? take(request) : fail(405, 'method')
    const hash = /^\/tariffs\/([0-9a-f]{64})\.json$/.exec(path)?.[1]
    const text = hash === undefined ? null : await deps.shelf.load(hash)
    return text === null ? fail(404, 'route') : [200, text, 'immutable']
  }

  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const [path = ''] = (request.url ?? '').split('?', 1)
    if (path !== '/tariffs' && !path.startsWith('/tariffs/')) return false
    answer(request, path)
      .catch((error): Answer => {
        deps.report(error)
        return fail(500, 'internal')
      })
      .then(([status, body, cache]) => {
        const kept = cache === 'immutable' ? 'public, max-age=31536000, immutable' : 'no-store'
        response
          .writeHead(status, { ...HEADERS, 'cache-control': kept })
          .end(status === 204 ? undefined : body)
      })
      .catch(deps.report)
    return true
  }
}

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request) {
    size += (part as Buffer).length
    if (size > BODY_MAX) return null
    parts.push(part as Buffer)
  }
  return Buffer.concat(parts).toString('utf8')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
