/** Gossip of transit operators through the whole check: what is forged, stale, replayed or out of bounds is refused. */
import { walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { cellAt, transitTopic } from '@hexhail/protocol/cells.ts'
import { ENVELOPE, type Envelope, MAX_GOSSIP_BYTES, openEnvelope } from '@hexhail/protocol/envelope.ts'
import { concat } from '@hexhail/protocol/hex.ts'
import { createGossipLimits } from '@hexhail/protocol/limits.ts'
import { FEED } from '@hexhail/protocol/messages.ts'
import { createOperatorCheck } from '@hexhail/protocol/operator.ts'
import { createRequestBook } from '@hexhail/protocol/request-book.ts'
import { createSeen } from '@hexhail/protocol/seen.ts'
import { createSessionKey } from '@hexhail/protocol/session-key.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { createGossipCheck, type Neighbour } from '@hexhail/protocol/validate.ts'
import { createEntityTable } from '@hexhail/transit/realtime/entity-table.ts'
import { createFeedCheck } from '@hexhail/transit/realtime/feed-check.ts'
import { writeEntity } from '@hexhail/transit/realtime/write-entity.ts'
import { describe, expect, it } from 'vitest'
import { CHAIN, NOW, sealRequest, TOPIC } from '../../protocol/some-gossip.ts'
import {
  AGENCY,
  AT,
  FEED_CELL,
  FEED_TOPIC,
  OPERATOR,
  PERMITS,
  sealFeed,
  someTrip,
  someVehicle,
} from './some-feed.ts'

const LEAF: Neighbour = { id: 'leaf', tier: 'leaf' }
const RELAY: Neighbour = { id: 'relay', tier: 'relay' }
const listed = new Map([[`${AGENCY} ${OPERATOR.address}`, true]])
const stranger = walletFromKey(`0x${'77'.repeat(32)}`)

function world(over: { nowMs?: () => number; list?: (agency: string, account: Hex) => boolean | null } = {}) {
  const { nowMs = () => NOW, list = (agency, account) => listed.get(`${agency} ${account}`) ?? false } = over
  const table = createEntityTable()
  const operators = createOperatorCheck(
    { chainId: CHAIN, permits: PERMITS },
    { isListed: async (agency, account) => list(agency, account) },
  )
  const check = createGossipCheck({
    ...{ now: nowMs, seen: createSeen(), limits: createGossipLimits(), chainId: CHAIN, workBits: 4 },
    ...{ operators, state: createFeedCheck(table, createRequestBook()) },
  })
  const hear = async (message: { topic: string; raw: Uint8Array } | undefined, from = LEAF) => {
    const verdict = await check(message!.topic, message!.raw, from)
    return verdict.verdict === 'accept' ? 'accept' : `${verdict.verdict} ${verdict.code}`
  }
  return {
    table,
    check,
    hear,
    first: async (...of: Parameters<typeof sealFeed>) => hear((await sealFeed(...of))[0]),
  }
}

function changed(raw: Uint8Array, change: Partial<Envelope>): Uint8Array {
  const opened = openEnvelope(raw)
  if (opened.verdict !== 'accept') throw new Error(opened.code)
  return ENVELOPE.encode({ ...opened.value, ...change })
}

describe('a feed of a transit operator', () => {
  it('passes with vehicles and trips, and stands in the table of its agency', async () => {
    const { table, first } = world()
    expect(await first([someVehicle(), someTrip()])).toBe('accept')
    expect(table.live(NOW).map(({ agency, entity }) => [agency, entity])).toEqual([
      [AGENCY, someVehicle()],
      [AGENCY, someTrip()],
    ])
  })

  it('is not heard where nobody is told who the operators are, and requests still are', async () => {
    const check = createGossipCheck({
      ...{ now: () => NOW, seen: createSeen(), limits: createGossipLimits(), chainId: CHAIN, workBits: 4 },
    })
    const [message] = await sealFeed([someVehicle()])
    expect(await check(message!.topic, message!.raw)).toEqual({ verdict: 'ignore', code: 'topic' })
    const { hear } = world()
    expect(await hear({ topic: TOPIC, raw: await sealRequest(await createSessionKey()) })).toBe('accept')
  })

  it('is refused of an account that the jurisdiction does not list for this agency; a relay is not blamed', async () => {
    const { first, hear } = world()
    expect(await first([someVehicle()], { signer: stranger })).toBe('reject operator')
    expect(await first([someVehicle()], { agency: 'cutcsa' })).toBe('reject operator')
    const [message] = await sealFeed([someVehicle()], { signer: stranger })
    expect(await hear(message, RELAY)).toBe('ignore operator')
    expect(await world({ list: () => null }).first([someVehicle()])).toBe('ignore busy')
  })

  it('is refused when it is forged: in the name of a listed account, for another register, or changed on the way', async () => {
    const { first, hear, table } = world()
    expect(await first([someVehicle()], { signer: stranger, address: OPERATOR.address })).toBe(
      'reject delegation',
    )
    expect(await first([someVehicle()], { permits: `0x${'5f'.repeat(20)}` })).toBe('reject delegation')
    const [message] = await sealFeed([someVehicle()])
    const opened = openEnvelope(message!.raw)
    if (opened.verdict !== 'accept') throw new Error(opened.code)
    const feed = FEED.decode(opened.value.body)
    if (feed.verdict !== 'accept') throw new Error(feed.code)
    const body = FEED.encode({ ...feed.value, entities: [writeEntity(someVehicle({ label: '64' }))] })
    // Until the work is good by luck, so that only the signature is bad.
    let verdict = 'reject work'
    for (let work = 0; verdict === 'reject work'; work++)
      verdict = await hear({ topic: FEED_TOPIC, raw: changed(message!.raw, { body, work }) })
    expect(verdict).toBe('reject signature')
    const key = (await createSessionKey()).publicKey
    expect(await hear({ topic: FEED_TOPIC, raw: changed(message!.raw, { key }) })).toMatch(
      /^reject (work|signature)$/,
    )
    expect(table.live(NOW)).toEqual([])
  })

  it('is refused in a topic that is not of its cell, and of a vehicle that is elsewhere', async () => {
    const { hear, first } = world()
    const other = cellAt([-55.5, -34.6], 5)
    const [message] = await sealFeed([someVehicle()])
    expect(await hear({ topic: transitTopic(CHAIN, AGENCY, other), raw: message!.raw })).toBe('reject place')
    expect(await first([someVehicle()], { cell: other })).toBe('reject entity')
    expect(await first([someTrip()], { cell: other })).toBe('accept')
  })

  it('is ignored when replayed, and when nothing in it is newer than what is known', async () => {
    const { hear, first, table } = world()
    const [message] = await sealFeed([someVehicle()])
    expect(await hear(message)).toBe('accept')
    expect(await hear(message, RELAY)).toBe('ignore seen')
    expect(await first([someVehicle({ label: '64' })])).toBe('ignore stale')
    expect(await first([someVehicle({ atS: NOW / 1000 - 1 })])).toBe('ignore stale')
    const newer = someVehicle({ vehicle: 'bus-8' })
    expect(await first([someVehicle({ label: '64' }), newer])).toBe('accept')
    expect(table.live(NOW).map(({ entity }) => entity)).toEqual([someVehicle(), newer])
    expect(table.live(NOW + 90_000)).toEqual([])
  })

  it('is refused of another time: expired, ahead, or telling of what was long ago', async () => {
    let nowMs = NOW
    const { hear, first } = world({ nowMs: () => nowMs })
    expect(await first([someVehicle({ atS: NOW / 1000 + 6 })])).toBe('reject entity')
    expect(await first([someVehicle({ atS: NOW / 1000 - 90 })])).toBe('reject entity')
    const [message] = await sealFeed([someVehicle()])
    nowMs = NOW + 30_000
    expect(await hear(message)).toBe('ignore expired')
    nowMs = NOW + 12 * 3_600_000
    const late = await sealFeed([someVehicle({ atS: nowMs / 1000 })], { nowMs })
    expect(await hear(late[0])).toBe('accept')
  })

  it('is refused when it holds too much, nothing, or what is no entity', async () => {
    const { hear, first, check } = world()
    const [message] = await sealFeed([someVehicle()])
    const long = concat(message!.raw, new Uint8Array(MAX_GOSSIP_BYTES))
    expect(await hear({ topic: FEED_TOPIC, raw: long })).toBe('reject size')
    expect(await sealFeed([new Uint8Array(1800)])).toEqual([])
    await expect(sealFeed([new Uint8Array(1025)])).rejects.toThrow('does not fit')
    const good = writeEntity(someVehicle())
    expect(await first([concat(good, Uint8Array.of(0x28, 1))])).toBe('reject entity')
    expect(await first([good.subarray(0, good.length - 1)])).toBe('reject entity')
    expect(await first([someVehicle({ vehicle: 'x'.repeat(65) })])).toBe('reject entity')
    const body = { account: OPERATOR.address, cell: FEED_CELL, sessionUntilMs: NOW, entities: [] }
    const empty = changed(message!.raw, { body: FEED.encode({ ...body, delegation: new Uint8Array(65) }) })
    expect((await check(FEED_TOPIC, empty)).verdict).toBe('reject')
    const seventeen = Array.from({ length: 17 }, (_, i) =>
      someTrip({ trip: { ...someTrip().trip, trip: `${i}` }, calls: [] }),
    )
    expect((await sealFeed(seventeen)).length).toBe(2)
  })

  it('is held to what one operator may say, whatever the topics', async () => {
    const { hear } = world()
    const verdicts: string[] = []
    const entities = Array.from({ length: 50 * 16 }, (_, i) =>
      someVehicle({ vehicle: `b${i}`, at: AT, trip: null }),
    )
    const messages = await sealFeed(entities)
    for (const message of messages) verdicts.push(await hear(message))
    expect(messages.length).toBeGreaterThanOrEqual(50)
    expect(verdicts.filter(v => v === 'accept').length).toBe(40)
    expect(new Set(verdicts.slice(40))).toEqual(new Set(['ignore rate']))
  })
})
