import type { IncomingMessage, ServerResponse } from 'node:http'
import { createRateLimit, type RateRule } from '../rate-limit.ts'
import { readBody, TooLong } from './read-body.ts'
import type { Witness } from './witness.ts'
import { REQUEST_MAX } from './witness-request.ts'

/** What answers for a witness. */
export interface WitnessHandlerDeps {
  readonly witness: Witness
  readonly now: () => number
  readonly report?: (error: unknown) => void
  readonly limit?: RateRule
}

const LIMIT: RateRule = { burst: 60, perS: 5 }

/** A witness's door: `POST /add-checkpoint` (C2SP tlog-witness), `GET /latest?origin=…`, `GET /health`. */
export function createWitnessHandler({ witness, now, report, limit = LIMIT }: WitnessHandlerDeps) {
  const rate = createRateLimit(limit)
  return (request: IncomingMessage, response: ServerResponse): void => {
    const send = (status: number, body: string, type = 'text/plain; charset=utf-8'): void => {
      if (response.headersSent || response.destroyed) return
      response.writeHead(status, {
        'content-type': type,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'access-control-allow-origin': '*',
        ...(status === 413 && { connection: 'close' }),
      })
      response.end(body)
    }
    const answer = async (): Promise<void> => {
      const [path, query = ''] = (request.url ?? '/').split('?', 2)
      if (!rate.allow(request.socket.remoteAddress ?? '', now())) return send(429, 'rate\n')
      if (request.method === 'POST' && path === '/add-checkpoint') {
        const body = await readBody(request, REQUEST_MAX * 3)
        const { status, body: said, isSize } = await witness.addCheckpoint(new TextDecoder().decode(body))
        return send(status, said, isSize ? 'text/x.tlog.size' : undefined)
      }
      if (request.method !== 'GET') return send(405, 'method\n')
      if (path === '/health') return send(200, 'ok\n')
      const note = path === '/latest' ? witness.latest(new URLSearchParams(query).get('origin') ?? '') : null
      return note === null ? send(404, 'route\n') : send(200, note)
    }
    answer().catch(error => {
      if (error instanceof TooLong) return send(413, 'size\n')
      report?.(error)
      send(500, 'internal\n')
    })
  }
}
