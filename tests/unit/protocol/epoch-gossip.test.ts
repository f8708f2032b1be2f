import { bidBytes, isBid, packBid, packListed, unpackBid, unpackListed } from '@hexhail/protocol/bid.ts'
import { epochTopic, farCell, requestTopic } from '@hexhail/protocol/cells.ts'
import { packMoves, unpackMoves } from '@hexhail/protocol/commit.ts'
import { MAX_GOSSIP_BYTES, sealEnvelope } from '@hexhail/protocol/envelope.ts'
import { BID_BYTES, CALL, LISTED_BYTES, OVER } from '@hexhail/protocol/epoch-messages.ts'
import { createGossipLimits } from '@hexhail/protocol/limits.ts'
import { peerName } from '@hexhail/protocol/peer-name.ts'
import { createSeen } from '@hexhail/protocol/seen.ts'
import { createSessionKey, type SessionKey } from '@hexhail/protocol/session-key.ts'
import { createGossipCheck } from '@hexhail/protocol/validate.ts'
import { gridDisk } from 'h3-js'
import { describe, expect, it } from 'vitest'
import { CELL, CHAIN, NOW, REQUEST_BODY, TOPIC } from './some-gossip.ts'

const AREA = farCell(CELL)
const rider = await createSessionKey()
const driver = await createSessionKey()
const BID = { etaDs: 1_830, idleS: 60, rivals: 1, issuedAtMs: NOW, holdS: 120 }
const signedBid = async (to: SessionKey) => ({
  ...BID,
  driver: driver.publicKey,
  signature: await driver.sign(bidBytes(peerName(to.publicKey), BID)),
})
const check = () =>
  createGossipCheck({
    now: () => NOW,
    seen: createSeen(),
    limits: createGossipLimits(),
    chainId: CHAIN,
    workBits: 4,
  })
const over = (topic: string) =>
  sealEnvelope({
    ...{ topic, message: OVER, body: { area: AREA }, session: rider },
    ...{ issuedAtMs: NOW, lifeMs: 60_000, workBits: 4 },
  })
const said = async (topic: string, raw: Uint8Array) => {
  const verdict = await check()(topic, raw)
  return verdict.verdict === 'accept' ? verdict.value.message.name : verdict.code
}

describe('the words of an epoch', () => {
  it('pass in the topic of their area and in those next to it, and nowhere else', async () => {
    const at = async (topic: string) => said(topic, await over(topic))
    const next = gridDisk(AREA, 1).find(cell => cell !== AREA)!
    const away = gridDisk(AREA, 3).find(cell => !gridDisk(AREA, 2).includes(cell))!
    expect(await at(epochTopic(CHAIN, AREA))).toBe('over')
    expect(await at(epochTopic(CHAIN, next))).toBe('over')
    expect(await at(epochTopic(CHAIN, away))).toBe('place')
    expect(await at(requestTopic(CHAIN, CELL))).toBe('place')
    expect(await at(TOPIC)).toBe('place')
  })

  it('carry nine bids beside two addresses in one message', async () => {
    const { pickupAtMs: _, replyTo, ...wanted } = REQUEST_BODY
    const body = {
      ...wanted,
      area: AREA,
      replyTo: [0, 1].map(() => `${replyTo[0]}`.padEnd(150, '7')),
      patienceDs: 9_000,
      opensAtMs: NOW,
      untilMs: NOW + 120_000,
      refused: [rider.publicKey.slice(0, 16)],
      bids: Array.from({ length: 9 }, () => new Uint8Array(BID_BYTES)),
    }
    const topic = epochTopic(CHAIN, AREA)
    const times = { issuedAtMs: NOW, lifeMs: 60_000, workBits: 4 }
    const raw = await sealEnvelope({ topic, message: CALL, body, session: rider, ...times })
    expect(raw.length).toBeLessThanOrEqual(MAX_GOSSIP_BYTES)
    expect(await said(topic, raw)).toBe('call')
  })
})

describe('a bid', () => {
  it('is the driver’s own word for one rider, and comes out of a call as it went in', async () => {
    const bid = await signedBid(rider)
    const name = peerName(rider.publicKey)
    expect(await isBid(name, bid)).toBe(true)
    expect(await isBid(peerName(driver.publicKey), bid)).toBe(false)
    expect(await isBid(name, { ...bid, etaDs: 1 })).toBe(false)
    expect(packBid(bid)).toHaveLength(BID_BYTES)
    expect(unpackBid(packBid(bid))).toEqual(bid)
    expect(unpackBid(new Uint8Array(BID_BYTES - 1))).toBeNull()
  })

  it('is twenty bytes in its driver’s list', () => {
    const name = peerName(rider.publicKey)
    const packed = packListed(name, 1_830, 60)
    expect(packed).toHaveLength(LISTED_BYTES)
    expect(unpackListed(packed)).toEqual({ rider: name, etaDs: 1_830, idleS: 60 })
    expect(unpackListed(new Uint8Array(3))).toBeNull()
  })
})

it('writes moves as names, and nobody as zeros', () => {
  const [a, b, c] = ['aa', 'bb', 'cc'].map(pair => pair.repeat(16)) as [string, string, string]
  const moves = [
    { request: a, from: null, to: b },
    { request: c, from: b, to: a },
  ]
  expect(unpackMoves(packMoves(moves))).toEqual(moves)
})
