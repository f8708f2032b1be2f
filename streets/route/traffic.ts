import { arcTimeDs, type StreetTable } from '../street-table.ts'

/**
 * How much longer (or shorter) arcs take than by their usual speed, as rows sorted by cell, kind of street, then hour:
 * `factor` in 256ths of the usual time. What has no row takes its usual time.
 */
export interface TrafficFactors {
  /** `trafficCell` of the street. */
  readonly cell: Uint32Array
  /** Index into `STREET_CLASSES`. */
  readonly kind: Uint8Array
  /** Local hour of the week's day, 0..23. */
  readonly hour: Uint8Array
  readonly factor: Uint16Array
}

/** One row of `TrafficFactors`. */
export interface TrafficRow {
  readonly cell: number
  readonly kind: number
  readonly hour: number
  readonly factor: number
}

/** A factor that changes nothing. */
const USUAL = 256
/** No street is four times as fast as usual, and none 64 times as slow. */
export const LEAST_FACTOR = 64
export const MOST_FACTOR = 16_384
/** No arc takes longer than this, tenths of a second: a day. */
export const LONGEST_ARC_DS = 864_000
/** Cells are a fiftieth of a degree wide and high: some four square kilometres in middle latitudes, as H3's res 7. */
const CELL_MICRO = 20_000
const COLUMNS = 18_001

/** Cell of a place in millionths of a degree. */
export function trafficCell(lngMicro: number, latMicro: number): number {
  const row = Math.floor((latMicro + 90_000_000) / CELL_MICRO)
  return row * COLUMNS + Math.floor((lngMicro + 180_000_000) / CELL_MICRO)
}

/** Rows in any order as factors; of two rows for the same, the later holds. Factors are kept between 1/4 and 64. */
export function trafficFactors(rows: readonly TrafficRow[]): TrafficFactors {
  const last = new Map<number, TrafficRow>()
  for (const row of rows) last.set(keyOf(row.cell, row.kind, row.hour), row)
  const sorted = [...last].sort((a, b) => a[0] - b[0]).map(([, row]) => row)
  return {
    cell: Uint32Array.from(sorted, r => r.cell),
    kind: Uint8Array.from(sorted, r => r.kind),
    hour: Uint8Array.from(sorted, r => r.hour),
    factor: Uint16Array.from(sorted, r =>
      Math.min(MOST_FACTOR, Math.max(LEAST_FACTOR, Math.round(r.factor))),
    ),
  }
}

/**
 * Time along each arc at an hour (0..23), tenths of a second, at least one: whole numbers, the same on every machine.
 * A segment is in the cell of the middle between its ends.
 */
export function arcTimes(streets: StreetTable, factors: TrafficFactors | null, hour: number): Uint32Array {
  const now = new Map<number, number>()
  for (let i = 0; factors && i < factors.cell.length; i++) {
    if (factors.hour[i] === hour) now.set(keyOf(factors.cell[i]!, factors.kind[i]!, hour), factors.factor[i]!)
  }
  const { junctionXy, tail, head, kind } = streets
  const times = new Uint32Array(tail.length * 2)
  for (let s = 0; s < tail.length; s++) {
    const [a, b] = [2 * tail[s]!, 2 * head[s]!]
    const cell = trafficCell(
      (junctionXy[a]! + junctionXy[b]!) >> 1,
      (junctionXy[a + 1]! + junctionXy[b + 1]!) >> 1,
    )
    const factor = now.get(keyOf(cell, kind[s]!, hour)) ?? USUAL
    for (const arc of [2 * s, 2 * s + 1]) {
      const time = Math.floor((arcTimeDs(streets, arc) * factor + USUAL / 2) / USUAL)
      times[arc] = Math.min(LONGEST_ARC_DS, Math.max(1, time))
    }
  }
  return times
}

/** Kinds are below 256 and hours below 32: one number for all three. */
function keyOf(cell: number, kind: number, hour: number): number {
  return (cell * 256 + kind) * 32 + hour
}
