import type { Validate } from '@hexhail/net/ports.ts'
import { type AskedWork, createAskedWork } from '@hexhail/protocol/asked-work.ts'
import { type Contradictions, createContradictions } from '@hexhail/protocol/contradictions.ts'
import { createBondedAuthors } from '@hexhail/protocol/key-bond.ts'
import { createGossipLimits, GOSSIP_RATES } from '@hexhail/protocol/limits.ts'
import type { OperatorCheck } from '@hexhail/protocol/operator.ts'
import { createRequestBook } from '@hexhail/protocol/request-book.ts'
import type { Seen } from '@hexhail/protocol/seen.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { createGossipCheck } from '@hexhail/protocol/validate.ts'
import { createEntityTable } from '@hexhail/transit/realtime/entity-table.ts'
import { createFeedCheck } from '@hexhail/transit/realtime/feed-check.ts'
import { countingValidate, countVerdicts, type VerdictCounts } from './verdict-counts.ts'

/** What a relay checks gossip with. */
export interface RelayGossip {
  readonly validate: Validate
  readonly counts: VerdictCounts
  /** Proofs against authors who contradicted themselves. */
  readonly contradictions: Contradictions
  /** The work that it asks of its leaves. */
  readonly asked: AskedWork
}

/** Makes the whole check of a relay: reference/trust.md section 4. `messagesPerS` bounds all gossip together. */
export function relayGossip(options: {
  readonly chainId: number
  readonly messagesPerS: number
  readonly seen: Seen
  readonly now: () => number
  /** Whether a session key is bonded, as the chain tells; left out by a relay that takes no bonds. */
  readonly isBonded?: (session: Hex, nowMs: number) => boolean
  readonly asked?: AskedWork
  /** Who may speak for transit agencies; left out by a relay that carries no transit. */
  readonly operators?: OperatorCheck
}): RelayGossip {
  const { chainId, messagesPerS, seen, now, isBonded, asked = createAskedWork() } = options
  const { operators } = options
  const limits = createGossipLimits({ ...GOSSIP_RATES, all: { perS: messagesPerS, burst: 2 * messagesPerS } })
  const contradictions = createContradictions()
  const requests = createRequestBook({ contradictions })
  const check = createGossipCheck({
    chainId,
    now,
    seen,
    limits,
    asked,
    state: operators ? createFeedCheck(createEntityTable(), requests) : requests,
    ...(operators && { operators }),
    ...(isBonded && { bonded: createBondedAuthors(isBonded) }),
  })
  const { counts, add } = countVerdicts()
  return { validate: countingValidate(check, add), counts, contradictions, asked }
}
