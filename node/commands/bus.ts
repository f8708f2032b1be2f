import { localChainKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { createOperatorFeed } from '@hexhail/client/operator-feed.ts'
import { agencyTag, cellAt, FAR_RES } from '@hexhail/protocol/cells.ts'
import { createBusPlayer, type PlayedBus } from '@hexhail/transit/realtime/bus-player.ts'
import type { PlacedEntity } from '@hexhail/transit/realtime/pack-feeds.ts'
import { writeEntity } from '@hexhail/transit/realtime/write-entity.ts'
import { command } from '../command.ts'
import { demoOperator } from '../demo-operator.ts'
import { keyFromEnvironment } from '../environment.ts'
import { report, untilStopped } from '../parent.ts'
import { readTimetable } from '../timetable-file.ts'
import { checkListed, joinTransit, readConfigAt } from '../transit-net.ts'

/** Buses say where they are this often, and how late they will be each third time, ms. */
const TICK_MS = 10_000
const NEWS_TICKS = 3

/** `hexhail bus`: buses played from a timetable, as real peers. */
export const busCommand = command({
  usage: 'bus',
  about:
    'Plays buses from a timetable: each says in gossip where it is and how late it comes, signed by a session key of the\n' +
    'operator’s account (HEXHAIL_KEY), which needs the agency’s transit permit.',
  options: {
    config: { kind: 'text', value: '', shown: 'URL', help: 'the /config.json of a page of the deployment' },
    timetable: { kind: 'text', value: '', shown: 'FILE', help: 'as hexhail city made it' },
    agency: { kind: 'text', value: null, shown: 'TAG', help: 'agency; else the first of the timetable' },
    buses: { kind: 'integer', value: 48, min: 1, max: 300, help: 'on the road at a time, at most' },
    late: {
      kind: 'integer',
      value: 25,
      min: 0,
      max: 100,
      help: 'of a hundred buses that many come to be late',
    },
    seed: { kind: 'integer', value: 1, min: 0, max: 2 ** 31 - 1, help: 'of which buses, and which are late' },
    demo: { kind: 'flag', help: 'on a local chain: takes a test account, and has the authority list it' },
  },
  async run({ config: url, timetable: path, agency, buses, late, seed, demo }) {
    const [config, timetable] = await Promise.all([readConfigAt(url), readTimetable(path)])
    const tag = agency ?? agencyTag(timetable.agencies[0]?.id ?? '')
    const signer = walletFromKey(demo ? localChainKey(await demoOperator(config, tag)) : keyFromEnvironment())
    await using net = await joinTransit(config, null)
    await checkListed(net, signer, tag)
    const { chainId, contracts } = config
    const { leaf } = net
    const feed = createOperatorFeed({
      ...{ leaf, signer, chainId, permits: contracts.permits, agency: tag, now: Date.now },
    })
    const play = createBusPlayer(timetable, { buses, latePercent: late, seed })
    let ticks = 0
    // Who has just begun to listen is told of delays with the next word, too.
    leaf.onStatus(() => {
      ticks = 0
    })
    const tick = async (): Promise<void> => {
      const played = play(Date.now())
      const tellsNews = ticks++ % NEWS_TICKS === 0
      await feed.say(played.flatMap(bus => placedBus(bus, tellsNews)))
    }
    const timer = setInterval(() => tick().catch((fault: Error) => console.error(fault.message)), TICK_MS)
    await tick()
    report({ type: 'ready', data: { agency: tag, operator: signer.address, buses: play(Date.now()).length } })
    await untilStopped()
    clearInterval(timer)
  },
})

function placedBus({ vehicle, news }: PlayedBus, tellsNews: boolean): PlacedEntity[] {
  const cell = cellAt(vehicle.at, FAR_RES)
  return (tellsNews ? [vehicle, news] : [vehicle]).map(entity => ({ cell, bytes: writeEntity(entity) }))
}
