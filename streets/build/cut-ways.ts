import type { PointTable } from './point-table.ts'
import type { Piece } from './street-pieces.ts'

/** A way that cars use, drawn in the direction they may drive; points by number, `style` as in `Piece`. */
export interface CarWay {
  readonly id: number
  readonly points: readonly number[]
  readonly style: number
}

/**
 * Cut ways where they meet, at their ends and at `forced` points. At a barrier (`blocked`) a street is in two: each
 * side ends at a point of its own. A barrier where more than two ends meet would cut them all; it stands beside the
 * crossing, so it is left out.
 */
export function cutWays(
  points: PointTable,
  ways: readonly CarWay[],
  forced: ReadonlySet<number>,
  blocked: ReadonlySet<number>,
): Piece[] {
  const uses = new Uint8Array(points.size)
  const ends = new Uint8Array(points.size)
  for (const way of ways) {
    way.points.forEach((p, i) => {
      const last = i === 0 || i === way.points.length - 1
      uses[p] = Math.min(3, uses[p]! + (last ? 2 : 1))
      ends[p] = Math.min(3, ends[p]! + (last ? 1 : 2))
    })
  }
  const isCut = (p: number): boolean => uses[p]! >= 2 || forced.has(p)
  const isWall = (p: number): boolean => blocked.has(p) && ends[p] === 2
  const met = new Set<number>()
  /** The point at a barrier for one more end: the first takes the place's own, the second a twin. */
  const side = (p: number): number => {
    if (!isWall(p)) return p
    if (met.has(p)) return points.twin(p)
    met.add(p)
    return p
  }
  const pieces: Piece[] = []
  for (const way of ways) {
    let part = [side(way.points[0]!)]
    for (const p of way.points.slice(1)) {
      part.push(side(p))
      if (!isCut(p) && !isWall(p)) continue
      pieces.push({ points: part, style: way.style, tailWay: way.id, headWay: way.id })
      part = [p === way.points.at(-1) ? p : side(p)]
    }
  }
  return pieces
}
