import type { LngLat } from '@hexhail/protocol/geo.ts'
import { onGrain } from '../grain.ts'
import { segmentLengthsDm } from '../segment-length.ts'
import type { StreetTable } from '../street-table.ts'
import { hilbertOrder } from './hilbert.ts'
import type { PointTable } from './point-table.ts'
import type { Piece, Style } from './street-pieces.ts'

/** A piece and which ways cars may drive it (`FORWARD`, `BACKWARD`). */
export interface OpenPiece {
  readonly piece: Piece
  readonly open: number
}

/** Junctions along a Hilbert curve, and pieces by their ends: near on the ground, near in the file. */
export function sortPieces(
  points: PointTable,
  pieces: readonly OpenPiece[],
): { junctions: number[]; sorted: OpenPiece[] } {
  const ends = new Set<number>()
  for (const { piece } of pieces) ends.add(piece.points[0]!).add(piece.points.at(-1)!)
  const list = [...ends]
  const junctions = hilbertOrder(list.map(p => points.at(p))).map(i => list[i]!)
  const rank = new Map(junctions.map((p, i) => [p, i]))
  const tailOf = ({ piece }: OpenPiece): number => rank.get(piece.points[0]!)!
  const headOf = ({ piece }: OpenPiece): number => rank.get(piece.points.at(-1)!)!
  return { junctions, sorted: pieces.toSorted((a, b) => tailOf(a) - tailOf(b) || headOf(a) - headOf(b)) }
}

/** The street table of pieces in their order, over junctions in theirs. */
export function streetColumns(
  points: PointTable,
  styles: readonly Style[],
  junctions: readonly number[],
  pieces: readonly OpenPiece[],
  lights: ReadonlySet<number>,
  turns: Uint32Array,
): StreetTable {
  const rank = new Map(junctions.map((p, i) => [p, i]))
  const style = ({ piece }: OpenPiece): Style => styles[piece.style]!
  const geomFirst = new Uint32Array(pieces.length + 1)
  const geomXy: number[] = []
  pieces.forEach(({ piece }, s) => {
    for (const p of piece.points.slice(1, -1)) geomXy.push(...micro(points.at(p)))
    geomFirst[s + 1] = geomXy.length / 2
  })
  const lines = {
    junctionXy: Int32Array.from(junctions.flatMap(p => micro(points.at(p)))),
    tail: Uint32Array.from(pieces, ({ piece }) => rank.get(piece.points[0]!)!),
    head: Uint32Array.from(pieces, ({ piece }) => rank.get(piece.points.at(-1)!)!),
    geomFirst,
    geomXy: Int32Array.from(geomXy),
  }
  return {
    ...lines,
    flags: Uint8Array.from(pieces, p => (style(p).flags & ~3) | p.open),
    kind: Uint8Array.from(pieces, p => style(p).kind),
    speedKmh: Uint8Array.from(pieces, p => style(p).speedKmh),
    lights: Uint8Array.from(pieces, ({ piece }) => lightsOn(piece.points, lights)),
    name: Uint32Array.from(pieces, p => style(p).name),
    lengthDm: segmentLengthsDm(lines),
    turns,
  }
}

function micro(at: LngLat): [number, number] {
  return [onGrain(at[0]), onGrain(at[1])]
}

function lightsOn(points: readonly number[], lights: ReadonlySet<number>): number {
  let inner = 0
  for (let i = 1; i < points.length - 1; i++) if (lights.has(points[i]!)) inner++
  const along = Math.min(15, inner + (lights.has(points.at(-1)!) ? 1 : 0))
  const against = Math.min(15, inner + (lights.has(points[0]!) ? 1 : 0))
  return along | (against << 4)
}
