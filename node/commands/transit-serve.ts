import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { transitTopic } from '@hexhail/protocol/cells.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { createEntityTable } from '@hexhail/transit/realtime/entity-table.ts'
import { command } from '../command.ts'
import { report, untilStopped } from '../parent.ts'
import { createTransitHandler } from '../transit-handler.ts'
import { cellsOfCity, joinTransit, readConfigAt } from '../transit-net.ts'

/** Topics that one leaf may follow. */
const MOST_TOPICS = 16

/** `hexhail transit serve`: what buses gossip, as the feed that every planner reads. */
export const transitServeCommand = command({
  usage: 'transit serve',
  about:
    'Hears the buses and trains of a city in gossip, checks that the authority lists who speaks for them, and serves\n' +
    'what they say as GTFS-Realtime: /vehiclePositions.pb, /tripUpdates.pb, and /health.',
  options: {
    config: { kind: 'text', value: '', shown: 'URL', help: 'the /config.json of a page of the deployment' },
    agency: { kind: 'texts', shown: 'TAG', help: 'agency; else those that the configuration names' },
    port: { kind: 'integer', value: 7040, min: 0, max: 65_535, help: 'HTTP port; 0 takes a free one' },
    host: { kind: 'text', value: '127.0.0.1', shown: 'IP', help: 'address to listen on' },
  },
  async run({ config: url, agency, port, host }) {
    const config = await readConfigAt(url)
    const agencies = agency.length > 0 ? agency : (config.transit?.agencies ?? [])
    if (agencies.length === 0)
      throw new HexhailError('no-agency', 'The configuration names no agency: give --agency TAG.')
    const topics = agencies.flatMap(tag =>
      cellsOfCity(config.city).map(cell => transitTopic(config.chainId, tag, cell)),
    )
    if (topics.length > MOST_TOPICS)
      throw new HexhailError(
        'many-topics',
        `${topics.length} topics are more than the ${MOST_TOPICS} that one node hears: start one for each --agency.`,
      )
    const table = createEntityTable()
    await using net = await joinTransit(config, table)
    for (const topic of topics) net.leaf.subscribe(topic, () => {})
    const server = createServer(createTransitHandler(table, Date.now))
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, host, resolve)
    })
    const { port: taken } = server.address() as AddressInfo
    report({ type: 'ready', data: { url: `http://${host}:${taken}`, topics } })
    await untilStopped()
    server.close()
    server.closeAllConnections()
  },
})
