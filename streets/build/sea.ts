import type { LngLat } from '@hexhail/protocol/geo.ts'
import { type Box, boxCorner, clipLine, outward, perimeterAt } from '../box.ts'

/** A piece of shore. `directed` ones follow the rule of OpenStreetMap: land on the left hand. */
export interface Shore {
  readonly line: readonly LngLat[]
  readonly directed: boolean
}

interface Chain {
  readonly line: LngLat[]
  /** Length that is drawn with the land on the left, minus the other way round; 0 where nothing says. */
  readonly landLeft: number
}

/** How far the sea is drawn beyond the data, degrees: a map that ends in a straight line looks broken. */
const PAD_DEG = 0.6
/** Street places that are enough to tell land from sea. */
const MAX_STREETS = 2000

/**
 * Sea as polygons (outline, then islands): shore lines cut the box into faces, and each face is sea or land by the
 * side its shores are drawn from, or, where they do not say, by whether there are streets in it.
 */
export function seaAreas(
  shores: readonly Shore[],
  islands: readonly (readonly LngLat[])[],
  box: Box,
  streets: readonly LngLat[],
): LngLat[][][] {
  const chains = joinShores(shores)
  const outer: Box = [box[0] - PAD_DEG, box[1] - PAD_DEG, box[2] + PAD_DEG, box[3] + PAD_DEG]
  const rings = chains.filter(c => isClosed(c.line)).map(c => c.line)
  const open: Chain[] = []
  for (const chain of chains) {
    if (isClosed(chain.line)) continue
    for (const piece of clipLine(chain.line, box)) {
      if (isClosed(piece)) rings.push(piece)
      else
        open.push({
          line: [outward(piece[0]!, box, outer), ...piece, outward(piece.at(-1)!, box, outer)],
          landLeft: chain.landLeft,
        })
    }
  }
  const holes = [...rings, ...islands].filter(r => r.length > 3)
  const faces = open.length > 0 ? faceRings(open, outer) : rings.length > 0 ? [wholeBox(outer)] : []
  const grid = gridOf(box)
  const step = Math.ceil(streets.length / MAX_STREETS)
  const sample = streets.filter((_, i) => i % step === 0)
  const density = sample.length / grid.length
  const sea: LngLat[][][] = []
  for (const { ring, landLeft } of faces) {
    const isSea =
      landLeft !== 0 ? landLeft < 0 : inRing(sample, ring) < 0.15 * density * Math.max(1, inRing(grid, ring))
    if (isSea) sea.push([ring, ...holes.filter(hole => holds(ring, hole[0]!)).map(hole => [...hole])])
  }
  return sea
}

/** Join lines whose ends are equal, turning them where needed. */
function joinShores(shores: readonly Shore[]): Chain[] {
  const key = (p: LngLat): string => `${p[0].toFixed(7)} ${p[1].toFixed(7)}`
  const at = new Map<string, number[]>()
  shores.forEach(({ line }, i) => {
    for (const end of [line[0]!, line.at(-1)!]) at.set(key(end), [...(at.get(key(end)) ?? []), i])
  })
  const used = new Set<number>()
  const chains: Chain[] = []
  for (let i = 0; i < shores.length; i++) {
    if (used.has(i)) continue
    used.add(i)
    let line = [...shores[i]!.line]
    let landLeft = shores[i]!.directed ? line.length : 0
    for (const side of [0, 1]) {
      for (;;) {
        const tip = line.at(-1)!
        const next = isClosed(line) ? undefined : at.get(key(tip))!.find(k => !used.has(k))
        if (next === undefined) break
        used.add(next)
        const more = shores[next]!
        const forward = key(more.line[0]!) === key(tip)
        line.push(...(forward ? more.line : more.line.toReversed()).slice(1))
        if (more.directed) landLeft += forward ? more.line.length : -more.line.length
      }
      if (side === 0) [line, landLeft] = [line.reverse(), -landLeft]
    }
    chains.push({ line: line.reverse(), landLeft: -landLeft })
  }
  return chains
}

/** Faces that open chains, each ending on the border, cut a box into; the face lies left of the walk. */
function faceRings(chains: readonly Chain[], box: Box): { ring: LngLat[]; landLeft: number }[] {
  const ends = chains
    .flatMap(({ line }, chain) => [
      { chain, atStart: true, t: perimeterAt(line[0]!, box) },
      { chain, atStart: false, t: perimeterAt(line.at(-1)!, box) },
    ])
    .sort((a, b) => a.t - b.t)
  const walked = new Set<string>()
  const faces: { ring: LngLat[]; landLeft: number }[] = []
  for (const first of ends) {
    if (walked.has(`${first.chain} ${first.atStart}`)) continue
    const ring: LngLat[] = []
    let landLeft = 0
    let from = first
    do {
      walked.add(`${from.chain} ${from.atStart}`)
      const chain = chains[from.chain]!
      ring.push(...(from.atStart ? chain.line : chain.line.toReversed()))
      landLeft += from.atStart ? chain.landLeft : -chain.landLeft
      const reached = ends.findIndex(e => e.chain === from.chain && e.atStart !== from.atStart)
      const next = ends[(reached + 1) % ends.length]!
      for (const corner of cornersBetween(ends[reached]!.t, next.t)) ring.push(boxCorner(corner, box))
      from = next
    } while (!walked.has(`${from.chain} ${from.atStart}`))
    ring.push(ring[0]!)
    faces.push({ ring, landLeft })
  }
  return faces
}

/** Corners passed going counterclockwise from `t` to `until` (corner k stands at k). */
function cornersBetween(t: number, until: number): number[] {
  const end = until > t ? until : until + 4
  const corners: number[] = []
  for (let k = Math.floor(t) + 1; k <= end; k++) corners.push(k % 4)
  return corners
}

function wholeBox(box: Box): { ring: LngLat[]; landLeft: number } {
  return { ring: [0, 1, 2, 3, 0].map(k => boxCorner(k, box)), landLeft: -1 }
}

function gridOf(box: Box): LngLat[] {
  const n = 48
  const at = (low: number, high: number, i: number): number => low + ((high - low) * (i + 0.5)) / n
  return Array.from({ length: n * n }, (_, k) => [
    at(box[0], box[2], k % n),
    at(box[1], box[3], Math.floor(k / n)),
  ])
}

function inRing(points: readonly LngLat[], ring: readonly LngLat[]): number {
  return points.reduce((sum, p) => sum + (holds(ring, p) ? 1 : 0), 0)
}

function isClosed(line: readonly LngLat[]): boolean {
  const [a, b] = [line[0]!, line.at(-1)!]
  return line.length > 3 && a[0] === b[0] && a[1] === b[1]
}

function holds(ring: readonly LngLat[], p: LngLat): boolean {
  let odd = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[j]!
    const [bx, by] = ring[i]!
    if (ay > p[1] !== by > p[1] && p[0] < ((bx - ax) * (p[1] - ay)) / (by - ay) + ax) odd = !odd
  }
  return odd
}
