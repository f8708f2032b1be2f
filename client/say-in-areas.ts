import { epochTopic } from '@hexhail/protocol/cells.ts'
import { sealEnvelope } from '@hexhail/protocol/envelope.ts'
import type { Message } from '@hexhail/protocol/fields.ts'
import type { SessionKey } from '@hexhail/protocol/session-key.ts'
import type { ClientPorts } from './ports.ts'

/** How long a word of an epoch may be passed on, ms. */
const LIFE_MS = 60_000

/**
 * Publishes a word in the topics of areas, the first of which it names; returns it as it went to the first, for one's own
 * book, with the neighbours that took it.
 */
export async function sayInAreas<B extends { readonly area: string }>(
  { leaf, chainId, now }: Pick<ClientPorts, 'leaf' | 'chainId' | 'now'>,
  session: SessionKey,
  areas: readonly string[],
  message: Pick<Message, 'kind'> & { encode(body: B): Uint8Array },
  body: NoInfer<B>,
): Promise<{ readonly raw: Uint8Array; readonly reached: number }> {
  const issuedAtMs = now()
  const workBits = leaf.workBits()
  const said: Uint8Array[] = []
  let reached = 0
  for (const area of areas) {
    const topic = epochTopic(chainId, area)
    if (said.length > 0 && leaf.audience(topic) === 0) continue
    const raw = await sealEnvelope({ topic, message, body, session, issuedAtMs, lifeMs: LIFE_MS, workBits })
    said.push(raw)
    reached += await leaf.publish(topic, raw)
  }
  return { raw: said[0]!, reached }
}
