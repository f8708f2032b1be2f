import type { Verdict } from '@hexhail/protocol/verdict.ts'
import { canonicalProblem, type ProblemFault } from '../assign/canonical.ts'
import { fairCostDs, fairPatienceDs, type IdleCredit } from '../assign/idle-credit.ts'
import { type AssignProblem, MAX_COST_DS } from '../assign/problem.ts'
import type { Epoch } from './clock.ts'

/** What a signed request says that matters here. Signatures are checked before. */
export interface EpochRequest {
  readonly id: string
  readonly patienceDs: number
  readonly issuedAtMs: number
  /** From when on it is matched, where not at once: drivers' sealed bids must be gathered first, or the first to list wins. */
  readonly opensAtMs?: number
  readonly expiresAtMs: number
}

/** A driver's signed word on how soon he would be with a rider, and how long he has waited for a ride. */
export interface EpochBid {
  readonly driver: string
  readonly request: string
  readonly etaDs: number
  readonly idleS: number
  readonly issuedAtMs: number
  readonly expiresAtMs: number
}

/** All that was heard until an epoch is solved, in any order, as often as it came. */
export interface Heard {
  readonly requests: readonly EpochRequest[]
  readonly bids: readonly EpochBid[]
  /** Pairs of which one side refused the other in an earlier epoch. */
  readonly refused: readonly { readonly driver: string; readonly request: string }[]
}

/**
 * The problem of an epoch. What counts is what was signed before its end and holds beyond it, by the times that are
 * signed, not by when it was heard; of one author's words on the same thing the last holds, and of those of one time the
 * one of the greatest figures, so that the order of hearing decides nothing. What no honest peer says is left out alone.
 */
export function collectEpoch(
  epoch: Epoch,
  heard: Heard,
  credit: IdleCredit,
): Verdict<AssignProblem, ProblemFault> {
  const holds = (signed: { issuedAtMs: number; expiresAtMs: number }): boolean =>
    signed.issuedAtMs < epoch.endMs && signed.expiresAtMs > epoch.endMs
  const isOpen = ({ issuedAtMs, opensAtMs = issuedAtMs }: EpochRequest): boolean => opensAtMs < epoch.endMs
  const requests = lastOf(
    heard.requests.filter(
      r =>
        holds(r) && isOpen(r) && isWhole(r.patienceDs) && fairPatienceDs(credit, r.patienceDs) <= MAX_COST_DS,
    ),
    r => r.id,
    r => [r.issuedAtMs, r.patienceDs, r.expiresAtMs],
  )
  const bids = lastOf(
    heard.bids.filter(b => holds(b) && isWhole(b.etaDs) && isWhole(b.idleS)),
    pairOf,
    b => [b.issuedAtMs, b.etaDs, b.idleS],
  )
  const refused = new Set(heard.refused.map(pairOf))
  const riderAt = new Map([...requests.keys()].map((id, i) => [id, i]))
  const driverAt = new Map<string, number>()
  const pairs = { rider: [] as number[], driver: [] as number[], costDs: [] as number[] }
  for (const [pair, { driver, request, etaDs, idleS }] of bids) {
    const rider = riderAt.get(request)
    if (rider === undefined || refused.has(pair)) continue
    const { patienceDs } = requests.get(request)!
    const costDs = fairCostDs(credit, { etaDs, idleS, patienceDs })
    if (costDs === null) continue
    if (!driverAt.has(driver)) driverAt.set(driver, driverAt.size)
    pairs.rider.push(rider)
    pairs.driver.push(driverAt.get(driver)!)
    pairs.costDs.push(costDs)
  }
  const riders = [...requests.values()].map(({ id, patienceDs }) => ({
    id,
    patienceDs: fairPatienceDs(credit, patienceDs),
  }))
  return canonicalProblem({ epoch: epoch.number, riders, drivers: [...driverAt.keys()] }, pairs)
}

const isWhole = (n: number): boolean => Number.isSafeInteger(n) && n >= 0

/** One name for a pair; the length in front keeps two pairs of ids with any characters apart. */
const pairOf = ({ driver, request }: { driver: string; request: string }): string =>
  `${driver.length} ${driver}${request}`

/** Of all with one key the one with the greatest rank, its first figures before its later ones. */
function lastOf<T>(
  all: readonly T[],
  keyOf: (one: T) => string,
  rankOf: (one: T) => number[],
): Map<string, T> {
  const last = new Map<string, T>()
  for (const one of all) {
    const had = last.get(keyOf(one))
    if (had === undefined || isAbove(rankOf(one), rankOf(had))) last.set(keyOf(one), one)
  }
  return last
}

function isAbove(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((figure, i) => figure !== b[i])
  return at !== -1 && a[at]! > b[at]!
}
