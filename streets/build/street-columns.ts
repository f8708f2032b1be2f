import { onGrain } from '../grain.ts'
import { segmentLengthsDm } from '../segment-length.ts'
import { sortedBy } from '../sorted-by.ts'
import type { StreetTable } from '../street-table.ts'
import { hilbertOrder } from './hilbert.ts'
import type { PointTable } from './point-table.ts'
import type { Piece, Style } from './street-pieces.ts'

/** A piece and which ways cars may drive it (`FORWARD`, `BACKWARD`). */
export interface OpenPiece {
  readonly piece: Piece
  readonly open: number
}

/** Numbers points that are junctions: along a Hilbert curve, so that what is near on the ground is near in the file. */
export function junctionRank(points: PointTable, pieces: readonly Piece[]): Uint32Array {
  const isEnd = new Uint8Array(points.size)
  for (const { points: line } of pieces) isEnd[line[0]!] = isEnd[line.at(-1)!] = 1
  const ends: number[] = []
  for (let p = 0; p < isEnd.length; p++) if (isEnd[p] === 1) ends.push(p)
  const xy = new Float64Array(ends.length * 2)
  for (const [i, p] of ends.entries()) xy.set(points.at(p), 2 * i)
  const rank = new Uint32Array(points.size)
  hilbertOrder(xy).forEach((i, r) => {
    rank[ends[i]!] = r
  })
  return rank
}

/** Pieces by their tails, then by their heads. */
export function sortPieces(pieces: readonly Piece[], rank: Uint32Array): Piece[] {
  const tails = Uint32Array.from(pieces, piece => rank[piece.points[0]!]!)
  const heads = Uint32Array.from(pieces, piece => rank[piece.points.at(-1)!]!)
  return Array.from(sortedBy(tails, sortedBy(heads)), i => pieces[i]!)
}

/** The street table of sorted pieces; junctions are numbered in the order of their ranks. */
export function streetColumns(
  points: PointTable,
  styles: readonly Style[],
  rank: Uint32Array,
  pieces: readonly OpenPiece[],
  lights: ReadonlySet<number>,
  turns: Uint32Array,
): StreetTable {
  const count = pieces.length
  const bends = pieces.reduce((sum, { piece }) => sum + piece.points.length - 2, 0)
  const numbers = junctionNumbers(rank, pieces)
  const lines = {
    junctionXy: new Int32Array(2 * numbers.count),
    tail: new Uint32Array(count),
    head: new Uint32Array(count),
    geomFirst: new Uint32Array(count + 1),
    geomXy: new Int32Array(2 * bends),
  }
  const styled = {
    flags: new Uint8Array(count),
    kind: new Uint8Array(count),
    speedKmh: new Uint8Array(count),
    lights: new Uint8Array(count),
    name: new Uint32Array(count),
  }
  const put = (xy: Int32Array, at: number, point: number): void => {
    const [lng, lat] = points.at(point)
    xy[2 * at] = onGrain(lng)
    xy[2 * at + 1] = onGrain(lat)
  }
  let bend = 0
  pieces.forEach(({ piece, open }, s) => {
    const line = piece.points
    const style = styles[piece.style]!
    const [tail, head] = [line[0]!, line.at(-1)!]
    lines.tail[s] = numbers.of[rank[tail]!]!
    lines.head[s] = numbers.of[rank[head]!]!
    put(lines.junctionXy, lines.tail[s]!, tail)
    put(lines.junctionXy, lines.head[s]!, head)
    for (let i = 1; i < line.length - 1; i++) put(lines.geomXy, bend++, line[i]!)
    lines.geomFirst[s + 1] = bend
    styled.flags[s] = (style.flags & ~3) | open
    styled.kind[s] = style.kind
    styled.speedKmh[s] = style.speedKmh
    styled.lights[s] = lightsOn(line, lights)
    styled.name[s] = style.name
  })
  return { ...lines, ...styled, lengthDm: segmentLengthsDm(lines), turns }
}

/** Number of each rank among those that pieces begin or end at. */
function junctionNumbers(
  rank: Uint32Array,
  pieces: readonly OpenPiece[],
): { of: Uint32Array; count: number } {
  const of = new Uint32Array(rank.length)
  for (const { piece } of pieces) of[rank[piece.points[0]!]!] = of[rank[piece.points.at(-1)!]!] = 1
  let count = 0
  for (let r = 0; r < of.length; r++) if (of[r] === 1) of[r] = count++
  return { of, count }
}

function lightsOn(points: readonly number[], lights: ReadonlySet<number>): number {
  let inner = 0
  for (let i = 1; i < points.length - 1; i++) if (lights.has(points[i]!)) inner++
  const along = Math.min(15, inner + (lights.has(points.at(-1)!) ? 1 : 0))
  const against = Math.min(15, inner + (lights.has(points[0]!) ? 1 : 0))
  return along | (against << 4)
}
