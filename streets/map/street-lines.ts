import { BACKWARD, BRIDGE, FORWARD, type StreetTable, segmentLine, TUNNEL } from '../street-table.ts'

/** A whole street as one line, as long as name, kind and direction stay the same. */
export interface StreetLine {
  readonly kind: number
  readonly name: number
  readonly oneway: boolean
  readonly bridge: boolean
  readonly tunnel: boolean
  readonly line: [number, number][]
}

/** A street goes on over a crossing where it bends less than this, radians. */
const MAX_BEND = Math.PI / 3

/**
 * Joins segments over junctions into long lines: a name needs room to be written along its street. One-way lines
 * run the way cars go.
 */
export function streetLines(streets: StreetTable): StreetLine[] {
  const count = streets.tail.length
  const both = FORWARD | BACKWARD
  const styleOf = (s: number): string => {
    const flags = streets.flags[s]!
    return `${streets.name[s]} ${streets.kind[s]} ${(flags & both) === both ? 2 : 1} ${flags & (BRIDGE | TUNNEL)}`
  }
  const style = Array.from({ length: count }, (_, s) => styleOf(s))
  const at = new Map<number, number[]>()
  for (let s = 0; s < count; s++) {
    for (const node of [streets.tail[s]!, streets.head[s]!]) {
      const list = at.get(node)
      if (list) list.push(s)
      else at.set(node, [s])
    }
  }
  const used = new Uint8Array(count)
  const pointsOf = (s: number): [number, number][] => {
    const flat = segmentLine(streets, s)
    const points = Array.from({ length: flat.length / 2 }, (_, i): [number, number] => [
      flat[2 * i]!,
      flat[2 * i + 1]!,
    ])
    return (streets.flags[s]! & both) === BACKWARD ? points.reverse() : points
  }
  /** The segment that carries on from the end of a line at a junction, drawn away from it. */
  const goOn = (
    s: number,
    node: number,
    line: [number, number][],
    atEnd: boolean,
  ): { s: number; node: number; line: [number, number][] } | null => {
    const heading = angle(line.at(-2)!, line.at(-1)!)
    const oneway = (streets.flags[s]! & both) !== both
    let best: { s: number; node: number; line: [number, number][]; bend: number } | null = null
    for (const t of at.get(node)!) {
      if (used[t] || style[t] !== style[s]) continue
      const points = pointsOf(t)
      const begins = startNode(t) === node
      if (oneway && begins !== atEnd) continue
      const away = begins ? points : points.reverse()
      const bend = Math.abs(turn(heading, angle(away[0]!, away[1]!)))
      if (bend < (best?.bend ?? MAX_BEND)) {
        best = { s: t, node: begins ? endNode(t) : startNode(t), line: away, bend }
      }
    }
    return best
  }
  const reversed = (s: number): boolean => (streets.flags[s]! & both) === BACKWARD
  const startNode = (s: number): number => (reversed(s) ? streets.head[s]! : streets.tail[s]!)
  const endNode = (s: number): number => (reversed(s) ? streets.tail[s]! : streets.head[s]!)

  const lines: StreetLine[] = []
  for (let s = 0; s < count; s++) {
    if (used[s]) continue
    used[s] = 1
    let line = pointsOf(s)
    for (const atEnd of [true, false]) {
      if (!atEnd) line.reverse()
      let node = atEnd ? endNode(s) : startNode(s)
      for (let next = goOn(s, node, line, atEnd); next; next = goOn(s, node, line, atEnd)) {
        used[next.s] = 1
        node = next.node
        line = line.concat(next.line.slice(1))
      }
    }
    const flags = streets.flags[s]!
    lines.push({
      kind: streets.kind[s]!,
      name: streets.name[s]!,
      oneway: (flags & both) !== both,
      bridge: (flags & BRIDGE) !== 0,
      tunnel: (flags & TUNNEL) !== 0,
      line: line.reverse(),
    })
  }
  return lines
}

function angle(a: [number, number], b: [number, number]): number {
  return Math.atan2(b[1] - a[1], (b[0] - a[0]) * Math.cos((a[1] * Math.PI) / 180))
}

function turn(from: number, to: number): number {
  const d = to - from
  return Math.atan2(Math.sin(d), Math.cos(d))
}
