import type { Leaf } from '@hexhail/net/ports.ts'
import { cellAt, farCells, farTopic, requestCells, requestTopic, ringCells } from '@hexhail/protocol/cells.ts'
import { sealEnvelope } from '@hexhail/protocol/envelope.ts'
import { bearingDeg, type LngLat } from '@hexhail/protocol/geo.ts'
import { fromHex } from '@hexhail/protocol/hex.ts'
import { laterGrid } from '@hexhail/protocol/later.ts'
import { REQUEST, type Request } from '@hexhail/protocol/messages.ts'
import type { RidePlan } from '@hexhail/protocol/rider-state.ts'
import type { SessionKey } from '@hexhail/protocol/session-key.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'

/** How long a request may be passed on, ms: the next step sends it anew. */
const LIFE_MS = 60_000
/** Neighbour cells this near to the pickup are asked first; in a crowd fewer of them. Metres. */
const WIDE_M = 600
const NARROW_M = 300
/** Drivers in the own cell that make a crowd. */
const CROWD = 100

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
function stepTopics(chainId: number, pickup: LngLat, step: number, radiusM: number): string[] {
  if (step === 0) return requestCells(pickup, radiusM).map(cell => requestTopic(chainId, cell))
  if (step === 1) return ringCells(pickup, radiusM).map(cell => requestTopic(chainId, cell))
  return farCells(pickup).map(cell => farTopic(chainId, cell))
}

/** What a published step came to. */
export interface Published {
  /** Neighbours that took it. */
  readonly reached: number
  /** Drivers that hear it, as relays tell; null when none tells. */
  readonly drivers: number | null
  /** What the first step's cells were chosen by, metres. */
  readonly radiusM: number
}

/** Publishes a request to one step's topics; cells that nobody follows are skipped. */
export async function publishRequest(
  deps: {
    leaf: Pick<Leaf, 'audience' | 'publish' | 'presence' | 'workBits'>
    session: SessionKey
    chainId: number
    now: () => number
  },
  plan: RidePlan,
  body: Request,
  step: number,
  lastRadiusM: number,
): Promise<Published> {
  const { topics, drivers, radiusM } = await choose(deps, plan, step, lastRadiusM)
  let reached = 0
  for (const topic of topics) {
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
  return { reached, drivers, radiusM }
}

/** The topics of a step; where the own cell alone is crowded, the first step keeps to fewer neighbours. */
async function choose(
  { leaf, chainId }: { leaf: Pick<Leaf, 'presence'>; chainId: number },
  plan: RidePlan,
  step: number,
  lastRadiusM: number,
) {
  const wide = stepTopics(chainId, plan.pickup, step, step === 0 ? WIDE_M : lastRadiusM)
  const counts = await leaf.presence(wide)
  const narrow = step === 0 && (counts?.[0] ?? 0) >= CROWD
  const radiusM = step > 0 ? lastRadiusM : narrow ? NARROW_M : WIDE_M
  const topics = narrow ? stepTopics(chainId, plan.pickup, 0, NARROW_M) : wide
  const drivers = counts && topics.reduce((sum, topic) => sum + (counts[wide.indexOf(topic)] ?? 0), 0)
  return { topics, drivers, radiusM }
}

/** Drivers that would hear each step of a request from a place, as relays tell; null when none tells. */
export async function driversAround(
  leaf: Pick<Leaf, 'presence'>,
  chainId: number,
  place: LngLat,
): Promise<readonly number[] | null> {
  const steps = [0, 1, 2].map(step => stepTopics(chainId, place, step, WIDE_M))
  const counts = await leaf.presence(steps.flat())
  if (!counts) return null
  const left = [...counts]
  return steps.map(topics => left.splice(0, topics.length).reduce((sum, count) => sum + count, 0))
}
