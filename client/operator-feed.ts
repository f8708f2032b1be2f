import type { Leaf } from '@hexhail/net/ports.ts'
import { transitTopic } from '@hexhail/protocol/cells.ts'
import {
  DELEGATED,
  DELEGATION_TYPES,
  delegationDomain,
  delegationScope,
} from '@hexhail/protocol/delegation.ts'
import { BODY_AT, MAX_GOSSIP_BYTES, sealEnvelope } from '@hexhail/protocol/envelope.ts'
import { fromHex } from '@hexhail/protocol/hex.ts'
import { FEED } from '@hexhail/protocol/messages.ts'
import { createSessionKey, type SessionKey } from '@hexhail/protocol/session-key.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { type PlacedEntity, packFeeds } from '@hexhail/transit/realtime/pack-feeds.ts'
import type { Signer } from './ports.ts'

/** A transit operator's voice in gossip. */
export interface OperatorFeed {
  /**
   * Says entities, each in the topic of its cell; those that nobody listens for are not.
   * Resolves with the messages that a relay took, and those that none took.
   */
  say(placed: readonly PlacedEntity[]): Promise<{ readonly said: number; readonly unheard: number }>
}

/** Who speaks, and how. */
export interface OperatorFeedInit {
  readonly leaf: Pick<Leaf, 'audience' | 'publish' | 'workBits'>
  /** The wallet that has the agency's transit permit. */
  readonly signer: Pick<Signer, 'address' | 'signTypedData'>
  readonly chainId: number
  /** The register of permits. */
  readonly permits: Hex
  /** Tag of the agency. */
  readonly agency: string
  readonly now: () => number
}

/** How long a session key may speak, ms; then the wallet signs for a new one. */
const SESSION_MS = 12 * 3_600_000
/** A word about where a vehicle is now is of no use later. */
const LIFE_MS = 30_000

/** Begins to speak for an agency; the wallet signs once in twelve hours. */
export function createOperatorFeed(init: OperatorFeedInit): OperatorFeed {
  const { leaf, signer, chainId, permits, agency, now } = init
  let session: {
    readonly key: SessionKey
    readonly untilMs: number
    readonly delegation: Uint8Array
  } | null = null
  const ready = async () => {
    if (session !== null && session.untilMs > now() + LIFE_MS) return session
    const [key, untilMs] = [await createSessionKey(), now() + SESSION_MS]
    const delegation = await signer.signTypedData(delegationDomain(chainId), DELEGATION_TYPES, {
      ...{ session: key.address, role: DELEGATED.operator, until: untilMs },
      scope: delegationScope(permits),
    })
    session = { key, untilMs, delegation: fromHex(delegation) }
    return session
  }
  return {
    async say(placed) {
      const { key, untilMs, delegation } = await ready()
      let [said, unheard] = [0, 0]
      for (const { cell, entities } of packFeeds(placed, MAX_GOSSIP_BYTES - BODY_AT)) {
        const topic = transitTopic(chainId, agency, cell)
        if (leaf.audience(topic) === 0) {
          unheard++
          continue
        }
        const data = await sealEnvelope({
          topic,
          message: FEED,
          body: { cell, account: signer.address, sessionUntilMs: untilMs, delegation, entities },
          session: key,
          issuedAtMs: now(),
          lifeMs: LIFE_MS,
          workBits: leaf.workBits(),
        })
        if ((await leaf.publish(topic, data)) > 0) said++
        else unheard++
      }
      return { said, unheard }
    },
  }
}
