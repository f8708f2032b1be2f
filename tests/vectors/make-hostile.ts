/**
 * Writes hostile-wire.json: `node tests/vectors/make-hostile.ts`. Hostile gossip messages, each with the verdict that the
 * check must give; made anew (with new keys) when the wire changes.
 */
import { writeFileSync } from 'node:fs'
import { cellAt, meetTopic, requestTopic } from '@hexhail/protocol/cells.ts'
import { ENVELOPE, type Envelope, openEnvelope, sealEnvelope } from '@hexhail/protocol/envelope.ts'
import { concat, toHex } from '@hexhail/protocol/hex.ts'
import { MEET } from '@hexhail/protocol/messages.ts'
import { createSessionKey } from '@hexhail/protocol/session-key.ts'
import { getPentagons } from 'h3-js'
import { CHAIN, NOW, REQUEST_BODY, sealRequest, TOPIC } from '../unit/protocol/some-gossip.ts'

/** Bits that the check asks for when these are run. */
const WORK_BITS = 8
const session = await createSessionKey()
const seal = (over: Parameters<typeof sealRequest>[1] = {}) => sealRequest(session, { workBits: WORK_BITS, ...over })
const good = await seal()
const envelope = (raw: Uint8Array): Envelope => {
  const opened = openEnvelope(raw)
  if (opened.verdict !== 'accept') throw new Error(opened.code)
  return opened.value
}
const forged = (change: Partial<Envelope>) => ENVELOPE.encode({ ...envelope(good), ...change })
const put = (at: number, ...bytes: number[]): Uint8Array => {
  const out = good.slice()
  out.set(bytes, at)
  return out
}
const BODY = 158
const CELL_AT = BODY + 16
const LIST_AT = BODY + 16 + 8 + 4 + 5 + 8 + 32
const text = (value: string) => new TextEncoder().encode(value)
/** The good message with its one address replaced by other bytes of the same number. */
const addressed = (...bytes: number[]) => put(good.length - bytes.length, ...bytes)
const tag = Uint8Array.from({ length: 16 }, (_, i) => i)
const meet = (topic: string) =>
  sealEnvelope({
    topic,
    message: MEET,
    body: { tag, sealed: new Uint8Array(256) },
    session,
    issuedAtMs: NOW,
    lifeMs: 60_000,
    workBits: WORK_BITS,
  })
async function lazy(): Promise<Uint8Array> {
  for (let minutes = 0; ; minutes++) {
    const raw = await sealRequest(session, { workBits: 0, body: { minutes } })
    const { work } = envelope(raw)
    const worth = envelope(await sealRequest(session, { workBits: 1, body: { minutes } })).work
    if (work !== worth) return raw
  }
}
const ORDER = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'
const highS = () => {
  const { signature } = envelope(good)
  const s = BigInt(`0x${ORDER}`) - BigInt(toHex(signature.subarray(32)))
  return concat(signature.subarray(0, 32), Uint8Array.from(Buffer.from(s.toString(16).padStart(64, '0'), 'hex')))
}
const elsewhere = cellAt([-57, -34], 7)

const CASES: [id: string, what: string, said: string, bytes: Uint8Array, topic?: string][] = [
  ['empty', 'no bytes', 'reject size', new Uint8Array(0)],
  ['one-byte', 'a lone NUL', 'reject size', new Uint8Array(1)],
  ['short', 'an envelope less one byte', 'reject size', good.subarray(0, 157)],
  ['oversize', 'the limit and one byte', 'reject size', new Uint8Array(2049)],
  ['deep-json', 'ten thousand open brackets', 'reject size', text('['.repeat(10_000))],
  ['json', 'JSON of an envelope’s length', 'ignore version', text(`{"v":1,"__proto__":{"ok":true}}${' '.repeat(200)}`)],
  ['zeros', 'zeros of an envelope’s length', 'ignore version', new Uint8Array(300)],
  ['version', 'version 2', 'ignore version', good.with(1, 2)],
  ['kind', 'a kind that nobody knows', 'ignore kind', good.with(0, 99)],
  ['kind-private', 'a kind that never travels by gossip', 'reject kind', good.with(0, 11)],
  ['trailing', 'one byte more', 'reject utf8', concat(good, Uint8Array.of(0xff))],
  ['cut', 'one byte less', 'reject work', good.subarray(0, -1)],
  ['gap', 'a gap before the body', 'reject offset', put(154, 159)],
  ['overlap', 'a body that begins inside the head', 'reject offset', put(154, 100)],
  ['offset-far', 'a body that begins beyond the end', 'reject offset', put(154, 0xff, 0xff, 0xff, 0xff)],
  ['body-short', 'a body shorter than any request', 'reject size', forged({ body: new Uint8Array(20) })],
  ['body-none', 'no body', 'reject size', forged({ body: new Uint8Array(0) })],
  ['list-gap', 'a gap before the addresses', 'reject offset', put(LIST_AT, 200)],
  ['list-count', 'more addresses than allowed', 'reject offset', put(LIST_AT + 4, 16, 0, 0, 0)],
  ['list-odd', 'a third of an address', 'reject offset', put(LIST_AT + 4, 5, 0, 0, 0)],
  ['list-zero', 'addresses that begin nowhere', 'reject offset', put(LIST_AT + 4, 0, 0, 0, 0)],
  ['utf8-overlong', 'an overlong character', 'reject utf8', addressed(0xc0, 0xaf)],
  ['utf8-lone', 'a lone continuation', 'reject utf8', addressed(0x80)],
  ['utf8-surrogate', 'half of a pair', 'reject utf8', addressed(0xed, 0xa0, 0x80)],
  ['utf8-cut', 'a character that ends too soon', 'reject utf8', addressed(0xf0, 0x9f, 0x9a)],
  ['utf8-high', 'beyond U+10FFFF', 'reject utf8', addressed(0xf4, 0x90, 0x80, 0x80)],
  ['bidi', 'a turn of the writing direction', 'accept', await seal({ body: { replyTo: ['\u202Egnp.exe'] } })],
  ['time-range', 'a time above 2^53', 'reject range', put(2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)],
  ['time-zero', 'the year 1970', 'ignore expired', forged({ issuedAtMs: 0, expiresAtMs: 1 })],
  ['time-past', 'expired a millisecond ago', 'ignore expired', await seal({ issuedAtMs: NOW - 60_001 })],
  ['time-future', 'a clock far ahead', 'ignore future', await seal({ issuedAtMs: NOW + 5001 })],
  ['life-long', 'a longer life than allowed', 'reject life', forged({ expiresAtMs: NOW + 90_001 })],
  ['life-back', 'expired before it was written', 'reject life', forged({ expiresAtMs: NOW - 1 })],
  ['cell-res', 'a finer cell', 'reject place', await seal({ body: { cell: cellAt([-56.1645, -34.9011], 9) } })],
  ['cell-invalid', 'all ones', 'reject cell', put(CELL_AT, 255, 255, 255, 255, 255, 255, 255, 255)],
  ['cell-mode', 'an edge and no cell', 'reject cell', put(CELL_AT + 7, 0x10)],
  ['cell-zero', 'no cell at all', 'reject cell', put(CELL_AT, 0, 0, 0, 0, 0, 0, 0, 0)],
  ['cell-pentagon', 'a pentagon, elsewhere', 'reject place', await seal({ body: { cell: getPentagons(7)[0]! } })],
  ['cell-elsewhere', 'a cell far from the topic', 'reject place', await seal({ body: { cell: elsewhere } })],
  ['wrong-kind-of-topic', 'a rendezvous among requests', 'reject place', await meet(TOPIC)],
  ['wrong-tag', 'a rendezvous in another’s topic', 'reject place', await meet(meetTopic(CHAIN, new Uint8Array(16))), meetTopic(CHAIN, new Uint8Array(16))],
  ['foreign-topic', 'a topic of others', 'ignore topic', good, '/chat'],
  ['wrong-chain', 'another chain’s topic', 'ignore topic', good, requestTopic(CHAIN + 1, REQUEST_BODY.cell)],
  ['no-work', 'no stamp of work', 'reject work', await lazy()],
  ['sig-zero', 'a signature of zeros', 'reject signature', forged({ signature: new Uint8Array(64) })],
  ['sig-ones', 'r and s beyond the order', 'reject signature', forged({ signature: new Uint8Array(64).fill(255) })],
  ['sig-high-s', 'the other s of the same signature', 'reject signature', forged({ signature: highS() })],
  ['key-off-curve', 'a key that is no point', 'reject work', forged({ key: new Uint8Array(64).fill(1) })],
]

const about = 'Hostile gossip messages and what the check says of each. Bytes are hex; the clock stands at nowMs.'
const cases = CASES.map(([id, what, said, bytes, topic = TOPIC]) => ({ id, what, said, topic, bytes: toHex(bytes) }))
const json = { about, chainId: CHAIN, nowMs: NOW, workBits: WORK_BITS, good: toHex(good), cases }
writeFileSync(new URL('hostile-wire.json', import.meta.url), `${JSON.stringify(json, null, 1)}\n`)
