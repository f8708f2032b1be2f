import { MAX_BODY_BYTES, openPrivate, packPrivate } from '@hexhail/protocol/frame.ts'
import { concat } from '@hexhail/protocol/hex.ts'
import { MESSAGES, type PrivateMessage } from '@hexhail/protocol/messages.ts'
import { createSealKey, sealTo } from '@hexhail/protocol/seal.ts'
import { createSessionKey } from '@hexhail/protocol/session-key.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyBody } from './any-message.ts'

const PRIVATE = MESSAGES.filter(m => m.kind >= 10)

describe('a private message', async () => {
  const session = await createSessionKey()
  const sealKey = await createSealKey()
  const place = { tag: '00112233445566778899aabbccddeeff', seq: 7, role: 'driver' } as const
  const message: PrivateMessage = { name: 'chat', body: { text: 'I am at the corner' } }
  const pack = (over: object = {}) =>
    packPrivate({ ...place, message, session, to: sealKey.publicKey, ...over })
  const open = (bytes: Uint8Array, over: object = {}) =>
    openPrivate({ ...place, bytes, sealKey, expectedKey: session.publicKey, ...over })

  it('of every kind fits and comes back with its author', async () => {
    for (const m of PRIVATE) {
      expect(m.maxBytes).toBeLessThanOrEqual(MAX_BODY_BYTES)
      for (const body of fc.sample(anyBody(m), 2)) {
        const bytes = await pack({ message: { name: m.name, body } })
        const value = { message: { name: m.name, body }, key: session.publicKey }
        expect(await open(bytes)).toEqual({ verdict: 'accept', value })
        expect(await open(bytes, { expectedKey: null })).toEqual({ verdict: 'accept', value })
      }
    }
  })

  it('may be packed and opened many at a time', async () => {
    const packed = await Promise.all(Array.from({ length: 30 }, (_, seq) => pack({ seq })))
    const opened = await Promise.all(packed.map((bytes, seq) => open(bytes, { seq })))
    expect(opened.every(o => o.verdict === 'accept')).toBe(true)
  })

  it('hides its length: all are 512 or 2048 bytes, or what is asked for', async () => {
    const sizes = new Set<number>()
    for (const m of PRIVATE)
      for (const body of fc.sample(anyBody(m), 5))
        sizes.add((await pack({ message: { name: m.name, body } })).length)
    expect([...sizes].sort()).toEqual([2048, 512])
    expect((await pack({ size: 1024 })).length).toBe(1024)
  })

  it.each([
    ['in another conversation', { tag: '10112233445566778899aabbccddeeff' }, 'sealed'],
    ['at another place of it', { seq: 8 }, 'sealed'],
    ['as the other side', { role: 'rider' }, 'signature'],
    ['from another key', { expectedKey: new Uint8Array(64) }, 'key'],
  ])('is refused %s', async (_, over, code) => {
    expect(await open(await pack(), over)).toEqual({ verdict: 'reject', code })
  })

  it('is refused by another seal key', async () => {
    expect(await open(await pack(), { sealKey: await createSealKey() })).toEqual({
      verdict: 'reject',
      code: 'sealed',
    })
  })

  it('is refused when someone seals spoiled content with the right context', async () => {
    const aad = concat(
      Uint8Array.from({ length: 16 }, (_, i) => i * 17),
      Uint8Array.of(7, 0, 0, 0),
    )
    const spoil = fc.uint8Array({ maxLength: 400 })
    await fc.assert(
      fc.asyncProperty(spoil, async inner => {
        expect((await open(await sealTo(sealKey.publicKey, inner, aad))).verdict).toBe('reject')
      }),
      { numRuns: 60 },
    )
  })

  it('never throws for junk', async () => {
    const bytes = await pack()
    const junk = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }))
        .map(([at, xor]) => bytes.with(at, bytes[at]! ^ xor)),
      fc.nat(bytes.length - 1).map(n => bytes.subarray(0, n)),
    )
    await fc.assert(
      fc.asyncProperty(junk, async input => {
        expect((await open(input)).verdict).toBe('reject')
      }),
    )
  })
})

describe('the inside of a private message', async () => {
  const session = await createSessionKey()
  const sealKey = await createSealKey()
  const place = { tag: 'ff'.repeat(16), seq: 1, role: 'rider' } as const
  const aad = concat(new Uint8Array(16).fill(0xff), Uint8Array.of(1, 0, 0, 0))

  /** The layout, written down a second time: kind u8, seq u32, key 64, signature 64, offset u32 = 137, body. */
  async function craft(kind: number, seq: number, body: Uint8Array): Promise<Uint8Array> {
    const title = new TextEncoder().encode('hexhail private message\n')
    const signature = await session.sign(concat(title, aad, Uint8Array.of(1, kind), session.publicKey, body))
    const head = concat(
      Uint8Array.of(kind, seq, 0, 0, 0),
      session.publicKey,
      signature,
      Uint8Array.of(137, 0, 0, 0),
    )
    return sealTo(sealKey.publicKey, concat(head, body), aad)
  }
  const open = (bytes: Uint8Array) => openPrivate({ ...place, bytes, sealKey, expectedKey: null })

  it('has one layout', async () => {
    const opened = await open(await craft(34, 1, Uint8Array.of(5)))
    expect(opened).toMatchObject({
      verdict: 'accept',
      value: { message: { name: 'rating', body: { stars: 5 } } },
    })
  })

  it.each([
    ['a gossip kind', 'reject', 'kind', 2, 1, new Uint8Array(528)],
    ['another number than outside', 'reject', 'seq', 34, 2, Uint8Array.of(5)],
    ['a body that is none', 'reject', 'size', 34, 1, Uint8Array.of(5, 5)],
    ['a kind of a later version', 'ignore', 'kind', 250, 1, Uint8Array.of(5)],
  ])('with %s: %s %s', async (_, verdict, code, kind, seq, body) => {
    expect(await open(await craft(kind, seq, body))).toEqual({ verdict, code })
  })
})
