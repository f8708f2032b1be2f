import { createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto'
import { makeAuditKey } from '@hexhail/audit/audit-key.ts'
import { createRecordOpener } from '@hexhail/audit/open-records.ts'
import { fromHex, toHex } from '@hexhail/protocol/hex.ts'
import { hpkeContext, nonceAt } from '@hexhail/protocol/hpke-context.ts'
import {
  keyIdOf,
  padRecord,
  RECORD_BUCKETS,
  RECORD_ENVELOPE,
  sealInfo,
  unpadRecord,
  VOID,
} from '@hexhail/protocol/record-envelope.ts'
import { createSealContext, sealRecordAt } from '@hexhail/protocol/record-seal.ts'
import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes128Gcm(),
})
const AUTHORITY = `0x${'aa'.repeat(20)}` as const
const MONTH = 202_611
const TERMS = `0x${'07'.repeat(32)}` as const
const { privateKey, publicKey } = await makeAuditKey()
const PLAIN = Uint8Array.of(VOID.kind, ...new Uint8Array(VOID.minBytes))
const opener = createRecordOpener([privateKey])

describe('our HPKE', () => {
  it('gives the key and nonce of RFC 9180, A.1.1', () => {
    const enc = fromHex('0x37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431')
    const receiver = fromHex('0x3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d')
    const info = fromHex('0x4f6465206f6e2061204772656369616e2055726e')
    const skR = '0x4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8'
    const dh = agree(skR, enc)
    const { key, baseNonce } = hpkeContext(dh, enc, receiver, info)
    expect(toHex(key)).toBe('0x4531685d41d65f03dc48f6b8302c05b0')
    expect(toHex(baseNonce)).toBe('0x56d890e5accaaf011cff4b7d')
    expect(toHex(nonceAt(baseNonce, 256))).toBe('0x56d890e5accaaf011cff4a7d')
  })

  it('is opened by @hpke/core message by message, and opens what it seals', async () => {
    const sk = await suite.kem.importKey('raw', fromHex(privateKey).buffer, false)
    const pk = await suite.kem.importKey('raw', fromHex(publicKey).buffer, true)
    const info = sealInfo(AUTHORITY, MONTH)
    const ours = await createSealContext({
      authority: AUTHORITY,
      month: MONTH,
      publicKey: fromHex(publicKey),
    })
    const theirs = await suite.createRecipientContext({ recipientKey: sk, enc: ours.enc, info })
    const sender = await suite.createSenderContext({ recipientPublicKey: pk, info })
    for (let seq = 0; seq < 5; seq++) {
      const envelope = RECORD_ENVELOPE.decode(await sealRecordAt(ours, seq, TERMS, PLAIN))
      if (envelope.verdict !== 'accept') throw new Error(envelope.code)
      const padded = await theirs.open(envelope.value.sealed, fromHex(TERMS))
      expect(unpadRecord(new Uint8Array(padded))).toEqual(PLAIN)
      expect(opener.plain(envelope.value)).toEqual({ verdict: 'accept', value: Buffer.from(PLAIN) })

      const sealed = new Uint8Array(await sender.seal(padRecord(PLAIN), fromHex(TERMS)))
      const foreign = { ...envelope.value, enc: new Uint8Array(sender.enc), seq, sealed }
      expect(opener.plain(foreign)).toEqual({ verdict: 'accept', value: Buffer.from(PLAIN) })
    }
  })

  it('opens nothing under another number, trip, month, authority or key, and never throws', async () => {
    const context = await createSealContext({
      authority: AUTHORITY,
      month: MONTH,
      publicKey: fromHex(publicKey),
    })
    const bytes = await sealRecordAt(context, 3, TERMS, PLAIN)
    const read = RECORD_ENVELOPE.decode(bytes)
    if (read.verdict !== 'accept') throw new Error(read.code)
    const envelope = read.value
    for (const lie of [
      { seq: 4 },
      { terms: new Uint8Array(32) },
      { month: MONTH + 1 },
      { authority: `0x${'ab'.repeat(20)}` as const },
      { enc: new Uint8Array(32) },
      { sealed: envelope.sealed.slice(1) },
      { sealed: new Uint8Array(3) },
    ])
      expect(opener.plain({ ...envelope, ...lie })).toEqual({ verdict: 'reject', code: 'sealed' })
    const other = createRecordOpener([(await makeAuditKey()).privateKey])
    expect(other.open(bytes)).toEqual({ verdict: 'reject', code: 'key' })
    expect(toHex(envelope.keyId)).toBe(toHex(keyIdOf(fromHex(publicKey))))
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), junk => {
        expect(opener.open(junk).verdict).toBe('reject')
      }),
    )
  })

  it('pads to a few sizes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12_000 }), plain => {
        const padded = padRecord(plain)
        expect(RECORD_BUCKETS).toContain(padded.length + 16)
        expect(unpadRecord(padded)).toEqual(plain)
      }),
      { numRuns: 50 },
    )
    expect(() => padRecord(new Uint8Array(12_272))).toThrow(RangeError)
  })
})

/** X25519 by node:crypto, as the opener does it. */
function agree(secret: string, point: Uint8Array): Uint8Array {
  const der = (head: string, raw: Uint8Array) => Buffer.concat([Buffer.from(head, 'hex'), raw])
  const privateKey = createPrivateKey({
    key: der('302e020100300506032b656e04220420', fromHex(secret)),
    format: 'der',
    type: 'pkcs8',
  })
  const publicKey = createPublicKey({
    key: der('302a300506032b656e032100', point),
    format: 'der',
    type: 'spki',
  })
  return diffieHellman({ privateKey, publicKey })
}
