/** Threats T20, T22: what relays and matchers write down, in processes of their own: nothing of who asks, where, or for what. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gossipValidator } from '@hexhail/client/gossip.ts'
import { createLeaf } from '@hexhail/net/leaf.ts'
import { cellAt, requestTopic } from '@hexhail/protocol/cells.ts'
import { authorOf, sealEnvelope } from '@hexhail/protocol/envelope.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import { hexDigits } from '@hexhail/protocol/hex.ts'
import { REQUEST } from '@hexhail/protocol/messages.ts'
import { createSessionKey } from '@hexhail/protocol/session-key.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { afterAll, expect, it } from 'vitest'
import { createSwarm, inbox, until } from '../unit/net/swarm.ts'
import { gridCity } from '../unit/sim/grid-city.ts'
import { byteNeedles, placeNeedles, textNeedles } from './encodings.ts'
import { createFloods, someRequest } from './floods.ts'
import { startLogged } from './logged-process.ts'
import { createRawPeer } from './raw-peer.ts'
import { search } from './search.ts'

const CHAIN = 31_337
const HOME: LngLat = [-56.1723946, -34.8921377]
const folder = mkdtempSync(join(tmpdir(), 'hexhail-logs-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('a relay writes down no cell, no key, no peer and no word, also of those whom it turns away', async () => {
  const cell = cellAt(HOME, 7)
  const topic = requestTopic(CHAIN, cell)
  const relay = await startLogged<{ addrs: string[]; status: string }>([
    ...['relay', '--port', '0', '--host', '127.0.0.1', '--metrics-port', '0'],
    ...['--seen', join(folder, 'relay.seen'), '--key', join(folder, 'relay.key')],
  ])
  await using swarm = createSwarm()
  const leaf = async () => {
    const validate = gossipValidator(CHAIN, Date.now)
    const relays = relay.ready.addrs
    const made = swarm.own(
      await createLeaf({ relays, validate, authorOf, now: Date.now, random: Math.random, want: 1 }),
    )
    await until(made, () => made.addrs().length > 0)
    return made
  }
  const [driver, rider] = [await leaf(), await leaf()]
  const heard = inbox<string>()
  driver.subscribe(topic, data => heard.put(hexDigits(data)))
  await until(rider, () => rider.audience(topic) > 0)
  const session = await createSessionKey()
  const random = createSeeded(3).next
  const body = someRequest(cell, random)
  const data = await sealEnvelope({
    topic,
    message: REQUEST,
    body,
    session,
    issuedAtMs: Date.now(),
    lifeMs: 60_000,
  })
  await rider.publish(topic, data)
  expect(await heard.take(1)).toEqual([hexDigits(data)])
  const frames = inbox<string>()
  driver.handle('/hexhail/trip/1', link => link.onFrame(frame => frames.put(new TextDecoder().decode(frame))))
  const link = await rider.dial(driver.addrs(), '/hexhail/trip/1', { signal: new AbortController().signal })
  await link.send(new TextEncoder().encode('Zitarrosa 7731 bis'))
  expect(await frames.take(1)).toEqual(['Zitarrosa 7731 bis'])
  const [flood] = await createFloods({ chainId: CHAIN, topic, cell, random, now: Date.now, variety: 1 })
  const attacker = await createRawPeer(relay.ready.addrs[0]!)
  for (let i = 0; attacker.isConnected; i++) {
    await flood!.say(attacker, i)
    if (i % 50 === 0) await new Promise(setImmediate)
  }
  await attacker.stop()
  const shown = await Promise.all(
    ['', 'metrics'].map(
      async page =>
        new Uint8Array(await (await fetch(new URL(`/${page}`, relay.ready.status))).arrayBuffer()),
    ),
  )
  expect(new TextDecoder().decode(shown[1])).toContain('hexhail_relay_kicks_total 1')
  await relay.stop()
  const needles = [
    ...placeNeedles('home', HOME),
    ...textNeedles('cell', cell),
    ...textNeedles('private word', 'Zitarrosa 7731 bis'),
    ...textNeedles('rider’s peer', rider.peerId),
    ...textNeedles('driver’s peer', driver.peerId),
    ...byteNeedles('request key', session.publicKey),
    ...byteNeedles('request id', body.requestId),
    ...byteNeedles('seal key', body.sealKey),
  ]
  const seen = [relay.said(), ...shown].map((bytes, i) => ({
    where: ['its log', 'its page', 'its metrics'][i]!,
    bytes,
  }))
  expect(search(seen, needles)).toEqual([])
  expect(
    search([{ where: 'a leak', bytes: new TextEncoder().encode(`asked in ${cell}`) }], needles),
  ).not.toEqual([])
})

it('a matcher writes down no place that it is asked about, also of questions that it cannot read', async () => {
  const city = join(folder, 'grid.city')
  writeFileSync(city, gridCity().bytes)
  const matcher = await startLogged<{ url: string }>([
    'matcher',
    '--port',
    '0',
    '--junctions',
    '--city',
    city,
  ])
  const ask = async (body: string) =>
    (await fetch(`${matcher.ready.url}/nearest`, { method: 'POST', body })).status
  const question = JSON.stringify({ rider: HOME, drivers: [{ id: 'Wenceslao', at: HOME }], k: 1 })
  expect(await ask(question)).toBe(200)
  expect(await ask(question.slice(0, -1))).toBe(400)
  expect(await ask(question.replace('"k":1', '"k":"many"'))).toBe(400)
  await matcher.stop()
  const needles = [...placeNeedles('home', HOME), ...textNeedles('driver', 'Wenceslao')]
  expect(search([{ where: 'its log', bytes: matcher.said() }], needles)).toEqual([])
})
