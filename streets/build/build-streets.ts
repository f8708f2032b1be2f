import type { LngLat } from '@hexhail/protocol/geo.ts'
import { junctionGraph } from '../graph/junction-graph.ts'
import { NO_STATE } from '../graph/strong-graph.ts'
import { turnGraph } from '../graph/turn-graph.ts'
import { packTurns } from '../graph/turn-rules.ts'
import { carDirection, carSpeedKmh, isRoundabout, streetClass } from '../osm/car-access.ts'
import type { Tags, TurnFeature, WayFeature } from '../osm/feature.ts'
import { BACKWARD, BRIDGE, FORWARD, ROUNDABOUT, type StreetTable, TUNNEL } from '../street-table.ts'
import { type CarWay, cutWays } from './cut-ways.ts'
import { type TurnCounts, TurnPlacer } from './place-turns.ts'
import { PointTable } from './point-table.ts'
import { junctionRank, type OpenPiece, sortPieces, streetColumns } from './street-columns.ts'
import { joinPieces, type Style } from './street-pieces.ts'

/** A street line that cars cannot use or cannot come back from: drawn, not driven. */
export interface DeadStreet {
  readonly kind: number
  readonly name: number
  readonly line: readonly LngLat[]
}

/** What became of the streets. */
export interface BuiltStreets {
  readonly table: StreetTable
  readonly dead: readonly DeadStreet[]
  /** Counts for the report of a build. */
  readonly counts: TurnCounts & {
    readonly ways: number
    readonly carPoints: number
    readonly allJunctions: number
  }
}

/** Collects car ways, then cuts them at junctions. */
export class StreetBuilder {
  readonly #points = new PointTable()
  readonly #ways: CarWay[] = []
  readonly #styles: Style[] = []
  readonly #styleIds = new Map<string, number>()
  readonly #lights: LngLat[] = []
  readonly #blocks: LngLat[] = []
  readonly #turns: TurnFeature[] = []

  /** Take a way that cars may use; says whether it was one. `name` is its number in the name table. */
  addWay(way: WayFeature, name: number): boolean {
    const speedKmh = carSpeedKmh(way.tags)
    if (speedKmh === 0) return false
    const direction = carDirection(way.tags)
    const line = direction < 0 ? way.line.toReversed() : way.line
    const points: number[] = []
    for (const [lng, lat] of line) {
      const point = this.#points.add(lng, lat)
      if (point !== points.at(-1)) points.push(point)
    }
    const style = { kind: streetClass(way.tags), speedKmh, name, flags: flagsOf(way.tags, direction) }
    if (points.length > 1) this.#ways.push({ id: way.id, points, style: this.#styleId(style) })
    return true
  }

  /** A traffic light. */
  addLight(at: LngLat): void {
    this.#lights.push(at)
  }

  /** A node that no car passes. */
  addBlock(at: LngLat): void {
    this.#blocks.push(at)
  }

  /** A turn rule. */
  addTurn(turn: TurnFeature): void {
    this.#turns.push(turn)
  }

  /** Cut, join, drop what lies outside the largest strongly connected part, and number everything. */
  build(): BuiltStreets {
    const turns = new TurnPlacer(this.#points, this.#ways, this.#turns)
    const lights = this.#numbersOf(this.#lights)
    const forced = turns.joints
    const cut = cutWays(this.#points, this.#ways, forced, this.#numbersOf(this.#blocks))
    const joined = joinPieces(cut, this.#styles, forced, this.#points.size)
    const rank = junctionRank(this.#points, joined)
    const table = (sorted: readonly OpenPiece[]): { columns: StreetTable; counts: TurnCounts } => {
      const placed = turns.rules(sorted)
      const packed = packTurns(placed.rules)
      const columns = streetColumns(this.#points, this.#styles, rank, sorted, lights, packed)
      return { columns, counts: placed.counts }
    }
    let pieces: readonly OpenPiece[] = sortPieces(joined, rank).map(piece => ({
      piece,
      open: this.#styles[piece.style]!.flags & 3,
    }))
    const whole = table(pieces)
    const dead: DeadStreet[] = []
    let kept = whole
    for (;;) {
      const open = drivable(kept.columns)
      if (open.every((bits, s) => bits === pieces[s]!.open)) break
      pieces.forEach(({ piece }, s) => {
        const { kind, name } = this.#styles[piece.style]!
        if (!open[s]) dead.push({ kind, name, line: piece.points.map(p => this.#points.at(p)) })
      })
      pieces = pieces.map(({ piece }, s) => ({ piece, open: open[s]! })).filter(p => p.open > 0)
      kept = table(pieces)
    }
    const counts = {
      ways: this.#ways.length,
      carPoints: this.#points.size,
      allJunctions: whole.columns.junctionXy.length / 2,
      ...whole.counts,
    }
    return { table: kept.columns, dead, counts }
  }

  #numbersOf(places: readonly LngLat[]): Set<number> {
    return new Set(places.map(at => this.#points.find(at[0], at[1])))
  }

  #styleId(style: Style): number {
    const key = `${style.kind} ${style.speedKmh} ${style.flags} ${style.name}`
    let id = this.#styleIds.get(key)
    if (id === undefined) {
      this.#styleIds.set(key, (id = this.#styles.length))
      this.#styles.push(style)
    }
    return id
  }
}

/**
 * By segment, the ways (`FORWARD`, `BACKWARD`) that cars can drive and come back from. Where all can be by turning
 * round anywhere, segments go that cannot be without: then both graphs of the city reach each of its streets.
 */
function drivable(streets: StreetTable): Uint8Array {
  const open = new Uint8Array(streets.tail.length)
  for (const arc of junctionGraph(streets).arc) open[arc >> 1]! |= arc & 1 ? BACKWARD : FORWARD
  if (open.some((bits, s) => bits !== (streets.flags[s]! & 3))) return open
  const { endState } = turnGraph(streets)
  return open.map((bits, s) => (endState[2 * s] === NO_STATE && endState[2 * s + 1] === NO_STATE ? 0 : bits))
}

function flagsOf(tags: Tags, direction: -1 | 0 | 1): number {
  let flags = direction === 0 ? FORWARD | BACKWARD : FORWARD
  if (isRoundabout(tags)) flags |= ROUNDABOUT
  if (tags.bridge && tags.bridge !== 'no') flags |= BRIDGE
  if (tags.tunnel && tags.tunnel !== 'no') flags |= TUNNEL
  return flags
}
