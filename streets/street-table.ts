/** Flag of a segment: cars may drive it from tail to head. */
export const FORWARD = 1
/** Flag of a segment: cars may drive it from head to tail. */
export const BACKWARD = 2
/** Flag of a segment: part of a roundabout. */
export const ROUNDABOUT = 4
/** Flag of a segment: on a bridge. */
export const BRIDGE = 8
/** Flag of a segment: in a tunnel. */
export const TUNNEL = 16

/** No segment is longer than once round the earth: its time at 1 km/h still fits 31 bits. */
export const LONGEST_DM = 400_000_000

/**
 * The streets that cars use, as columns. A *segment* is the piece of one street between two junctions, drawn from
 * `tail` to `head`; an *arc* is one way of driving it: arc `2s` goes along segment `s`, arc `2s + 1` against it.
 */
export interface StreetTable {
  /** Junction places, interleaved longitude and latitude, millionths of a degree, on the grid (`grain.ts`). */
  readonly junctionXy: Int32Array
  readonly tail: Uint32Array
  readonly head: Uint32Array
  readonly flags: Uint8Array
  /** Index into `STREET_CLASSES`. */
  readonly kind: Uint8Array
  readonly speedKmh: Uint8Array
  /** Traffic lights met along (low four bits) and against (high four bits) the segment. */
  readonly lights: Uint8Array
  /** Index into the city's names; 0 is no name. */
  readonly name: Uint32Array
  /** Length in decimetres: that of the drawn line (`segmentLengthsDm`). */
  readonly lengthDm: Uint32Array
  /** First point of each segment in `geomXy`, one more entry than segments. */
  readonly geomFirst: Uint32Array
  /** Points between tail and head, interleaved, millionths of a degree, on the grid. */
  readonly geomXy: Int32Array
  /**
   * Triples: from arc, to arc, bits. Bit 0: «only this turn», else «not this turn». Bit 1: the rule goes on with the
   * next triple, which begins with this one's second arc (a rule over whole streets). Read them with `turnRules`.
   */
  readonly turns: Uint32Array
}

/** Seconds lost at a traffic light, tenths. */
const LIGHT_DS = 20

/** Time along an arc in tenths of a second, at least one: all whole numbers, the same on every machine. */
export function arcTimeDs(streets: StreetTable, arc: number): number {
  const s = arc >> 1
  const v = streets.speedKmh[s]!
  const drive = Math.max(1, Math.floor((streets.lengthDm[s]! * 36 + v * 5) / (v * 10)))
  const lights = arc & 1 ? streets.lights[s]! >> 4 : streets.lights[s]! & 15
  return drive + lights * LIGHT_DS
}

/** Times along all arcs on free streets, tenths of a second. */
export function freeTimesDs(streets: StreetTable): Int32Array {
  const times = new Int32Array(streets.tail.length * 2)
  for (let arc = 0; arc < times.length; arc++) times[arc] = arcTimeDs(streets, arc)
  return times
}

/** Whether cars may drive an arc. */
export function arcOpen(streets: StreetTable, arc: number): boolean {
  return (streets.flags[arc >> 1]! & (arc & 1 ? BACKWARD : FORWARD)) !== 0
}

/** Junction where an arc ends. */
export function arcHead(streets: StreetTable, arc: number): number {
  return arc & 1 ? streets.tail[arc >> 1]! : streets.head[arc >> 1]!
}

/** Junction where an arc begins. */
export function arcTail(streets: StreetTable, arc: number): number {
  return arc & 1 ? streets.head[arc >> 1]! : streets.tail[arc >> 1]!
}

/** All points of a segment from tail to head as degrees, interleaved longitude and latitude. */
export function segmentLine(streets: StreetTable, segment: number): Float64Array {
  const first = streets.geomFirst[segment]!
  const inner = streets.geomFirst[segment + 1]! - first
  const line = new Float64Array(2 * inner + 4)
  const { junctionXy, geomXy } = streets
  const [tail, head] = [streets.tail[segment]!, streets.head[segment]!]
  line[0] = junctionXy[2 * tail]! / 1e6
  line[1] = junctionXy[2 * tail + 1]! / 1e6
  for (let i = 0; i < 2 * inner; i++) line[2 + i] = geomXy[2 * first + i]! / 1e6
  line[2 + 2 * inner] = junctionXy[2 * head]! / 1e6
  line[3 + 2 * inner] = junctionXy[2 * head + 1]! / 1e6
  return line
}
