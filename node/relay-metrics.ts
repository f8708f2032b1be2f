import type { RelayStats } from '@hexhail/net/ports.ts'
import type { VerdictCounts } from './verdict-counts.ts'

/** What a relay's metrics are made of. */
export interface RelayFigures {
  readonly stats: RelayStats
  readonly gossip: VerdictCounts
  /** Authors proven to have contradicted themselves. */
  readonly contradictions: number
  /** Verdicts on other relays' records. */
  readonly records: VerdictCounts
  readonly uptimeS: number
  /** Lag of the event loop since the last look, milliseconds. */
  readonly lagMs: { readonly p50: number; readonly p99: number; readonly max: number }
  readonly heapBytes: number
  readonly rssBytes: number
  readonly cpuS: number
}

type Row = readonly [labels: string, value: number]

/** A relay's figures as Prometheus reads them (text format 0.0.4). */
export function relayMetricsText(figures: RelayFigures): string {
  const { stats, lagMs } = figures
  const one = (value: number): readonly Row[] => [['', value]]
  const byCode = (counts: VerdictCounts): readonly Row[] =>
    [...counts].map(([key, count]) => {
      const [verdict, code = ''] = key.split(' ')
      return [`{verdict="${verdict}",code="${code}"}`, count]
    })
  const families: readonly (readonly [name: string, type: string, help: string, rows: readonly Row[]])[] = [
    ['connections', 'gauge', 'Connections open', one(stats.connections)],
    ['reservations', 'gauge', 'Circuit reservations held', one(stats.reservations)],
    ['topics', 'gauge', 'Gossip topics followed', one(stats.topics)],
    ['relays', 'gauge', 'Other relays connected', one(stats.relays)],
    ['messages_total', 'counter', 'Gossip messages by verdict and code', byCode(figures.gossip)],
    [
      'contradictions_total',
      'counter',
      'Authors proven to have contradicted themselves',
      one(figures.contradictions),
    ],
    ['records_total', 'counter', 'Records of other relays by verdict and code', byCode(figures.records)],
    ['dropped_total', 'counter', 'Gossip messages dropped before any check', one(stats.dropped)],
    ['kicks_total', 'counter', 'Peers hung up for what they sent', one(stats.kicked)],
    ['received_bytes_total', 'counter', 'Bytes received', one(stats.bytesIn)],
    ['sent_bytes_total', 'counter', 'Bytes sent', one(stats.bytesOut)],
    [
      'event_loop_lag_seconds',
      'gauge',
      'Lag of the event loop since the last scrape',
      [
        ['{quantile="0.5"}', lagMs.p50 / 1000],
        ['{quantile="0.99"}', lagMs.p99 / 1000],
        ['{quantile="1"}', lagMs.max / 1000],
      ],
    ],
    ['heap_bytes', 'gauge', 'JavaScript heap used', one(figures.heapBytes)],
    ['resident_bytes', 'gauge', 'Resident memory', one(figures.rssBytes)],
    ['cpu_seconds_total', 'counter', 'CPU time used', one(figures.cpuS)],
    ['uptime_seconds', 'gauge', 'Seconds since the start', one(figures.uptimeS)],
  ]
  return families
    .map(([name, type, help, rows]) => {
      const full = `hexhail_relay_${name}`
      const lines = rows.map(([labels, value]) => `${full}${labels} ${value}`)
      return [`# HELP ${full} ${help}`, `# TYPE ${full} ${type}`, ...lines, ''].join('\n')
    })
    .join('')
}
