import { NEVER } from './query.ts'

/**
 * The labels of a search. A cell stands for so many lines taken, so much walked, so much paid (a *layer* is the last two)
 * and a stop: `(rides * layers + layer) * stops + stop`. Of each cell there are two kinds, a vehicle's arrival and being
 * ready to board, and of each kind a time of its own (`S`), how it came about, and a bound (`bound`): the least time of
 * all cells that need no more of anything. A label later than its bound is dominated.
 */
export class Labels {
  readonly stops: number
  readonly arrivalS: Int32Array
  readonly arrivalBound: Int32Array
  /** The run, and the calls where it was boarded (upper 16 bits) and left. */
  readonly arrivalRun: Int32Array
  readonly arrivalCalls: Int32Array
  readonly readyS: Int32Array
  readonly readyBound: Int32Array
  /** A way on foot of the timetable, -1 at the stop of arrival itself, -2 - i by access way i. */
  readonly readyBy: Int32Array

  constructor(stops: number, cells: number) {
    this.stops = stops
    this.arrivalS = new Int32Array(cells)
    this.arrivalBound = new Int32Array(cells)
    this.arrivalRun = new Int32Array(cells)
    this.arrivalCalls = new Int32Array(cells)
    this.readyS = new Int32Array(cells)
    this.readyBound = new Int32Array(cells)
    this.readyBy = new Int32Array(cells)
  }

  clear(cells: number): void {
    this.arrivalBound.fill(NEVER, 0, cells)
    this.readyBound.fill(NEVER, 0, cells)
  }
}

/** The shape of a search's cells: lines taken 0 … `rides`, steps walked 0 … `walk`, paid 0 … `money`. */
export interface Shape {
  readonly rides: number
  readonly walk: number
  readonly money: number
}

/**
 * Lowers the bound of a cell to `s`, and of all cells that need more than it. `width` cells are one layer; a bound that is
 * no later ends a row, for those beyond it are no later either.
 */
export function lowerBound(
  bound: Int32Array,
  width: number,
  { rides, walk, money }: Shape,
  ride: number,
  layer: number,
  at: number,
  s: number,
): void {
  const wide = money + 1
  const layers = (walk + 1) * wide
  const w0 = Math.floor(layer / wide)
  const m0 = layer - w0 * wide
  for (let r = ride; r <= rides; r++) {
    const first = (r * layers + layer) * width + at
    if (bound[first]! <= s) return
    for (let w = w0; w <= walk; w++) {
      const row = (r * layers + w * wide) * width + at
      if (bound[row + m0 * width]! <= s) break
      for (let m = m0; m <= money; m++) {
        const cell = row + m * width
        if (bound[cell]! <= s) break
        bound[cell] = s
      }
    }
  }
}
