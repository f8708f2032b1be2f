import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { openCity } from '@hexhail/streets/city.ts'
import { createCityRouter } from '@hexhail/streets/city-router.ts'
import type { CityRouter } from '@hexhail/streets/router.ts'
import type { StreetTable } from '@hexhail/streets/street-table.ts'
import { command } from '../command.ts'
import { type LiveTraffic, openLiveTraffic } from '../live-traffic.ts'
import { areasOf, openMatcherAreas } from '../matcher-areas.ts'
import { createMatcherHandler } from '../matcher-handler.ts'
import { report, untilStopped } from '../parent.ts'
import { trafficSource } from '../traffic-source.ts'
import { turnOrderBeside } from '../turn-order.ts'

/** How often the file of factors and the hour are looked at, milliseconds. */
const LOOK_MS = 2_000

/** `hexhail matcher`: anyone may run one; it ranks drivers by road time over a city bundle, and nobody must trust it. */
export const matcherCommand = command({
  usage: 'matcher',
  about:
    'Runs a matcher: POST /nearest {rider, drivers: [{id, at}], k} answers the k drivers who are there first,\n' +
    'by exact road time, with the hash of the bundle, the model and the traffic it comes from: anyone can compute\n' +
    'the same. GET /traffic gives the factors of --traffic, which is read again whenever the file changes.\n' +
    'With --config it hears the signed words of the epochs of its areas, and says in gossip and at GET /epochs who takes\n' +
    'whom, with prices that prove it: devices check that against what they heard, and do without it where it fails.',
  options: {
    port: { kind: 'integer', value: 7030, min: 0, max: 65_535, help: 'HTTP port; 0 takes a free one' },
    host: { kind: 'text', value: '127.0.0.1', shown: 'IP', help: 'address to listen on' },
    junctions: { kind: 'flag', help: 'leave out what turns cost, as browsers do (starts sooner)' },
    city: { kind: 'text', value: '', shown: 'FILE', help: 'bundle, as `hexhail city` made it' },
    traffic: { kind: 'text', value: null, shown: 'FILE', help: 'live factors, as the README describes them' },
    config: {
      kind: 'text',
      value: null,
      shown: 'URL',
      help: 'the /config.json of a page: batches its epochs',
    },
    area: {
      kind: 'text',
      value: null,
      shown: 'CELLS',
      help: 'H3 cells (res 5) to batch; else all of the city',
    },
  },
  async run({ port, host, city: path, junctions, traffic: factors, config, area }) {
    const cells = area === null ? null : areasOf(area)
    if (cells !== null && config === null)
      throw new HexhailError('config', '--area needs the network that it is of: give --config URL as well.')
    const model = junctions ? 'junctions' : 'turns'
    const opened = openCity(new Uint8Array(await readFile(path)))
    const router = createCityRouter(opened, model, turnOrderBeside(path, opened.info.hash))
    const traffic = factors === null ? null : await watchTraffic(factors, router, opened.streets)
    await using batches = config === null ? null : await openMatcherAreas(config, cells)
    const server = createServer(createMatcherHandler(router, model, traffic, batches))
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, host, resolve)
    })
    const { port: taken } = server.address() as AddressInfo
    report({ type: 'ready', data: { url: `http://${host}:${taken}`, city: router.hash } })
    await untilStopped()
    server.close()
    server.closeAllConnections()
  },
})

/** Keeps a router by the factors of a file. */
async function watchTraffic(path: string, router: CityRouter, streets: StreetTable): Promise<LiveTraffic> {
  const log = (line: string): void => console.error(line)
  const source = trafficSource(path)
  const traffic = await openLiveTraffic({ router, streets, source, now: Date.now, pause: setImmediate, log })
  setInterval(() => traffic.look().catch((fault: Error) => log(fault.message)), LOOK_MS).unref()
  return traffic
}
