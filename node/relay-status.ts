import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Relay } from '@hexhail/net/ports.ts'
import type { Contradictions } from '@hexhail/protocol/contradictions.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { type RelayFigures, relayMetricsText } from './relay-metrics.ts'
import type { VerdictCounts } from './verdict-counts.ts'

/** What is told, and where. */
export interface StatusOptions {
  readonly relay: Relay
  readonly gossip: VerdictCounts
  readonly contradictions: Contradictions
  readonly records: VerdictCounts
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
}

/** A running status server. */
export interface StatusServer extends AsyncDisposable {
  readonly url: string
}

/** How often the event loop is asked; what an answer takes beyond is lag. */
const TICK_MS = 10

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
}

/** Serves `/metrics` for Prometheus, `/health` as JSON, `/contradictions` as JSON with both words in hex, and the same for people at `/`. */
export async function serveRelayStatus(options: StatusOptions): Promise<StatusServer> {
  const { relay, host, port } = options
  const lag = monitorEventLoopDelay({ resolution: TICK_MS })
  lag.enable()
  const answers: Readonly<Record<string, () => readonly [type: string, body: string]>> = {
    '/metrics': () => ['text/plain; version=0.0.4; charset=utf-8', relayMetricsText(look(options, lag))],
    '/health': () => ['application/json', JSON.stringify(healthOf(relay))],
    '/contradictions': () => ['application/json', JSON.stringify(proofsOf(options.contradictions))],
    '/': () => ['text/html; charset=utf-8', pageOf(relay)],
  }
  const server = createServer(({ method, url = '/' }, response) => {
    const answer = method === 'GET' ? answers[url.split('?', 1)[0]!] : undefined
    if (answer === undefined) return void response.writeHead(404, HEADERS).end('There is nothing here.\n')
    const [type, body] = answer()
    response.writeHead(200, { ...HEADERS, 'content-type': type }).end(body)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve)
  })
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}/`,
    [Symbol.asyncDispose]: () =>
      new Promise(resolve => {
        lag.disable()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function look(
  { relay, gossip, contradictions, records }: StatusOptions,
  lag: ReturnType<typeof monitorEventLoopDelay>,
): RelayFigures {
  const ms = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - TICK_MS) || 0
  const { user, system } = process.cpuUsage()
  const { heapUsed, rss } = process.memoryUsage()
  const figures: RelayFigures = {
    stats: relay.stats(),
    gossip,
    contradictions: contradictions.total,
    records,
    uptimeS: process.uptime(),
    lagMs: { p50: ms(lag.percentile(50)), p99: ms(lag.percentile(99)), max: ms(lag.max) },
    heapBytes: heapUsed,
    rssBytes: rss,
    cpuS: (user + system) / 1e6,
  }
  lag.reset()
  return figures
}

/** The proofs that are kept, as anybody can check them: keys, topics and messages, bytes in hex. */
const proofsOf = (contradictions: Contradictions): unknown =>
  contradictions.all().map(({ key, first, second }) => ({
    key: toHex(key),
    words: [first, second].map(({ topic, raw }) => ({ topic, raw: toHex(raw) })),
  }))

function healthOf(relay: Relay): Readonly<Record<string, unknown>> {
  const { connections, reservations, topics, relays } = relay.stats()
  const uptimeS = Math.round(process.uptime())
  return {
    ok: true,
    peerId: relay.peerId,
    addrs: relay.addrs,
    connections,
    reservations,
    topics,
    relays,
    uptimeS,
  }
}

function pageOf(relay: Relay): string {
  const safe = (text: string): string => text.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`)
  const rows = Object.entries(healthOf(relay)).map(([name, value]) => {
    const shown = Array.isArray(value) ? value.map(String).map(safe).join('<br>') : safe(String(value))
    return `<tr><th align="left" valign="top">${name}</th><td>${shown}</td></tr>`
  })
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Hexhail relay</title></head><body>' +
    `<h1>Hexhail relay</h1><table>${rows.join('')}</table>` +
    '<p>Figures for Prometheus: <a href="/metrics">/metrics</a>, as JSON: <a href="/health">/health</a></p></body></html>'
  )
}
