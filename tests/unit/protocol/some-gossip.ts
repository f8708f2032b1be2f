import { cellAt, requestTopic } from '@hexhail/protocol/cells.ts'
import { sealEnvelope } from '@hexhail/protocol/envelope.ts'
import { REQUEST, type Request } from '@hexhail/protocol/messages.ts'
import type { SessionKey } from '@hexhail/protocol/session-key.ts'

export const CHAIN = 31337
export const NOW = 1_800_000_000_000
export const CELL = cellAt([-56.1645, -34.9011], 7)
export const TOPIC = requestTopic(CHAIN, CELL)

/** A request as riders make it. */
export const REQUEST_BODY: Request = {
  requestId: Uint8Array.from({ length: 16 }, (_, i) => i),
  cell: CELL,
  tariff: 1,
  distanceKm: 6,
  minutes: 14,
  heading: 3,
  seats: 1,
  needs: 0,
  pickupAtMs: 0,
  sealKey: new Uint8Array(32).fill(9),
  replyTo: ['/ip4/127.0.0.1/tcp/7011/ws/p2p/12D3KooW/p2p-circuit/p2p/12D3KooX'],
}

/** A sealed request; anything about it can be set differently. */
export function sealRequest(
  session: SessionKey,
  over: {
    topic?: string
    body?: Partial<Request>
    issuedAtMs?: number
    lifeMs?: number
    workBits?: number
  } = {},
): Promise<Uint8Array> {
  const { topic = TOPIC, body, issuedAtMs = NOW, lifeMs = 60_000, workBits = 4 } = over
  return sealEnvelope({
    topic,
    message: REQUEST,
    body: { ...REQUEST_BODY, ...body },
    session,
    issuedAtMs,
    lifeMs,
    workBits,
  })
}
