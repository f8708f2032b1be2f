import {
  authorOf,
  ENVELOPE,
  type Envelope,
  envelopeWork,
  openEnvelope,
  signedBytes,
  timesOf,
  WIRE_VERSION,
} from '@hexhail/protocol/envelope.ts'
import { REQUEST } from '@hexhail/protocol/messages.ts'
import { createSessionKey, verifySession } from '@hexhail/protocol/session-key.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NOW, REQUEST_BODY, sealRequest, TOPIC } from './some-gossip.ts'

describe('an envelope', async () => {
  const session = await createSessionKey()
  const raw = await sealRequest(session)
  const open = (bytes: Uint8Array) => {
    const opened = openEnvelope(bytes)
    if (opened.verdict !== 'accept') throw new Error(opened.code)
    return opened.value
  }

  const isSigned = (topic: string, envelope: Envelope) =>
    verifySession(envelope.key, signedBytes(topic, envelope), envelope.signature)

  it('begins with kind and version, and shows its times and its author without being opened', async () => {
    expect([raw[0], raw[1]]).toEqual([REQUEST.kind, WIRE_VERSION])
    expect(timesOf(raw)).toEqual([NOW, NOW + 60_000])
    expect(authorOf(raw)).toBe(authorOf(await sealRequest(session, { body: { minutes: 9 } })))
    for (let at = 18; at < 34; at++) expect(authorOf(raw.with(at, raw[at]! ^ 1))).not.toBe(authorOf(raw))
    expect(authorOf(raw.subarray(0, ENVELOPE.minBytes - 1))).toBe(undefined)
  })

  it('carries the message, its times, its work and its signature', async () => {
    const envelope = open(raw)
    expect(envelope).toMatchObject({ issuedAtMs: NOW, expiresAtMs: NOW + 60_000, key: session.publicKey })
    expect(REQUEST.decode(envelope.body)).toEqual({ verdict: 'accept', value: REQUEST_BODY })
    expect(envelopeWork(TOPIC, envelope)).toBeGreaterThanOrEqual(4)
    expect(await isSigned(TOPIC, envelope)).toBe(true)
  })

  it('is good for one topic only', async () => {
    expect(await isSigned(`${TOPIC}0`, open(raw))).toBe(false)
  })

  it('is signed in every byte', async () => {
    for (let at = 0; at < raw.length; at++) {
      const opened = openEnvelope(raw.with(at, raw[at]! ^ 1))
      if (opened.verdict === 'accept') expect(await isSigned(TOPIC, opened.value), `byte ${at}`).toBe(false)
    }
  })

  it('is refused or has one encoding, for any bytes', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.tuple(fc.nat(raw.length - 1), fc.nat(255)).map(([at, value]) => raw.with(at, value)),
      fc.nat(raw.length).map(n => raw.subarray(0, n)),
    )
    fc.assert(
      fc.property(bytes, input => {
        const opened = openEnvelope(input)
        if (opened.verdict === 'accept') expect(ENVELOPE.encode(opened.value)).toEqual(new Uint8Array(input))
        authorOf(input)
      }),
    )
  })
})
