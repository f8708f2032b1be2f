import { cellAt } from '@hexhail/protocol/cells.ts'
import { ENVELOPE, openEnvelope, sealEnvelope } from '@hexhail/protocol/envelope.ts'
import { REQUEST, type Request } from '@hexhail/protocol/messages.ts'
import { createSessionKey, type SessionKey } from '@hexhail/protocol/session-key.ts'
import { framed, type RawPeer } from './raw-peer.ts'

/** One way of flooding a relay: what the i-th thing said is. */
export interface Flood {
  readonly name: string
  say(peer: RawPeer, i: number): Promise<void>
}

/** What floods are made of. */
export interface FloodInit {
  readonly chainId: number
  /** A topic that the relay follows. */
  readonly topic: string
  readonly cell: string
  /** A seeded random number below 1. */
  readonly random: () => number
  readonly now: () => number
  /** How many different good messages are made beforehand: each costs its work. */
  readonly variety: number
}

/** A request for a cell, with every random part drawn from the seed. */
export function someRequest(cell: string, random: () => number): Request {
  const bytes = (size: number) => Uint8Array.from({ length: size }, () => Math.floor(random() * 256))
  return {
    requestId: bytes(16),
    cell,
    tariff: 1,
    distanceKm: 1 + Math.floor(random() * 20),
    minutes: 1 + Math.floor(random() * 40),
    heading: Math.floor(random() * 8),
    seats: 1,
    needs: 0,
    pickupAtMs: 0,
    sealKey: bytes(32),
    replyTo: ['/ip4/127.0.0.1/tcp/7011/ws/p2p/12D3KooW/p2p-circuit/p2p/12D3KooX'],
  }
}

/** The four floods of p2p.md section 5, and those of what is not a message. Material is made by the first call. */
export async function createFloods(init: FloodInit): Promise<Flood[]> {
  const { chainId, topic, cell, random, now, variety } = init
  const seal = (session: SessionKey, body: Request) =>
    sealEnvelope({ topic, message: REQUEST, body, session, issuedAtMs: now(), lifeMs: 90_000 })
  const session = await createSessionKey()
  const good = await seal(session, someRequest(cell, random))
  const opened = openEnvelope(good)
  if (opened.verdict !== 'accept') throw new Error(opened.code)
  const random64 = () => Uint8Array.from({ length: 64 }, () => Math.floor(random() * 256))
  const away = someRequest(cellAt([10, 50], 7), random)
  const misplaced = await seal(session, away)
  const ofOne: Uint8Array[] = []
  const ofMany: Uint8Array[] = []
  for (let i = 0; i < variety; i++) {
    ofOne.push(await seal(session, someRequest(cell, random)))
    ofMany.push(await seal(await createSessionKey(), someRequest(cell, random)))
  }
  const say = (peer: RawPeer, data: Uint8Array) => peer.send({ messages: [{ topic, data }] as never })
  const tag = (i: number) => (i * 2 ** 20 + Math.floor(random() * 2 ** 20)).toString(16).padStart(32, '0')

  return [
    {
      name: 'bad signatures',
      // The work does not cover the signature: one stamp is good for any number of forgeries.
      say: (peer, i) => say(peer, ENVELOPE.encode({ ...opened.value, signature: lowS(random64(), i) })),
    },
    {
      name: 'payload rejected',
      say: (peer, i) => say(peer, misplaced.with(misplaced.length - 1, 33 + (i % 90))),
    },
    { name: 'one author', say: (peer, i) => say(peer, ofOne[i % variety]!) },
    { name: 'sybil authors', say: (peer, i) => say(peer, ofMany[i % variety]!) },
    {
      name: 'subscriptions',
      say: (peer, i) =>
        peer.send({
          subscriptions: Array.from({ length: 60 }, (_, j) => ({
            subscribe: true,
            topic: `/hexhail/1/${chainId}/meet/${tag(i * 60 + j)}`,
          })),
        }),
    },
    {
      name: 'junk that is no RPC',
      say: peer => peer.sendBytes(framed(Uint8Array.from({ length: 300 }, () => 0xff))),
    },
    { name: 'RPC too long', say: peer => peer.sendBytes(framed(new Uint8Array(200_000))) },
    {
      name: 'too many parts',
      say: peer =>
        peer.send({ subscriptions: Array.from({ length: 5000 }, () => ({ subscribe: false, topic: 'x' })) }),
    },
    {
      name: 'graft and prune',
      say: (peer, i) =>
        peer.send({
          control: {
            ihave: [],
            iwant: [],
            graft: i % 2 ? [{ topicID: topic }] : [],
            prune: i % 2 ? [] : [{ topicID: topic, peers: [] }],
            idontwant: [],
          },
        }),
    },
  ]
}

/** Makes random bytes look like a signature whose s is low, so that only the curve can tell. */
function lowS(signature: Uint8Array, i: number): Uint8Array {
  signature[0] = i & 0x7f
  signature[32] = signature[32]! & 0x3f
  return signature
}
