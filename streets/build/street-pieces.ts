import { BACKWARD } from '../street-table.ts'

/** What all of a street piece has in common; `flags` and `kind` as in `StreetTable`. */
export interface Style {
  readonly kind: number
  readonly speedKmh: number
  readonly flags: number
  readonly name: number
}

/** A stretch of a way between two places where something else may meet it; points by number. */
export interface Piece {
  points: number[]
  readonly style: number
  /** Way ids at tail and head: turn rules name ways. */
  tailWay: number
  headWay: number
}

/**
 * Join pieces of one style where nothing else meets, so that a node is a real junction; never at a `forced` point.
 * Points are numbered below `pointCount`.
 */
export function joinPieces(
  pieces: readonly Piece[],
  styles: readonly Style[],
  forced: ReadonlySet<number>,
  pointCount: number,
): Piece[] {
  // How many ends meet at each point, and the sum of the numbers of the pieces they belong to.
  const ends = new Uint32Array(pointCount)
  const sum = new Float64Array(pointCount)
  pieces.forEach(({ points }, i) => {
    for (const end of [points[0]!, points.at(-1)!]) {
      ends[end]!++
      sum[end]! += i
    }
  })
  const used = new Uint8Array(pieces.length)
  const nextAt = (point: number, piece: Piece, self: number): number => {
    const other = sum[point]! - self
    if (forced.has(point) || ends[point] !== 2 || other === self) return -1
    const twoWay = (styles[piece.style]!.flags & BACKWARD) !== 0
    const next = pieces[other]!
    if (used[other] || next.style !== piece.style) return -1
    const sameDirection = (piece.points.at(-1) === point) !== (next.points.at(-1) === point)
    return twoWay || sameDirection ? other : -1
  }
  const joined: Piece[] = []
  pieces.forEach((first, i) => {
    if (used[i]) return
    used[i] = 1
    const whole: Piece = { ...first, points: [...first.points] }
    for (
      let self = i, next = 0;
      (next = nextAt(whole.points.at(-1)!, pieces[self]!, self)) >= 0;
      self = next
    ) {
      used[next] = 1
      const more = pieces[next]!
      const turned = more.points[0] !== whole.points.at(-1)
      const points = turned ? more.points.toReversed() : more.points
      for (let k = 1; k < points.length; k++) whole.points.push(points[k]!)
      whole.headWay = turned ? more.tailWay : more.headWay
    }
    const before: number[] = []
    for (
      let self = i, next = 0, tip = whole.points[0]!;
      (next = nextAt(tip, pieces[self]!, self)) >= 0;
      self = next
    ) {
      used[next] = 1
      const more = pieces[next]!
      const turned = more.points[0] === tip
      const points = turned ? more.points : more.points.toReversed()
      for (let k = 1; k < points.length; k++) before.push(points[k]!)
      whole.tailWay = turned ? more.headWay : more.tailWay
      tip = before.at(-1)!
    }
    if (before.length > 0) whole.points = [...before.reverse(), ...whole.points]
    joined.push(whole)
  })
  return joined
}
