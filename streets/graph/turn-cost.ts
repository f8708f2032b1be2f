import { arcHead, arcOpen, arcTail, type StreetTable } from '../street-table.ts'

/** Time lost by turning round at a dead end, tenths of a second. */
const TURN_ROUND_DS = 200
/** The dearest turn, tenths of a second, and how much dearer left turns are than right ones (OSRM's car.lua). */
const SHARPEST_DS = 75
const BIAS = 1.075
/** A street's direction is that of its first ten metres or so; millionths of a degree of latitude. */
const LOOK_AHEAD = 90
const COS_SCALE = 1024
const SIN_SCALE = 16_384

/**
 * Time lost by whole degrees from -180 (sharp left) to 180 (sharp right), tenths of a second: the S curve of OSRM's
 * car profile for traffic on the right. Integers, because browsers may differ in the last bit of `Math.exp`.
 */
const TURN_DS = Uint16Array.from({ length: 361 }, (_, i) => {
  const angle = i - 180
  const steep = angle >= 0 ? (13 / BIAS) * angle : 13 * BIAS * -angle
  const shift = angle >= 0 ? 6.5 * BIAS : 6.5 / BIAS
  return Math.round(SHARPEST_DS / (1 + Math.exp(shift - steep / 180)))
})
/** Cosine of whole latitudes, and the slopes between whole degrees of a quarter circle, as integers. */
const COS = Int32Array.from({ length: 92 }, (_, deg) =>
  Math.round(Math.cos((deg * Math.PI) / 180) * COS_SCALE),
)
const HALF_SIN = Int32Array.from({ length: 90 }, (_, deg) =>
  Math.round(Math.sin(((deg + 0.5) * Math.PI) / 180) * SIN_SCALE),
)

/** What turns cost in one street table: `turnDs(from, to)` for two open arcs that follow each other. */
export function turnCosts(streets: StreetTable): (from: number, to: number) => number {
  const leaving = new Uint16Array(streets.tail.length * 2)
  for (let arc = 0; arc < leaving.length; arc++) leaving[arc] = bearingOut(streets, arc)
  const ends = new Uint32Array(streets.junctionXy.length / 2)
  for (let s = 0; s < streets.tail.length; s++) {
    if (!arcOpen(streets, 2 * s) && !arcOpen(streets, 2 * s + 1)) continue
    ends[streets.tail[s]!]!++
    ends[streets.head[s]!]!++
  }
  return (from, to) => {
    if (to === (from ^ 1)) return TURN_ROUND_DS
    if (ends[arcTail(streets, to)] === 2) return 0
    // Arriving over an arc heads opposite to leaving over its twin.
    return TURN_DS[(leaving[to]! - leaving[from ^ 1]! + 360) % 360]!
  }
}

/** Compass bearing in whole degrees in which an arc leaves its junction. */
export function bearingOut(streets: StreetTable, arc: number): number {
  const { junctionXy, geomXy, geomFirst } = streets
  const s = arc >> 1
  const start = 2 * arcTail(streets, arc)
  const end = 2 * arcHead(streets, arc)
  const x = junctionXy[start]!
  const y = junctionXy[start + 1]!
  const cos = cosOf(y)
  let east = 0
  let north = 0
  const inner = geomFirst[s + 1]! - geomFirst[s]!
  for (let i = 0; i <= inner; i++) {
    const p = 2 * (arc & 1 ? geomFirst[s + 1]! - 1 - i : geomFirst[s]! + i)
    const dx = ((i < inner ? geomXy[p]! : junctionXy[end]!) - x) * cos
    const dy = ((i < inner ? geomXy[p + 1]! : junctionXy[end + 1]!) - y) * COS_SCALE
    if (dx === 0 && dy === 0) continue
    east = dx
    north = dy
    if (dx * dx + dy * dy >= (LOOK_AHEAD * COS_SCALE) ** 2) break
  }
  return bearingOf(east, north)
}

/** Cosine of a latitude in millionths of a degree, in 1024ths, on straight lines between whole degrees. */
function cosOf(latitude: number): number {
  const micro = Math.min(90_000_000, Math.abs(latitude))
  const deg = Math.floor(micro / 1_000_000)
  const part = micro % 1_000_000
  return Math.floor((COS[deg]! * (1_000_000 - part) + COS[deg + 1]! * part) / 1_000_000)
}

/** Nearest whole compass degree (0..359) of a step, by integers alone: slopes are compared by cross product. */
function bearingOf(east: number, north: number): number {
  const a = Math.abs(east)
  const b = Math.abs(north)
  let low = 0
  let high = 90
  while (low < high) {
    const middle = (low + high) >> 1
    if (a * HALF_SIN[89 - middle]! >= b * HALF_SIN[middle]!) low = middle + 1
    else high = middle
  }
  const bearing = east >= 0 ? (north >= 0 ? low : 180 - low) : north >= 0 ? 360 - low : 180 + low
  return bearing % 360
}
