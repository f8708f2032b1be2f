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

/** Join pieces of one style where nothing else meets, so that a node is a real junction; never at a `forced` point. */
export function joinPieces(
  pieces: readonly Piece[],
  styles: readonly Style[],
  forced: ReadonlySet<number>,
): Piece[] {
  const at = new Map<number, number[]>()
  const meet = (point: number, piece: number): void => {
    const list = at.get(point)
    if (list) list.push(piece)
    else at.set(point, [piece])
  }
  pieces.forEach((piece, i) => {
    meet(piece.points[0]!, i)
    meet(piece.points.at(-1)!, i)
  })
  const used = new Uint8Array(pieces.length)
  const nextAt = (point: number, piece: Piece, self: number): number => {
    const here = at.get(point)!
    if (forced.has(point) || here.length !== 2 || here[0] === here[1]) return -1
    const other = here[0] === self ? here[1]! : here[0]!
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
