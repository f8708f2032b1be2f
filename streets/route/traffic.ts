import { arcTimeDs, type StreetTable } from '../street-table.ts'

/**
 * How much longer (or shorter) arcs take than by their usual speed, as rows sorted by cell, kind of street, then hour:
 * `factor` in 256ths of the usual time. What has no row takes its usual time.
 */
export interface TrafficFactors {
  /** H3 cell of the street, see `StreetCells`. */
  readonly cell: readonly string[]
  /** Index into `STREET_CLASSES`. */
  readonly kind: Uint8Array
  /** Local hour of the week's day, 0..23. */
  readonly hour: Uint8Array
  readonly factor: Uint16Array
}

/** One row of `TrafficFactors`. */
export interface TrafficRow {
  readonly cell: string
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

/** In which H3 cells (res 7) the segments of a city lie: `cells[of[s]]` is that of segment `s`. */
export interface StreetCells {
  readonly cells: readonly string[]
  readonly of: Uint32Array
}

/** Rows in any order as factors; of two rows for the same, the later holds. Factors are kept between 1/4 and 64. */
export function trafficFactors(rows: readonly TrafficRow[]): TrafficFactors {
  const last = new Map<string, TrafficRow>()
  for (const row of rows) last.set(`${row.cell} ${row.kind} ${row.hour}`, row)
  const sorted = [...last.values()].sort(
    (a, b) => (a.cell < b.cell ? -1 : a.cell > b.cell ? 1 : 0) || a.kind - b.kind || a.hour - b.hour,
  )
  return {
    cell: sorted.map(r => r.cell),
    kind: Uint8Array.from(sorted, r => r.kind),
    hour: Uint8Array.from(sorted, r => r.hour),
    factor: Uint16Array.from(sorted, r =>
      Math.min(MOST_FACTOR, Math.max(LEAST_FACTOR, Math.round(r.factor))),
    ),
  }
}

/** Time along each arc at an hour (0..23), tenths of a second, at least one: whole numbers, the same on every machine. */
export function arcTimes(
  streets: StreetTable,
  { cells, of }: StreetCells,
  factors: TrafficFactors | null,
  hour: number,
): Uint32Array {
  const byCell = new Map<string, Map<number, number>>()
  for (let i = 0; factors && i < factors.cell.length; i++) {
    if (factors.hour[i] !== hour) continue
    const byKind = byCell.get(factors.cell[i]!) ?? new Map<number, number>()
    byCell.set(factors.cell[i]!, byKind.set(factors.kind[i]!, factors.factor[i]!))
  }
  const here = cells.map(cell => byCell.get(cell))
  const times = new Uint32Array(of.length * 2)
  for (let s = 0; s < of.length; s++) {
    const factor = here[of[s]!]?.get(streets.kind[s]!) ?? USUAL
    for (let arc = 2 * s; arc < 2 * s + 2; arc++) {
      const time = Math.floor((arcTimeDs(streets, arc) * factor + USUAL / 2) / USUAL)
      times[arc] = Math.min(LONGEST_ARC_DS, Math.max(1, time))
    }
  }
  return times
}
