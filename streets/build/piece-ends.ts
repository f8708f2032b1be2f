import { BACKWARD, FORWARD } from '../street-table.ts'
import type { OpenPiece } from './street-columns.ts'

/** Open arcs by the point and the way that they arrive over or leave by. */
export class PieceEnds {
  readonly #arriving = new Map<string, number[]>()
  readonly #leaving = new Map<string, number[]>()
  readonly #pieces: readonly OpenPiece[]

  /** Only what arrives over or leaves by one of `ways` is looked at. */
  constructor(pieces: readonly OpenPiece[], ways: ReadonlySet<number>) {
    this.#pieces = pieces
    pieces.forEach(({ piece, open }, s) => {
      if (!ways.has(piece.tailWay) && !ways.has(piece.headWay)) return
      const [tail, head] = [piece.points[0]!, piece.points.at(-1)!]
      if (open & FORWARD) {
        put(this.#arriving, head, piece.headWay, 2 * s)
        put(this.#leaving, tail, piece.tailWay, 2 * s)
      }
      if (open & BACKWARD) {
        put(this.#arriving, tail, piece.tailWay, 2 * s + 1)
        put(this.#leaving, head, piece.headWay, 2 * s + 1)
      }
    })
  }

  /** Arcs that arrive at a point over a way. */
  arriving(point: number, way: number): readonly number[] {
    return this.#arriving.get(`${point} ${way}`) ?? []
  }

  /** Arcs that leave a point by a way. */
  leaving(point: number, way: number): readonly number[] {
    return this.#leaving.get(`${point} ${way}`) ?? []
  }

  /** Arcs along one way from point to point without turning round, or null where cars cannot drive it so. */
  drive(way: number, from: number, to: number): number[] | null {
    const arcs: number[] = []
    if (from === to) return null
    for (let at = from; at !== to; ) {
      const next = this.leaving(at, way).find(arc => !arcs.includes(arc) && !arcs.includes(arc ^ 1))
      if (next === undefined) return null
      arcs.push(next)
      const { points } = this.#pieces[next >> 1]!.piece
      at = next & 1 ? points[0]! : points.at(-1)!
    }
    return arcs
  }
}

function put(map: Map<string, number[]>, point: number, way: number, arc: number): void {
  const key = `${point} ${way}`
  const list = map.get(key)
  if (list) list.push(arc)
  else map.set(key, [arc])
}
