import { PointTable } from '../build/point-table.ts'
import type { City } from '../city.ts'
import { STREET_CLASSES } from '../osm/car-access.ts'
import { segmentLengthsDm } from '../segment-length.ts'
import { BACKWARD, BRIDGE, FORWARD, type StreetTable, TUNNEL } from '../street-table.ts'

/** A line that people walk: places interleaved, millionths of a degree; `apart`: nothing joins it but at its ends. */
interface FootLine {
  readonly kind: number
  readonly name: number
  readonly xy: ArrayLike<number>
  readonly apart: boolean
}

const MOTORWAY = STREET_CLASSES.indexOf('motorway')

/**
 * The streets that people walk: those of cars, either way whatever the one-ways say, and the ways that no car may use
 * (paths, squares, steps), but no motorways; without what does not hang together with the largest part. What a bundle
 * does not tell is not known here: kerbs, steps among the paths, which of them are private. Speeds, lights and turns say
 * nothing.
 */
export function footStreets(city: Pick<City, 'streets' | 'deadStreets'>): StreetTable {
  const lines = [...carLines(city.streets), ...otherLines(city.deadStreets)].filter(
    line => line.kind !== MOTORWAY,
  )
  const points = new PointTable()
  const numbers = lines.map(({ xy }) => {
    const line: number[] = []
    for (let i = 0; i < xy.length; i += 2) {
      const point = points.add(xy[i]! / 1e6, xy[i + 1]! / 1e6)
      if (point !== line.at(-1)) line.push(point)
    }
    return line
  })
  const uses = new Uint8Array(points.size)
  numbers.forEach((line, i) => {
    line.forEach((point, n) => {
      const isEnd = n === 0 || n === line.length - 1
      if (isEnd || !lines[i]!.apart) uses[point] = Math.min(2, uses[point]! + (isEnd ? 2 : 1))
    })
  })
  const pieces = numbers.flatMap((line, i) =>
    cut(line, point => !lines[i]!.apart && uses[point] === 2).map(piece => ({ piece, line: lines[i]! })),
  )
  const isKept = largestPart(
    points.size,
    pieces.map(({ piece }) => [piece[0]!, piece.at(-1)!] as const),
  )
  return tableOf(
    points,
    pieces.filter((_, i) => isKept(i)),
  )
}

function carLines(streets: StreetTable): FootLine[] {
  const { junctionXy, geomXy, geomFirst, tail, head, kind, name, flags } = streets
  return Array.from(tail, (from, s): FootLine => {
    const to = head[s]!
    const xy = [
      ...junctionXy.subarray(2 * from, 2 * from + 2),
      ...geomXy.subarray(2 * geomFirst[s]!, 2 * geomFirst[s + 1]!),
      ...junctionXy.subarray(2 * to, 2 * to + 2),
    ]
    return { kind: kind[s]!, name: name[s]!, xy, apart: (flags[s]! & (BRIDGE | TUNNEL)) !== 0 }
  })
}

function otherLines({ kind, name, points, xy }: City['deadStreets']): FootLine[] {
  let at = 0
  return Array.from(kind, (_, i): FootLine => {
    const from = at
    at += 2 * points[i]!
    return { kind: kind[i]!, name: name[i]!, xy: xy.subarray(from, at), apart: false }
  })
}

/** A line in pieces that begin and end where others meet it. */
function cut(line: readonly number[], isCut: (point: number) => boolean): number[][] {
  if (line.length < 2) return []
  const pieces: number[][] = []
  let piece = [line[0]!]
  line.forEach((point, n) => {
    if (n === 0) return
    piece.push(point)
    if (n < line.length - 1 && !isCut(point)) return
    pieces.push(piece)
    piece = [point]
  })
  return pieces
}

/** Says of each pair whether it is in the part that most pairs are in; of equal parts the first. */
function largestPart(
  count: number,
  pairs: readonly (readonly [number, number])[],
): (pair: number) => boolean {
  const above = Uint32Array.from({ length: count }, (_, i) => i)
  const root = (point: number): number => {
    let top = point
    while (above[top] !== top) top = above[top] = above[above[top]!]!
    return top
  }
  for (const [a, b] of pairs) above[root(a)] = root(b)
  const size = new Uint32Array(count)
  let best = 0
  for (const [a] of pairs) size[root(a)]!++
  for (let i = 1; i < count; i++) if (size[i]! > size[best]!) best = i
  return pair => root(pairs[pair]![0]) === best
}

function tableOf(
  points: PointTable,
  pieces: readonly { readonly piece: readonly number[]; readonly line: FootLine }[],
): StreetTable {
  const junctions = new Map<number, number>()
  const junctionXy: number[] = []
  const geomXy: number[] = []
  const geomFirst: number[] = [0]
  const put = (into: number[], point: number): void => {
    const [lng, lat] = points.at(point)
    into.push(Math.round(lng * 1e6), Math.round(lat * 1e6))
  }
  const junction = (point: number): number => {
    const known = junctions.get(point)
    if (known !== undefined) return known
    put(junctionXy, point)
    junctions.set(point, junctions.size)
    return junctions.size - 1
  }
  const tail = new Uint32Array(pieces.length)
  const head = new Uint32Array(pieces.length)
  pieces.forEach(({ piece }, s) => {
    tail[s] = junction(piece[0]!)
    head[s] = junction(piece.at(-1)!)
    for (let n = 1; n < piece.length - 1; n++) put(geomXy, piece[n]!)
    geomFirst.push(geomXy.length / 2)
  })
  const shape = {
    ...{ junctionXy: Int32Array.from(junctionXy), tail, head },
    ...{ geomFirst: Uint32Array.from(geomFirst), geomXy: Int32Array.from(geomXy) },
  }
  return {
    ...shape,
    flags: new Uint8Array(pieces.length).fill(FORWARD | BACKWARD),
    kind: Uint8Array.from(pieces, ({ line }) => line.kind),
    speedKmh: new Uint8Array(pieces.length).fill(5),
    lights: new Uint8Array(pieces.length),
    name: Uint32Array.from(pieces, ({ line }) => line.name),
    lengthDm: segmentLengthsDm(shape),
    turns: new Uint32Array(0),
  }
}
