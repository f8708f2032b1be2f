import type { IncomingMessage, ServerResponse } from 'node:http'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { StateGraph } from '@hexhail/streets/graph/state-graph.ts'
import type { PlacedDriver, Router } from '@hexhail/streets/router.ts'
import type { LiveTraffic } from './live-traffic.ts'
import type { MatcherAreas } from './matcher-areas.ts'

/** A question to a matcher. */
interface Question {
  readonly rider: LngLat
  readonly drivers: readonly { readonly id: string; readonly at: LngLat }[]
  readonly k: number
}

const BODY_MAX = 1_048_576
const MOST_DRIVERS = 5_000
const HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'content-type',
  'cache-control': 'no-store',
  'content-type': 'application/json',
  'x-content-type-options': 'nosniff',
}

/**
 * Answers `POST /nearest`, `GET /health` and, where there is live traffic, `GET /traffic` (the factors, so that anyone
 * can compute the same), where it batches `GET /epochs` (the last of each area, with its prices); it keeps nothing of what
 * it is asked.
 */
export function createMatcherHandler(
  router: Router,
  model: StateGraph['model'],
  traffic: Pick<LiveTraffic, 'epoch' | 'text'> | null = null,
  batches: Pick<MatcherAreas, 'areas'> | null = null,
): (request: IncomingMessage, response: ServerResponse) => void {
  async function answer(request: IncomingMessage): Promise<[status: number, body: object | string]> {
    if (request.method === 'OPTIONS') return [204, {}]
    if (request.method === 'GET' && request.url === '/health')
      return [200, { ok: true, city: router.hash, traffic: traffic?.epoch ?? null }]
    if (request.method === 'GET' && request.url === '/traffic' && traffic) return [200, traffic.text]
    if (request.method === 'GET' && request.url === '/epochs' && batches) return [200, epochsOf(batches)]
    if (request.method !== 'POST' || request.url !== '/nearest') return [404, { code: 'route' }]
    const question = questionOf(await textOf(request))
    if (question === null) return [400, { code: 'question' }]
    const rider = router.snap(question.rider)
    if (rider === null) return [422, { code: 'off-street' }]
    const drivers = question.drivers.flatMap(({ id, at }): PlacedDriver[] => {
      const place = router.snap(at)
      return place === null ? [] : [{ id, place }]
    })
    const nearest = router.nearest(drivers, rider, question.k)
    return [200, { city: router.hash, model, traffic: traffic?.epoch ?? null, nearest }]
  }
  return (request, response) => {
    answer(request).then(
      ([status, body]) =>
        response
          .writeHead(status, HEADERS)
          .end(status === 204 ? undefined : typeof body === 'string' ? body : JSON.stringify(body)),
      () => response.destroy(),
    )
  }
}

const epochsOf = ({ areas }: Pick<MatcherAreas, 'areas'>): object => ({
  epochs: areas.flatMap(({ last }) =>
    last ? [{ ...last, driverOf: [...last.driverOf], priceOf: [...last.priceOf] }] : [],
  ),
})

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk
    if (text.length > BODY_MAX) return ''
  }
  return text
}

const isPlace = (value: unknown): value is LngLat =>
  Array.isArray(value) && value.length === 2 && value.every(Number.isFinite)

function questionOf(text: string): Question | null {
  try {
    const { rider, drivers, k = 5 } = JSON.parse(text) as Partial<Question>
    if (!isPlace(rider) || !Array.isArray(drivers) || drivers.length > MOST_DRIVERS) return null
    if (!Number.isSafeInteger(k) || k < 1) return null
    const good = drivers.every(driver => typeof driver?.id === 'string' && isPlace(driver.at))
    return good ? { rider, drivers, k } : null
  } catch {
    return null
  }
}
