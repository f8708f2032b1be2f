import type { TurnRule } from '../graph/turn-rules.ts'
import type { TurnFeature } from '../osm/feature.ts'
import type { CarWay } from './cut-ways.ts'
import { PieceEnds } from './piece-ends.ts'
import type { PointTable } from './point-table.ts'
import type { OpenPiece } from './street-columns.ts'

/** A turn rule on the ground: the ways driven, and the point between each and the next. */
interface TurnChain {
  readonly only: boolean
  readonly ways: readonly number[]
  readonly joints: readonly number[]
}

/** What became of the turn rules of the source. */
export interface TurnCounts {
  /** Rules of some hours only: left out, since a route does not know when it will be driven. */
  readonly turnsConditional: number
  /** Rules whose ways carry no cars, do not meet or cannot be driven that way. */
  readonly turnsElsewhere: number
  /** Rules that could mean more than one turn. */
  readonly turnsUnclear: number
}

/** More streets than this between the first and the last are no turn. */
const MOST_VIA_WAYS = 12

/** Finds the places of turn rules among ways, before these are cut. */
export class TurnPlacer {
  readonly #chains: TurnChain[] = []
  #conditional = 0
  #elsewhere = 0

  constructor(points: PointTable, ways: readonly CarWay[], turns: readonly TurnFeature[]) {
    const ends = new Map<number, readonly number[]>()
    for (const way of ways) ends.set(way.id, [way.points[0]!, way.points.at(-1)!])
    for (const turn of turns) {
      const chain = turn.conditional ? null : chainOf(turn, points, ends)
      if (chain) this.#chains.push(chain)
      else if (turn.conditional) this.#conditional++
      else this.#elsewhere++
    }
  }

  /** Points where streets must be cut because a rule speaks of them. */
  get joints(): ReadonlySet<number> {
    return new Set(this.#chains.flatMap(chain => chain.joints))
  }

  /** The rules as arcs of numbered pieces. */
  rules(pieces: readonly OpenPiece[]): { rules: TurnRule[]; counts: TurnCounts } {
    const ends = new PieceEnds(pieces, new Set(this.#chains.flatMap(chain => chain.ways)))
    const rules: TurnRule[] = []
    let [elsewhere, unclear] = [this.#elsewhere, 0]
    for (const chain of this.#chains) {
      const found = arcsOf(chain, ends)
      if (found.length === 0) elsewhere++
      else if (found.length > 1 && !isUTurn(chain)) unclear++
      else rules.push(...found.map(arcs => ({ arcs, only: chain.only })))
    }
    const counts = {
      turnsConditional: this.#conditional,
      turnsElsewhere: elsewhere,
      turnsUnclear: unclear,
    }
    return { rules, counts }
  }
}

/** A rule against turning round in one street, which holds for both sides of the junction. */
function isUTurn({ ways }: TurnChain): boolean {
  return ways.length === 2 && ways[0] === ways[1]
}

function chainOf(
  turn: TurnFeature,
  points: PointTable,
  ends: ReadonlyMap<number, readonly number[]>,
): TurnChain | null {
  const { only, via, fromWay, toWay } = turn
  if (!('ways' in via)) {
    const joint = points.find(via[0], via[1])
    return joint < 0 ? null : { only, ways: [fromWay, toWay], joints: [joint] }
  }
  if (via.ways.length > MOST_VIA_WAYS) return null
  const end = ends.get(toWay) ?? []
  for (const start of ends.get(fromWay) ?? []) {
    const walk = walkWays(start, via.ways, ends, end)
    if (walk) return { only, ways: [fromWay, ...walk.ways, toWay], joints: [start, ...walk.joints] }
  }
  return null
}

/** Puts the ways between into the order in which they lead from a point to one of `goals`; sources need not. */
function walkWays(
  start: number,
  ways: readonly number[],
  ends: ReadonlyMap<number, readonly number[]>,
  goals: readonly number[],
): { ways: number[]; joints: number[] } | null {
  const order: number[] = []
  const joints: number[] = []
  const left = [...ways]
  for (let at = start; left.length > 0; ) {
    const i = left.findIndex(way => ends.get(way)?.includes(at))
    if (i < 0) return null
    const [way] = left.splice(i, 1) as [number]
    const [a, b] = ends.get(way) as [number, number]
    at = at === a ? b : a
    order.push(way)
    joints.push(at)
  }
  return goals.includes(joints.at(-1)!) ? { ways: order, joints } : null
}

/** All arc sequences that a chain can mean. */
function arcsOf(chain: TurnChain, ends: PieceEnds): number[][] {
  const { ways, joints } = chain
  let found = ends.arriving(joints[0]!, ways[0]!).map(arc => [arc])
  for (let i = 1; i < joints.length; i++) {
    const between = ends.drive(ways[i]!, joints[i - 1]!, joints[i]!)
    found = between ? found.map(arcs => [...arcs, ...between]) : []
  }
  const last = ends.leaving(joints.at(-1)!, ways.at(-1)!)
  return found.flatMap(arcs =>
    last
      // Turning round means the same piece of street, not the other side of the junction.
      .filter(arc => !isUTurn(chain) || arc === (arcs[0]! ^ 1))
      .map(arc => [...arcs, arc]),
  )
}
