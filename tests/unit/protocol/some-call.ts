import { bidBytes, packBid } from '@hexhail/protocol/bid.ts'
import { epochTopic } from '@hexhail/protocol/cells.ts'
import { sealEnvelope } from '@hexhail/protocol/envelope.ts'
import { CALL } from '@hexhail/protocol/epoch-messages.ts'
import { peerName } from '@hexhail/protocol/peer-name.ts'
import type { SessionKey } from '@hexhail/protocol/session-key.ts'
import { CHAIN, REQUEST_BODY } from './some-gossip.ts'
import { RULES } from './table-top.ts'

/** A driver, his time to the pickup in tenths of a second, and how long he has waited. */
export type SomeBid = readonly [driver: SessionKey, etaDs: number, idleS?: number]

/** A rider's sealed call with the bids of these drivers, which were signed `to` him. */
export async function someCall(
  rider: SessionKey,
  bidders: readonly SomeBid[],
  {
    area,
    atMs,
    workBits = 1,
    to = rider,
  }: { area: string; atMs: number; workBits?: number; to?: SessionKey },
): Promise<Uint8Array> {
  const bids = await Promise.all(
    bidders.map(async ([driver, etaDs, idleS = 0]) => {
      const bid = { etaDs, idleS, rivals: 1, issuedAtMs: atMs, holdS: 120 }
      const signature = await driver.sign(bidBytes(peerName(to.publicKey), bid))
      return packBid({ ...bid, driver: driver.publicKey, signature })
    }),
  )
  const { pickupAtMs: _, ...wanted } = { ...REQUEST_BODY, tariff: RULES.tariffId }
  const times = { patienceDs: 9_000, opensAtMs: atMs, untilMs: atMs + 120_000 }
  const body = { ...wanted, area, ...times, refused: [], bids }
  const topic = epochTopic(CHAIN, area)
  return sealEnvelope({
    topic,
    message: CALL,
    body,
    session: rider,
    issuedAtMs: atMs,
    lifeMs: 60_000,
    workBits,
  })
}
