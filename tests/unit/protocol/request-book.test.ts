import { createContradictions } from '@hexhail/protocol/contradictions.ts'
import { ENVELOPE } from '@hexhail/protocol/envelope.ts'
import { REQUEST, type Request } from '@hexhail/protocol/messages.ts'
import { createRequestBook } from '@hexhail/protocol/request-book.ts'
import type { Gossip } from '@hexhail/protocol/validate.ts'
import { expect, it } from 'vitest'
import { NOW, REQUEST_BODY, TOPIC } from './some-gossip.ts'

const KEY = new Uint8Array(64).fill(1)
const said = (body: Partial<Request> = {}, over: Partial<Gossip> = {}): Gossip => ({
  message: { name: 'request', body: { ...REQUEST_BODY, ...body } },
  key: KEY,
  issuedAtMs: NOW,
  expiresAtMs: NOW + 60_000,
  id: '00',
  ...over,
})

/** The message's own bytes, as the check hands them on; its signature was checked before. */
function word(gossip: Gossip) {
  const { message, key, issuedAtMs, expiresAtMs } = gossip
  const head = { kind: REQUEST.kind, version: 1, issuedAtMs, expiresAtMs, key, work: 0 }
  const body = REQUEST.encode(message.body as Request)
  return { topic: TOPIC, raw: ENVELOPE.encode({ ...head, signature: new Uint8Array(64), body }) }
}

type Options = Parameters<typeof createRequestBook>[0]
const bookOf = (options?: Options) => {
  const book = createRequestBook(options)
  return (gossip: Gossip, nowMs: number) => book(gossip, nowMs, word(gossip))
}

it('lets a request be repeated, also from other relays', () => {
  const book = bookOf()
  for (const body of [{}, {}, { replyTo: ['/ip4/10.0.0.1/tcp/1/ws/p2p/a/p2p-circuit/p2p/b'] }])
    expect(book(said(body), NOW).verdict).toBe('accept')
})

it('refuses what contradicts it: another place, price or key under the same id', () => {
  const book = bookOf()
  book(said(), NOW)
  const changes: Partial<Request>[] = [
    { seats: 4 },
    { tariff: 2 },
    { heading: 5 },
    { sealKey: new Uint8Array(32).fill(7) },
    { cell: '87c2e0d4effffff' },
  ]
  for (const change of changes)
    expect(book(said(change), NOW + 1000)).toEqual({ verdict: 'reject', code: 'state' })
  expect(book(said(), NOW + 2000).verdict).toBe('accept')
})

it('takes other ids, other authors, and the same id once it has run out', () => {
  const book = bookOf()
  book(said(), NOW)
  expect(book(said({ seats: 4, requestId: new Uint8Array(16).fill(3) }), NOW).verdict).toBe('accept')
  expect(book(said({ seats: 4 }, { key: new Uint8Array(64).fill(2) }), NOW).verdict).toBe('accept')
  expect(book(said({ seats: 4 }), NOW + 60_000).verdict).toBe('accept')
})

it('is bounded: the longest unheard request gives way', () => {
  const book = bookOf({ maxRequests: 2 })
  const ids = [1, 2, 3].map(i => new Uint8Array(16).fill(i))
  for (const requestId of ids) book(said({ requestId }), NOW)
  expect(book(said({ requestId: ids[0]!, seats: 4 }), NOW).verdict).toBe('accept')
  expect(book(said({ requestId: ids[2]!, seats: 4 }), NOW).verdict).toBe('reject')
})

it('keeps the proof, and hears an author no more who is proven to contradict himself', () => {
  const contradictions = createContradictions()
  const book = bookOf({ contradictions })
  const lie = said({ seats: 4 })
  book(said(), NOW)
  expect(book(lie, NOW).verdict).toBe('reject')
  expect(contradictions.all()).toEqual([{ key: KEY, first: word(said()), second: word(lie) }])
  expect(book(said({ requestId: new Uint8Array(16).fill(3) }), NOW).verdict).toBe('reject')
  expect(book(said({}, { key: new Uint8Array(64).fill(2) }), NOW).verdict).toBe('accept')
})
