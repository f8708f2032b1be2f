import { lowerBound, type Shape } from './labels.ts'
import { NEVER } from './query.ts'

/** Arrivals at the door by lines taken and layer: as `Labels`, with one place. */
export class Targets {
  bound: Int32Array
  arrivalS: Int32Array
  /** Layer and stop of the last vehicle's arrival (`layer * stops + stop`), and the egress way from there. */
  from: Int32Array
  way: Int32Array
  /** Which departure wrote it last. */
  #writtenBy: Int32Array
  #departure = 0

  constructor(cells: number) {
    this.bound = new Int32Array(cells)
    this.arrivalS = new Int32Array(cells)
    this.from = new Int32Array(cells)
    this.way = new Int32Array(cells)
    this.#writtenBy = new Int32Array(cells)
  }

  clear(cells: number): void {
    this.bound.fill(NEVER, 0, cells)
  }

  /** Before each departure. */
  begin(): void {
    this.#departure++
  }

  /** Someone reaches the door, unless no later and with no more of anything it was reached before. */
  reach(
    shape: Shape,
    layers: number,
    ride: number,
    layer: number,
    s: number,
    from: number,
    way: number,
  ): void {
    const cell = ride * layers + layer
    if (s >= this.bound[cell]!) return
    this.arrivalS[cell] = s
    this.from[cell] = from
    this.way[cell] = way
    this.#writtenBy[cell] = this.#departure
    lowerBound(this.bound, 1, shape, ride, layer, 0, s)
  }

  /** Whether this departure has found a journey of exactly these figures, and none of less makes it pointless. */
  isBest({ money, walk }: Shape, layers: number, ride: number, layer: number): boolean {
    const cell = ride * layers + layer
    const s = this.arrivalS[cell]!
    if (this.#writtenBy[cell] !== this.#departure || s > this.bound[cell]!) return false
    const wide = money + 1
    const least = (at: number): number => this.bound[at]!
    return !(
      least(cell - layers) <= s ||
      (layer % wide > 0 && least(cell - 1) <= s) ||
      (walk > 0 && layer >= wide && least(cell - wide) <= s)
    )
  }
}
