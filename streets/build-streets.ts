import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import { arcGraph } from './arc-graph.ts'
import { carDirection, carSpeedKmh, isRoundabout, streetClass } from './car-access.ts'
import type { Tags, TurnFeature, WayFeature } from './feature.ts'
import { hilbertOrder } from './hilbert.ts'
import { PointTable } from './point-table.ts'
import { joinPieces, type Piece, type Style } from './street-pieces.ts'
import { BACKWARD, BRIDGE, FORWARD, ROUNDABOUT, type StreetTable, TUNNEL } from './street-table.ts'
import { largestStrongComponent } from './strong-component.ts'

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
  readonly counts: { readonly ways: number; readonly carPoints: number; readonly allJunctions: number }
}

/** Collects car ways, then cuts them at junctions. */
export class StreetBuilder {
  readonly #points = new PointTable()
  readonly #ways: { id: number; points: number[]; style: number }[] = []
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
    const { pieces, forced } = this.#cut()
    const joined = joinPieces(pieces, this.#styles, forced)
    const draft = this.#table(joined, true)
    const graph = arcGraph(draft)
    const from: number[] = []
    const to: number[] = []
    for (let v = 0; v < graph.nodes; v++) {
      for (let k = graph.firstOut[v]!; k < graph.firstOut[v + 1]!; k++) {
        from.push(v)
        to.push(graph.headNode[graph.outArc[k]!]!)
      }
    }
    const inside = largestStrongComponent(graph.nodes, from, to)
    const alive = new Uint8Array(joined.length)
    for (let k = 0; k < from.length; k++) {
      const arc = graph.outArc[k]!
      if (inside[from[k]!] && inside[to[k]!]) alive[arc >> 1]! |= arc & 1 ? BACKWARD : FORWARD
    }
    const kept: { piece: Piece; open: number }[] = []
    const dead: DeadStreet[] = []
    joined.forEach((piece, s) => {
      const style = this.#styles[piece.style]!
      if (alive[s]) kept.push({ piece, open: alive[s]! })
      else dead.push({ kind: style.kind, name: style.name, line: piece.points.map(p => this.#at(p)) })
    })
    const open = new Map(kept.map(k => [k.piece, k.open]))
    const table = this.#table(
      kept.map(k => k.piece),
      false,
      open,
    )
    const counts = {
      ways: this.#ways.length,
      carPoints: this.#points.size,
      allJunctions: draft.junctionXy.length / 2,
    }
    return { table, dead, counts }
  }

  #at(point: number): LngLat {
    return [this.#points.lng(point), this.#points.lat(point)]
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

  #cut(): { pieces: Piece[]; forced: Uint8Array } {
    const uses = new Uint8Array(this.#points.size)
    for (const { points } of this.#ways) {
      points.forEach((p, i) => {
        uses[p] = Math.min(3, uses[p]! + (i === 0 || i === points.length - 1 ? 2 : 1))
      })
    }
    const forced = new Uint8Array(this.#points.size)
    for (const turn of this.#turns) {
      const p = this.#points.find(turn.via[0], turn.via[1])
      if (p >= 0) forced[p] = 1
    }
    const blocked = new Uint8Array(this.#points.size)
    for (const at of this.#blocks) {
      const p = this.#points.find(at[0], at[1])
      // A bollard where streets cross would cut them all: it stands beside the crossing, so only mid-street ones count.
      if (p >= 0 && uses[p] === 1) blocked[p] = 1
    }
    const pieces: Piece[] = []
    for (const way of this.#ways) {
      let start = 0
      for (let i = 1; i < way.points.length; i++) {
        const p = way.points[i]!
        if (blocked[p]) {
          start = i + 1
          continue
        }
        if (i < start + 1 || (uses[p]! < 2 && !forced[p])) continue
        pieces.push({
          points: way.points.slice(start, i + 1),
          style: way.style,
          tailWay: way.id,
          headWay: way.id,
        })
        start = i
      }
    }
    return { pieces, forced }
  }

  #table(pieces: Piece[], draft: boolean, open?: ReadonlyMap<Piece, number>): StreetTable {
    const ends = new Set<number>()
    for (const { points } of pieces) ends.add(points[0]!).add(points.at(-1)!)
    const list = [...ends]
    const places = list.map(p => this.#at(p))
    const junctions = draft ? list : hilbertOrder(places).map(i => list[i]!)
    const numberOf = new Map(junctions.map((p, i) => [p, i]))
    const tailOf = (piece: Piece): number => numberOf.get(piece.points[0]!)!
    const headOf = (piece: Piece): number => numberOf.get(piece.points.at(-1)!)!
    const sorted = draft ? pieces : pieces.toSorted((a, b) => tailOf(a) - tailOf(b) || headOf(a) - headOf(b))

    const lightPoints = new Set(this.#lights.map(at => this.#points.find(at[0], at[1])))
    const geomFirst = new Uint32Array(sorted.length + 1)
    const geomXy: number[] = []
    sorted.forEach((piece, s) => {
      for (const p of piece.points.slice(1, -1)) {
        geomXy.push(Math.round(this.#points.lng(p) * 1e6), Math.round(this.#points.lat(p) * 1e6))
      }
      geomFirst[s + 1] = geomXy.length / 2
    })
    const style = (piece: Piece): Style => this.#styles[piece.style]!
    return {
      junctionXy: Int32Array.from(junctions.flatMap(p => this.#at(p).map(v => Math.round(v * 1e6)))),
      tail: Uint32Array.from(sorted, tailOf),
      head: Uint32Array.from(sorted, headOf),
      flags: Uint8Array.from(sorted, p => (style(p).flags & ~3) | (open?.get(p) ?? style(p).flags & 3)),
      kind: Uint8Array.from(sorted, p => style(p).kind),
      speedKmh: Uint8Array.from(sorted, p => style(p).speedKmh),
      lights: Uint8Array.from(sorted, p => lightsOn(p.points, lightPoints)),
      name: Uint32Array.from(sorted, p => style(p).name),
      lengthDm: Uint32Array.from(sorted, p => this.#lengthDm(p.points)),
      geomFirst,
      geomXy: Int32Array.from(geomXy),
      turns: this.#turnTriples(sorted),
    }
  }

  #lengthDm(points: readonly number[]): number {
    let sumM = 0
    for (let i = 1; i < points.length; i++)
      sumM += greatCircleM(this.#at(points[i - 1]!), this.#at(points[i]!))
    return Math.max(1, Math.round(sumM * 10))
  }

  #turnTriples(pieces: readonly Piece[]): Uint32Array {
    const arriving = new Map<string, number[]>()
    const leaving = new Map<string, number[]>()
    const put = (map: Map<string, number[]>, point: number, way: number, arc: number): void => {
      const key = `${point} ${way}`
      const list = map.get(key)
      if (list) list.push(arc)
      else map.set(key, [arc])
    }
    pieces.forEach((piece, s) => {
      const { flags } = this.#styles[piece.style]!
      const [tail, head] = [piece.points[0]!, piece.points.at(-1)!]
      put(arriving, head, piece.headWay, 2 * s)
      put(leaving, tail, piece.tailWay, 2 * s)
      if (!(flags & BACKWARD)) return
      put(arriving, tail, piece.tailWay, 2 * s + 1)
      put(leaving, head, piece.headWay, 2 * s + 1)
    })
    const triples: number[] = []
    for (const turn of this.#turns) {
      const via = this.#points.find(turn.via[0], turn.via[1])
      const from = arriving.get(`${via} ${turn.fromWay}`) ?? []
      const to = leaving.get(`${via} ${turn.toWay}`) ?? []
      // A way that goes on through the junction could mean either side: such a rule is unclear, so it is left out.
      if (from.length === 1 && to.length === 1) triples.push(from[0]!, to[0]!, turn.only ? 1 : 0)
    }
    return Uint32Array.from(triples)
  }
}

function flagsOf(tags: Tags, direction: -1 | 0 | 1): number {
  let flags = direction === 0 ? FORWARD | BACKWARD : FORWARD
  if (isRoundabout(tags)) flags |= ROUNDABOUT
  if (tags.bridge && tags.bridge !== 'no') flags |= BRIDGE
  if (tags.tunnel && tags.tunnel !== 'no') flags |= TUNNEL
  return flags
}

function lightsOn(points: readonly number[], lights: ReadonlySet<number>): number {
  let inner = 0
  for (let i = 1; i < points.length - 1; i++) if (lights.has(points[i]!)) inner++
  const along = Math.min(15, inner + (lights.has(points.at(-1)!) ? 1 : 0))
  const against = Math.min(15, inner + (lights.has(points[0]!) ? 1 : 0))
  return along | (against << 4)
}
