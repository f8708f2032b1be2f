import type { PageFigures } from './browser.ts'
import type { Built } from './build-child.ts'
import type { BundleSize } from './bundle-size.ts'
import type { Compared } from './count-wrong.ts'
import type { TimedRow } from './timed-row.ts'

/** What is measured once and not call by call. */
export interface Figures {
  readonly city: string
  readonly junctions: number
  /** Of the turn graph. */
  readonly states: number
  readonly build: Built
  readonly orderCpuS: number
  readonly size: BundleSize
  readonly demoKb: number | null
  readonly page: PageFigures | null
  readonly compared: readonly Compared[]
}

const rounded = (n: number, digits = 0): number => Number(n.toFixed(digits))
const middle = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[list.length >> 1]!
const all = (compared: readonly Compared[], key: keyof Compared): number =>
  compared.reduce((sum, each) => sum + each[key], 0)

/** Prints what is in no row of the table; targets in brackets. */
export function printOthers({ city, build, orderCpuS, size, demoKb, page, compared }: Figures): void {
  const say = (what: string, figure: string): void => console.log(`${what.padEnd(32)} ${figure}`)
  if (build.built)
    say('city build', `${rounded(build.cpuS, 1)} s CPU (8), at most ${rounded(build.peakMb)} MB (600)`)
  say('order of the turn graph', `${rounded(orderCpuS, 1)} s CPU`)
  const target = city === 'Montevideo' ? 1600 : 1200
  say(
    'bundle, brotli 11',
    `${rounded(size.allKb)} kB (${target}), for routing alone ${rounded(size.routingKb)} kB`,
  )
  if (demoKb !== null) say('  of Montevideo', `${rounded(demoKb)} kB (1600)`)
  if (page) {
    const { readyMs, firstSnapMs, scriptMb, wasmMb, nearest } = page
    const first = rounded(readyMs[0]!)
    say(
      'browser worker ready',
      `${rounded(middle(readyMs))} ms (600), p50 of ${readyMs.length}; first ${first}`,
    )
    say('  first snap, asked at once', `${rounded(middle(firstSnapMs))} ms more`)
    const sum = scriptMb === null ? '?' : rounded(scriptMb + wasmMb)
    const parts = `${scriptMb === null ? '?' : rounded(scriptMb)} objects and arrays, ${rounded(wasmMb)} kernel`
    say('  memory', `${sum} MB (64): ${parts}`)
    const [p50, p99] = [nearest.p50, nearest.p99].map(ns => rounded(ns / 1e3, 1))
    say('  10 nearest of 10,000', `p50 ${p50} µs (12), p99 ${p99} µs, of batches of ${nearest.batch}`)
  }
  const count = (key: 'distances' | 'nearest' | 'routes'): string => all(compared, key).toLocaleString('en')
  const asked = `${count('distances')} distances, ${count('nearest')} k nearest, ${count('routes')} routes`
  say('wrong', `${all(compared, 'wrong')} of ${asked}`)
}

/** The last line: figures by the names that others look for, null where a thing was not measured. */
export function jsonLine(rows: ReadonlyMap<string, TimedRow>, figures: Figures): string {
  const { city, junctions, states, build, size, page, compared } = figures
  const p50 = (key: string, unit: number, model: 'turns' | 'junctions' = 'turns'): number | null => {
    const timing = rows.get(key)?.[model]
    return timing ? rounded(timing.p50 / unit, 2) : null
  }
  const valhallaTimes = (key: string): number | null => {
    const row = rows.get(key)
    const valhalla = row?.rivals?.Valhalla
    return valhalla ? Math.round(valhalla / row.turns!.p50) : null
  }
  return JSON.stringify({
    city,
    junctions,
    states,
    knn10of10kP50Us: p50('uniform 10000', 1e3),
    knn10of10kP99Us: rounded(rows.get('uniform 10000')!.turns!.p99 / 1e3, 2),
    knn10of100P50Us: p50('uniform 100', 1e3),
    knn10of1kP50Us: p50('uniform 1000', 1e3),
    knn10of100kP50Us: p50('uniform 100000', 1e3),
    many1kUs: p50('kept many', 1e3),
    valhallaMany1kRatio: valhallaTimes('kept many'),
    many1kListUs: p50('many', 1e3),
    valhallaMany1kListRatio: valhallaTimes('many'),
    many1kPreparedUs: p50('prepared many', 1e3),
    valhallaMany1kPreparedRatio: valhallaTimes('prepared many'),
    distanceNs: p50('distance', 1),
    distancePreparedNs: p50('prepared distance', 1),
    routeUs: p50('route', 1e3),
    snapUs: p50('snap', 1e3),
    moveNs: p50('move', 1),
    matrix1kMs: p50('matrix', 1e6),
    trafficMs: p50('traffic junctions', 1e6, 'junctions'),
    trafficTurnMs: p50('traffic', 1e6),
    bundleKb: rounded(size.allKb, 1),
    buildCpuS: build.built ? rounded(build.cpuS, 2) : null,
    workerReadyMs: page ? rounded(middle(page.readyMs), 1) : null,
    wrong: all(compared, 'wrong'),
  })
}
