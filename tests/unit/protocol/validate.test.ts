import type { AskedWork } from '@hexhail/protocol/asked-work.ts'
import { cellAt, farCells, farTopic, meetTopic, requestCells, requestTopic } from '@hexhail/protocol/cells.ts'
import {
  ENVELOPE,
  type Envelope,
  openEnvelope,
  sealEnvelope,
  signedBytes,
} from '@hexhail/protocol/envelope.ts'
import { createGossipLimits } from '@hexhail/protocol/limits.ts'
import { HELLO, MEET, REQUEST } from '@hexhail/protocol/messages.ts'
import { createSeen } from '@hexhail/protocol/seen.ts'
import { createSessionKey, type SessionKey } from '@hexhail/protocol/session-key.ts'
import { createGossipCheck, type GossipCheckOptions, type Neighbour } from '@hexhail/protocol/validate.ts'
import { reject } from '@hexhail/protocol/verdict.ts'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { CELL, CHAIN, NOW, REQUEST_BODY, sealRequest, TOPIC } from './some-gossip.ts'

let session: SessionKey
beforeAll(async () => {
  session = await createSessionKey()
})

function check(over: Partial<GossipCheckOptions> = {}) {
  const limits = createGossipLimits()
  return createGossipCheck({
    now: () => NOW + 1000,
    seen: createSeen(),
    limits,
    chainId: CHAIN,
    workBits: 4,
    ...over,
  })
}

const leaf = (id: string): Neighbour => ({ id, tier: 'leaf' })
const RELAY: Neighbour = { id: 'relay', tier: 'hub' }

/** Changes fields of an envelope without signing it again. */
function forged(raw: Uint8Array, change: Partial<Envelope>): Uint8Array {
  const opened = openEnvelope(raw)
  if (opened.verdict !== 'accept') throw new Error(opened.code)
  return ENVELOPE.encode({ ...opened.value, ...change })
}

describe('a gossip message', () => {
  it('passes when all ten steps do', async () => {
    const raw = await sealRequest(session)
    expect(await check()(TOPIC, raw, RELAY)).toEqual({
      verdict: 'accept',
      value: {
        message: { name: 'request', body: REQUEST_BODY },
        key: session.publicKey,
        issuedAtMs: NOW,
        expiresAtMs: NOW + 60_000,
        id: expect.stringMatching(/^[0-9a-f]{40}$/),
      },
    })
  })

  it('passes in every topic that a rider publishes to', async () => {
    const pickup = [-56.1645, -34.9011] as const
    const topics = [
      ...requestCells(pickup, 2000).map(cell => requestTopic(CHAIN, cell)),
      ...farCells(pickup).map(cell => farTopic(CHAIN, cell)),
    ]
    const gossip = check()
    for (const topic of topics)
      expect((await gossip(topic, await sealRequest(session, { topic }))).verdict).toBe('accept')
  })

  it('may be a rendezvous, in the topic of its tag', async () => {
    const body = { tag: new Uint8Array(16).fill(5), sealed: new Uint8Array(512) }
    const topic = meetTopic(CHAIN, body.tag)
    const seal = (on: string) =>
      sealEnvelope({ topic: on, message: MEET, body, session, issuedAtMs: NOW, lifeMs: 9000, workBits: 4 })
    const seen = await check()(topic, await seal(topic))
    expect(seen.verdict === 'accept' && seen.value.message).toEqual({ name: 'meet', body })
    const other = meetTopic(CHAIN, new Uint8Array(16))
    expect(await check()(other, await seal(other))).toEqual({ verdict: 'reject', code: 'place' })
  })

  const cases: [
    string,
    string,
    string,
    (raw: Uint8Array) => Promise<[string, Uint8Array]> | [string, Uint8Array],
  ][] = [
    ['1 a topic that is none', 'ignore', 'topic', raw => ['/chat', raw]],
    ['1 another chain', 'ignore', 'topic', raw => [requestTopic(CHAIN + 1, CELL), raw]],
    ['1 too long', 'reject', 'size', () => [TOPIC, new Uint8Array(2049)]],
    ['1 too short', 'reject', 'size', raw => [TOPIC, raw.subarray(0, 100)]],
    ['3 a later version', 'ignore', 'version', raw => [TOPIC, raw.with(1, 2)]],
    ['3 an unknown kind', 'ignore', 'kind', raw => [TOPIC, raw.with(0, 200)]],
    ['3 a private kind', 'reject', 'kind', raw => [TOPIC, raw.with(0, HELLO.kind)]],
    ['4 a gap before the body', 'reject', 'offset', raw => [TOPIC, raw.with(154, 159)]],
    ['4 a body cut short', 'reject', 'size', raw => [TOPIC, forged(raw, { body: new Uint8Array(20) })]],
    ['5 a life of no length', 'reject', 'life', raw => [TOPIC, forged(raw, { expiresAtMs: NOW })]],
    ['5 a long life', 'reject', 'life', raw => [TOPIC, forged(raw, { expiresAtMs: NOW + 90_001 })]],
    [
      '5 the future',
      'ignore',
      'future',
      async () => [TOPIC, await sealRequest(session, { issuedAtMs: NOW + 6001 })],
    ],
    [
      '5 the past',
      'ignore',
      'expired',
      async () => [TOPIC, await sealRequest(session, { issuedAtMs: NOW - 59_000 })],
    ],
    [
      '6 a cell far away',
      'reject',
      'place',
      async () => [TOPIC, await sealRequest(session, { body: { cell: cellAt([-57, -34], 7) } })],
    ],
    [
      '6 a finer cell',
      'reject',
      'place',
      async () => [TOPIC, await sealRequest(session, { body: { cell: cellAt([-56.1645, -34.9011], 8) } })],
    ],
    ['8 no work', 'reject', 'work', async () => [TOPIC, await withoutWork()]],
    [
      '9 another topic',
      'reject',
      'signature',
      async () => [
        TOPIC,
        await stampedFor(requestTopic(CHAIN, requestCells([-56.1645, -34.9011], 2000)[1]!)),
      ],
    ],
    [
      '9 a forged signature',
      'reject',
      'signature',
      raw => [TOPIC, forged(raw, { signature: new Uint8Array(64).fill(1) })],
    ],
  ]

  async function withoutWork(): Promise<Uint8Array> {
    for (let i = 0; ; i++) {
      const raw = await sealRequest(session, { workBits: 0, body: { minutes: i } })
      const seen = await check({ workBits: 0 })(TOPIC, raw)
      const strict = await check()(TOPIC, raw)
      if (seen.verdict === 'accept' && strict.verdict !== 'accept') return raw
    }
  }
  /** Signed for another topic, with luck in the work. */
  async function stampedFor(topic: string): Promise<Uint8Array> {
    for (let i = 0; ; i++) {
      const raw = await sealRequest(session, { topic, body: { minutes: i } })
      const seen = await check()(TOPIC, raw)
      if (seen.verdict === 'reject' && seen.code !== 'work') return raw
    }
  }

  it.each(cases)('is stopped at step %s: %s %s', async (_, verdict, code, make) => {
    const [topic, raw] = await make(await sealRequest(session))
    expect(await check()(topic, raw, leaf('rider'))).toEqual({ verdict, code })
  })

  it('is stopped at step 2 when its author says too much in one topic', async () => {
    const gossip = check()
    const verdicts = []
    for (let i = 0; i < 8; i++)
      verdicts.push(await gossip(TOPIC, await sealRequest(session, { body: { minutes: i } }), RELAY))
    expect(verdicts.map(v => v.verdict)).toEqual([...Array(6).fill('accept'), 'ignore', 'ignore'])
    expect(verdicts[7]).toEqual({ verdict: 'ignore', code: 'rate' })
  })

  it('is stopped at step 7 the second time, also while the first is being verified, also after a reload', async () => {
    const seen = createSeen()
    const raw = await sealRequest(session)
    const gossip = check({ seen })
    const both = await Promise.all([gossip(TOPIC, raw, leaf('a')), gossip(TOPIC, raw, leaf('b'))])
    expect(both.map(v => v.verdict)).toEqual(['accept', 'ignore'])
    expect(await check({ seen: createSeen(100, seen.entries(), NOW) })(TOPIC, raw)).toEqual({
      verdict: 'ignore',
      code: 'seen',
    })
  })

  it('is stopped at step 7 when its author signs the same content again', async () => {
    const gossip = check()
    const raw = await sealRequest(session)
    const opened = openEnvelope(raw)
    if (opened.verdict !== 'accept') throw new Error(opened.code)
    const again = forged(raw, { signature: await session.sign(signedBytes(TOPIC, opened.value)) })
    expect(again).not.toEqual(raw)
    // Two signatures are looked at side by side, and either may be found good first.
    const both = await Promise.all([gossip(TOPIC, raw), gossip(TOPIC, again)])
    expect(both.map(v => v.verdict).sort()).toEqual(['accept', 'ignore'])
    expect(await gossip(TOPIC, raw)).toEqual({ verdict: 'ignore', code: 'seen' })
    expect(await gossip(TOPIC, again)).toEqual({ verdict: 'ignore', code: 'seen' })
    const later = check()
    expect((await later(TOPIC, raw)).verdict).toBe('accept')
    expect(await later(TOPIC, again)).toEqual({ verdict: 'ignore', code: 'seen' })
  })

  it('is not buried by a forged twin that came first', async () => {
    const gossip = check()
    const raw = await sealRequest(session)
    const twin = forged(raw, { signature: new Uint8Array(64).fill(1) })
    const both = await Promise.all([gossip(TOPIC, twin, leaf('forger')), gossip(TOPIC, raw, leaf('rider'))])
    expect(both.map(v => v.verdict)).toEqual(['reject', 'accept'])
  })

  it('needs the work that a relay asks of its leaves; one passed on by another relay does not', async () => {
    const asked: AskedWork = { note: () => {}, bits: () => 60, enforced: () => 60 }
    const raw = await sealRequest(session)
    expect(await check({ asked })(TOPIC, raw, leaf('rider'))).toEqual({ verdict: 'ignore', code: 'asked' })
    expect((await check({ asked })(TOPIC, raw, RELAY)).verdict).toBe('accept')
    expect(await check({ workBits: 60 })(TOPIC, raw, RELAY)).toEqual({ verdict: 'reject', code: 'work' })
  })

  it('is counted as a signature check when a leaf hands it over, and not when a relay does', async () => {
    let notes = 0
    const asked: AskedWork = { note: () => notes++, bits: () => 4, enforced: () => 4 }
    const gossip = check({ asked })
    for (const [minutes, from] of [leaf('a'), RELAY, leaf('b')].entries())
      await gossip(TOPIC, await sealRequest(session, { body: { minutes } }), from)
    expect(notes).toBe(2)
  })

  it('is stopped at step 10 by what the caller knows, and a relay is not blamed for it', async () => {
    const state = () => reject('state' as const)
    const raw = await sealRequest(session)
    expect(await check({ state })(TOPIC, raw, leaf('a'))).toEqual({ verdict: 'reject', code: 'state' })
    expect(await check({ state })(TOPIC, raw, RELAY)).toEqual({ verdict: 'ignore', code: 'state' })
  })

  it('does not let a forger silence an author or a cell', async () => {
    const gossip = check()
    const raw = await sealRequest(session)
    for (let i = 0; i < 500; i++) {
      const junk = forged(raw, { signature: crypto.getRandomValues(new Uint8Array(64)) })
      expect((await gossip(TOPIC, junk, leaf('forger'))).verdict).not.toBe('accept')
    }
    expect((await gossip(TOPIC, raw, leaf('the rider'))).verdict).toBe('accept')
  })

  it('never throws, and no spoiled message passes', async () => {
    const raw = await sealRequest(session)
    const gossip = check()
    const input = fc.oneof(
      fc.uint8Array({ maxLength: 2100 }),
      fc
        .tuple(fc.nat(raw.length - 1), fc.integer({ min: 1, max: 255 }))
        .map(([at, xor]) => raw.with(at, raw[at]! ^ xor)),
      fc.nat(raw.length - 1).map(n => raw.subarray(0, n)),
      fc.uint8Array({ maxLength: 700 }).map(body => forged(raw, { body })),
      fc.uint8Array({ minLength: 64, maxLength: 64 }).map(key => forged(raw, { key })),
    )
    await fc.assert(
      fc.asyncProperty(input, fc.string(), async (bytes, from) => {
        expect((await gossip(TOPIC, bytes, leaf(from))).verdict).not.toBe('accept')
      }),
      { numRuns: 300 },
    )
    expect(REQUEST.kind).toBe(raw[0])
  })
})
