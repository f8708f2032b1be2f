import { walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { createOperatorFeed } from '@hexhail/client/operator-feed.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { newsSettler } from '@hexhail/transit/realtime/late-trips.ts'
import { type PlaceHelp, placeEntities } from '@hexhail/transit/realtime/place-entities.ts'
import type { Timetable } from '@hexhail/transit/timetable/timetable.ts'
import { command } from '../command.ts'
import { keyFromEnvironment } from '../environment.ts'
import { fetchFeed } from '../fetch-feed.ts'
import { report, untilStopped } from '../parent.ts'
import { readTimetable } from '../timetable-file.ts'
import { checkListed, joinTransit, readConfigAt } from '../transit-net.ts'

/** `hexhail transit feed`: gossips an agency's GTFS-Realtime feed. */
export const transitFeedCommand = command({
  usage: 'transit feed',
  about:
    'Reads an agency’s GTFS-Realtime feeds over HTTP and gossips what they say of vehicles and trips, signed by a session\n' +
    'key of the operator’s account (HEXHAIL_KEY), which needs the agency’s transit permit. With the timetable of the same\n' +
    'agency, times become delays that every page understands.',
  options: {
    config: { kind: 'text', value: '', shown: 'URL', help: 'the /config.json of a page of the deployment' },
    from: { kind: 'texts', shown: 'URL', help: 'a feed: vehicle positions, trip updates, or both' },
    agency: { kind: 'text', value: '', shown: 'TAG', help: 'agency that the permit is for' },
    timetable: { kind: 'text', value: null, shown: 'FILE', help: 'as hexhail city made it' },
    every: { kind: 'integer', value: 15, min: 5, max: 60, help: 'seconds between two looks at the feeds' },
  },
  async run({ config: url, from, agency, timetable: path, every }) {
    if (from.length === 0 || agency === '')
      throw new HexhailError('bad-value', 'Give the feed and the agency: --from URL --agency TAG.')
    const config = await readConfigAt(url)
    const help = path === null ? {} : placeHelp(await readTimetable(path))
    const signer = walletFromKey(keyFromEnvironment())
    await using net = await joinTransit(config, null)
    await checkListed(net, signer, agency)
    const { chainId, contracts } = config
    const { leaf } = net
    const feed = createOperatorFeed({
      ...{ leaf, signer, chainId, permits: contracts.permits, agency, now: Date.now },
    })
    let leftBefore = 0
    const look = async (): Promise<number> => {
      const found = await Promise.all(from.map(fetchFeed))
      const { placed, left } = placeEntities(found.flat(), Date.now(), help)
      if (left !== leftBefore)
        console.error(`${left} entities are left out: old, incomplete, or of no known trip or place.`)
      leftBefore = left
      await feed.say(placed)
      return placed.length
    }
    const first = await look()
    const timer = setInterval(
      () => look().catch((fault: Error) => console.error(fault.message)),
      every * 1000,
    )
    report({ type: 'ready', data: { agency, operator: signer.address, entities: first } })
    await untilStopped()
    clearInterval(timer)
  },
})

function placeHelp(timetable: Timetable): PlaceHelp {
  const { id, lngE7, latE7 } = timetable.stops
  const at = new Map(id.map((each, i) => [each, [lngE7[i]! / 1e7, latE7[i]! / 1e7] as const]))
  return { settle: newsSettler(timetable), stopAt: stop => at.get(stop) ?? null }
}
