/** Writes wire.json: `node tests/vectors/make-wire.ts`. Made once for each version of the wire; a change of it is a change of the protocol. */
import { writeFileSync } from 'node:fs'
import { packPrivate } from '@hexhail/protocol/frame.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { MESSAGES, type PrivateMessage } from '@hexhail/protocol/messages.ts'
import { FILED_RECORD, RECORD_ENVELOPE, VOID } from '@hexhail/protocol/record-envelope.ts'
import { RECORD_TABLES } from '@hexhail/protocol/record-table.ts'
import { sealKeyFrom } from '@hexhail/protocol/seal.ts'
import { createSessionKey } from '@hexhail/protocol/session-key.ts'
import fc from 'fast-check'
import { anyBody } from '../unit/protocol/any-message.ts'
import { NOW, sealRequest, TOPIC } from '../unit/protocol/some-gossip.ts'

const messages = [...MESSAGES, ...RECORD_TABLES, RECORD_ENVELOPE, FILED_RECORD, VOID].map(m => {
  const body = fc.sample(anyBody(m), { numRuns: 1, seed: m.kind })[0]!
  return { name: m.name, kind: m.kind, body, bytes: toHex(m.encode(body as never)), root: toHex(m.root(body as never)) }
})

const session = await createSessionKey()
const gossip = { topic: TOPIC, nowMs: NOW, workBits: 12, bytes: toHex(await sealRequest(session, { workBits: 12 })) }

const pair = (await crypto.subtle.generateKey({ name: 'X25519' }, true, ['deriveBits'])) as CryptoKeyPair
const message: PrivateMessage = { name: 'chat', body: { text: 'Estoy en la esquina ☂' } }
const place = { tag: '00112233445566778899aabbccddeeff', seq: 7, role: 'driver' as const }
const { publicKey } = await sealKeyFrom(pair)
const privateMessage = {
  ...place,
  secretKey: await crypto.subtle.exportKey('jwk', pair.privateKey),
  key: session.publicKey,
  message,
  bytes: toHex(await packPrivate({ ...place, message, session, to: publicKey })),
}

const about = 'Bytes and SSZ roots of one body of each message, one gossip envelope, one sealed private message. Byte fields are hex, money is decimal text.'
const plain = (_: string, value: unknown) =>
  typeof value === 'bigint' ? value.toString() : value instanceof Uint8Array ? toHex(value) : value
const json = JSON.stringify({ about, messages, gossip, privateMessage }, plain, 1)
writeFileSync(new URL('wire.json', import.meta.url), `${json}\n`)
