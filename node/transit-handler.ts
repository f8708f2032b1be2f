import type { IncomingMessage, ServerResponse } from 'node:http'
import type { EntityTable } from '@hexhail/transit/realtime/entity-table.ts'
import { writeFeedMessage } from '@hexhail/transit/realtime/feed-message.ts'

const HEADERS = {
  'access-control-allow-origin': '*',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
}
const PATHS: ReadonlyMap<string, 'vehicle' | 'trip'> = new Map([
  ['/vehiclePositions.pb', 'vehicle'],
  ['/tripUpdates.pb', 'trip'],
])

/**
 * Answers `GET /vehiclePositions.pb` and `/tripUpdates.pb`, GTFS-Realtime 2.0 as any planner reads it, with what is in the
 * table now (of one agency: `?agency=tag`), and `/health`.
 */
export function createTransitHandler(
  table: EntityTable,
  now: () => number,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://node')
    const answer = (status: number, type: string, body: string | Uint8Array): void => {
      response
        .writeHead(status, { ...HEADERS, 'content-type': type })
        .end(request.method === 'HEAD' ? '' : body)
    }
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return answer(405, 'application/json', '{"code":"method"}')
    const agency = searchParams.get('agency')
    const heard = table.live(now()).filter(each => agency === null || each.agency === agency)
    const kind = PATHS.get(pathname)
    if (kind !== undefined) {
      const bytes = heard.filter(({ entity }) => entity.kind === kind).map(each => each.bytes)
      return answer(200, 'application/x-protobuf', writeFeedMessage(Math.floor(now() / 1000), bytes))
    }
    if (pathname !== '/health') return answer(404, 'application/json', '{"code":"route"}')
    const vehicles = heard.filter(({ entity }) => entity.kind === 'vehicle').length
    answer(200, 'application/json', JSON.stringify({ ok: true, vehicles, trips: heard.length - vehicles }))
  }
}
