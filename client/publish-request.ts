import type { Leaf } from '@hexhail/net/ports.ts'
import { cellAt, farCells, farTopic, requestCells, requestTopic, ringCells } from '@hexhail/protocol/cells.ts'
import { sealEnvelope } from '@hexhail/protocol/envelope.ts'
import { bearingDeg } from '@hexhail/protocol/geo.ts'
import { fromHex } from '@hexhail/protocol/hex.ts'
import { laterGrid } from '@hexhail/protocol/later.ts'
import { REQUEST, type Request } from '@hexhail/protocol/messages.ts'
import type { RidePlan } from '@hexhail/protocol/rider-state.ts'
import type { SessionKey } from '@hexhail/protocol/session-key.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'

/** How long a request may be passed on, ms: the next step sends it anew. */
const LIFE_MS = 60_000

/** What the whole neighbourhood may know of a plan: a cell of 5 km², and the trip in whole kilometres, minutes and octants. */
export function coarseRequest(
  plan: RidePlan,
  made: { requestId: Hex; tariffId: number; sealKey: Uint8Array; replyTo: readonly string[] },
): Request {
  return {
    requestId: fromHex(made.requestId),
    cell: cellAt(plan.pickup, 7),
    tariff: made.tariffId,
    distanceKm: Math.min(255, Math.ceil(plan.metres / 1000)),
    minutes: Math.min(255, Math.ceil(plan.secs / 60)),
    heading: Math.round(bearingDeg(plan.pickup, plan.dest) / 45) % 8,
    seats: plan.seats,
    needs: plan.needs,
    pickupAtMs: laterGrid(plan.pickupAtMs),
    sealKey: made.sealKey,
    replyTo: [...made.replyTo].slice(0, 3),
  }
}

/** Topics of one widening step: own cell and its near neighbours, then the ring, then the res-5 parents. */
export function stepTopics(chainId: number, plan: RidePlan, step: number): string[] {
  if (step === 0) return requestCells(plan.pickup).map(cell => requestTopic(chainId, cell))
  if (step === 1) return ringCells(plan.pickup).map(cell => requestTopic(chainId, cell))
  return farCells(plan.pickup).map(cell => farTopic(chainId, cell))
}

/** Publishes a request to one step's topics; cells that nobody follows are skipped. Resolves with the neighbours reached. */
export async function publishRequest(
  deps: { leaf: Leaf; session: SessionKey; chainId: number; now: () => number },
  plan: RidePlan,
  body: Request,
  step: number,
): Promise<number> {
  let reached = 0
  for (const topic of stepTopics(deps.chainId, plan, step)) {
    if (deps.leaf.audience(topic) === 0) continue
    const bytes = await sealEnvelope({
      topic,
      message: REQUEST,
      body,
      session: deps.session,
      issuedAtMs: deps.now(),
      lifeMs: LIFE_MS,
      workBits: deps.leaf.workBits(),
    })
    reached += await deps.leaf.publish(topic, bytes)
  }
  return reached
}
