import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { listMonthKeys } from '@hexhail/audit/month-keys.ts'
import type { AppConfig } from '@hexhail/protocol/app-config.ts'
import type { CityInfo } from '@hexhail/streets/city.ts'
import type { Addresses } from './addresses.ts'
import { APPS, type App, buildApp } from './app-build.ts'
import { auditKeyFrom } from './audit-key-file.ts'
import type { Child } from './child.ts'
import { demoLog } from './demo-log.ts'
import { type DemoPorts, LOOPBACK } from './demo-ports.ts'
import { serveSites, socketOrigin } from './demo-sites.ts'
import type { Family } from './family.ts'
import { probeHttp, probeRpc, probeSocket } from './probe.ts'
import type { ProgressBar } from './progress-bar.ts'
import type { StateDir } from './state-dir.ts'

/** What a demo is to be. */
export interface DemoOptions {
  readonly drivers: number
  readonly riders: number
  /** Buses on the road at a time, where the city has a timetable. */
  readonly buses: number
  readonly seed: number
  /** Seconds of the road that a simulated car drives in one. */
  readonly speed: number
  /** An .osm.pbf extract; null = Montevideo. */
  readonly cityFile: string | null
}

/** What a demo stands on. Disposing `stack` and `family` ends it. */
export interface DemoGround {
  readonly options: DemoOptions
  readonly ports: DemoPorts
  readonly state: StateDir
  readonly family: Family
  readonly stack: AsyncDisposableStack
  readonly bar: ProgressBar
  readonly signal: AbortSignal
}

interface RelayReady {
  readonly addrs: readonly string[]
}

interface CityReady {
  readonly path: string
  readonly info: CityInfo
  readonly built: boolean
  readonly timetable?: TimetableReady
}

interface TimetableReady {
  readonly path: string
  readonly hash: string
  readonly modelled: boolean
  /** Tags of its agencies. */
  readonly agencies: readonly string[]
}

/** Brings the whole demo up; resolves with its table of addresses once everything has answered. */
export async function bringUp(ground: DemoGround): Promise<readonly (readonly [string, string])[]> {
  const { options, ports, state, family, stack, bar } = ground
  const start = <Ready>(name: string, args: readonly (string | number)[]): Child<Ready> =>
    family.start<Ready>({ name, stateDir: state.dir, args: args.map(String), onProgress: bar.update })

  const chain = startChain(ground, start)
  const [addresses, relays, city, dirs, auditKey, log] = await Promise.all([
    chain,
    chain.then(addresses => startRelays(ground, start, addresses)),
    findCity(ground, start),
    buildApps(ground),
    auditKeyFrom(join(state.audit, 'key.json')),
    demoLog(ports, state.audit),
  ])
  const at = (port: number): string => `http://${LOOPBACK}:${port}`
  const page = (app: App): string => `http://localhost:${ports[app]}`
  const config: AppConfig = {
    ...pick(addresses),
    relays,
    auditUrl: at(ports.audit),
    log: { ...log.config, ...(addresses.others && { anchor: addresses.others.anchor }) },
    faucetUrl: at(ports.audit),
    city: { ...infoOf(city.info), url: `/city/${city.info.hash}.bundle` },
    ...(city.timetable && {
      timetable: addressOf(city.timetable),
      transit: { agencies: city.timetable.agencies },
    }),
    auditKey: auditKey.publicKey,
    // Evens income out for nothing in pickup time (tests/bench/README.md).
    idleCredit: { perMille: 50, mostDs: 600 },
    jurisdiction: `${city.info.name} (demo authority)`,
    ...(options.cityFile === null && { country: 'UY' }),
    speed: options.speed,
    demo: true,
  }
  const host = LOOPBACK
  const audit = ['audit', '--port', ports.audit, '--dir', state.audit, '--addresses', state.addresses]
  const files = {
    cityPath: city.path,
    timetablePath: city.timetable?.path ?? null,
    cacheDir: state.city,
  }
  await Promise.all([
    serveSites({ config, dirs, ports, ...files, host }, stack),
    start('witness', log.witnessArgs).ready,
    start('audit node', [...audit, ...log.auditArgs, '--demo']).ready,
  ])
  const months = (await listMonthKeys(join(state.audit, 'month-keys'))).flatMap(key => key.privateKey ?? [])
  bar.print(`  pages and audit node are up`)
  const configUrl = `${at(ports.rider)}/config.json`
  const matcher = ['--port', ports.matcher, '--city', city.path, '--config', configUrl]
  await Promise.all([
    start('matcher', ['matcher', ...matcher]).ready,
    startFleet(ground, configUrl, city.path),
    startBuses(ground, start, configUrl, city.timetable?.path),
  ])

  await Promise.all([
    ...APPS.map(app => probeHttp(`${app} page`, at(ports[app]))),
    probeHttp('city', `${at(ports.rider)}${config.city.url}`),
    probeHttp('audit node', `${at(ports.audit)}/health`),
    probeHttp('witness', `${at(ports.witness)}/health`),
    probeHttp('matcher', `${at(ports.matcher)}/health`),
    probeRpc('chain', addresses.rpcUrl),
    ...relays.map(relay => probeSocket('relay', socketOrigin(relay))),
  ])
  return [
    ['Rider', `${page('rider')}/`],
    ['Driver', `${page('driver')}/`],
    ['Authority', `${page('authority')}/#key=${[auditKey.privateKey, ...months].join(',')}`],
    ['Audit node', `${at(ports.audit)}/ (public log at /log, witness ${at(ports.witness)})`],
    ['Matcher', `${at(ports.matcher)}/`],
    ['Chain', `${addresses.rpcUrl}/ (id ${addresses.chainId}, vault ${addresses.contracts.vault})`],
    ...relays.map((relay, i) => [`Relay ${i + 1}`, relay] as const),
    ['City', `${city.info.name} (${city.info.hash.slice(0, 16)}), ${city.info.attribution}`],
    ['State', `${state.dir} (start with --fresh to forget it)`],
  ]
}

type Start = <Ready>(name: string, args: readonly (string | number)[]) => Child<Ready>

async function startChain({ ports, state, bar }: DemoGround, start: Start): Promise<Addresses> {
  const args = ['chain', '--port', ports.chain, '--state', state.chainState, '--addresses', state.addresses]
  const addresses = await start<Addresses>('chain', args).ready
  bar.print('  chain is up, contracts are on it')
  return addresses
}

/** The second relay meshes with the first. They carry the transit of those whom the demo's authority lists. */
async function startRelays(
  { ports, state, bar }: DemoGround,
  start: Start,
  { contracts, authority, rpcUrl }: Addresses,
): Promise<readonly string[]> {
  const args = (number: 1 | 2, port: number): (string | number)[] => [
    ...['relay', '--port', port, '--host', LOOPBACK, '--key', state.relayKey(number)],
    ...['--seen', state.relaySeen(number)],
    ...['--permits', contracts.permits, '--authority', authority, '--rpc', rpcUrl],
  ]
  const first = await start<RelayReady>('relay 1', args(1, ports.relay1)).ready
  const mesh = first.addrs.flatMap(addr => ['--peer', addr])
  const second = await start<RelayReady>('relay 2', [...args(2, ports.relay2), ...mesh]).ready
  bar.print('  two relays are up')
  return [...first.addrs, ...second.addrs]
}

async function startBuses(
  { options, bar }: DemoGround,
  start: Start,
  configUrl: string,
  timetable: string | undefined,
): Promise<void> {
  const { buses, seed } = options
  if (timetable === undefined || buses === 0) return
  const args = ['--config', configUrl, '--timetable', timetable, '--buses', buses, '--seed', seed, '--demo']
  const ready = await start<{ buses: number }>('buses', ['bus', ...args]).ready
  bar.print(`  the buses are on the road: ${ready.buses} now`)
}

async function findCity({ options, state, bar }: DemoGround, start: Start): Promise<CityReady> {
  const file = options.cityFile === null ? [] : [options.cityFile]
  const city = await start<CityReady>('city builder', ['city', ...file, '--cache', state.city]).ready
  bar.print(`  ${city.info.name} is ${city.built ? 'built' : 'there'}`)
  return city
}

async function buildApps({ state, bar, signal }: DemoGround): Promise<Record<App, string>> {
  const dirs: [App, string][] = []
  for (const app of APPS) {
    const { dir, built } = await buildApp(app, state.apps, signal)
    if (built) bar.print(`  ${app} page is built`)
    dirs.push([app, dir])
  }
  return Object.fromEntries(dirs) as Record<App, string>
}

async function startFleet(ground: DemoGround, configUrl: string, cityPath: string): Promise<void> {
  const { options, state, family, bar } = ground
  if (options.drivers + options.riders === 0) return
  const { drivers, riders, seed } = options
  const counts = ['--drivers', drivers, '--riders', riders, '--seed', seed].map(String)
  const fleet = family.start<string>({
    name: 'fleet',
    stateDir: state.dir,
    file: fileURLToPath(import.meta.resolve('@hexhail/sim/main.ts')),
    args: ['--config', configUrl, '--city', cityPath, ...counts],
    readyLine: /fleet ready/,
  })
  await fleet.ready
  bar.print(`  the fleet is on the road: ${drivers} drivers, ${riders} riders`)
}

function pick({ chainId, rpcUrl, contracts, tariffId }: Addresses) {
  return { chainId, rpcUrl, contracts, tariffId }
}

function infoOf({ name, hash, centre, bounds }: CityInfo) {
  return { name, hash, centre, bounds }
}

function addressOf({ hash, modelled }: TimetableReady): NonNullable<AppConfig['timetable']> {
  return { hash, modelled, url: `/city/${hash}.timetable` }
}
