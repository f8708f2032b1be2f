/** Which items (small numbers) are on which segment: a doubly linked list for each. */
export class SegmentLists {
  readonly #first: Int32Array
  readonly #next: number[] = []
  readonly #previous: number[] = []
  /** Segment of each item; -1 for none. */
  readonly #segment: number[] = []

  constructor(segments: number) {
    this.#first = new Int32Array(segments).fill(-1)
  }

  /** First item on a segment, -1 for none. */
  first(segment: number): number {
    return this.#first[segment]!
  }

  /** The item after another on its segment, -1 for none. */
  next(item: number): number {
    return this.#next[item]!
  }

  /** Put an item on a segment, from wherever it was. */
  put(item: number, segment: number): void {
    if (this.#segment[item] === segment) return
    this.take(item)
    const after = this.#first[segment]!
    this.#next[item] = after
    this.#previous[item] = -1
    if (after >= 0) this.#previous[after] = item
    this.#first[segment] = item
    this.#segment[item] = segment
  }

  /** Take an item away; one that is nowhere is no error. */
  take(item: number): void {
    const segment = this.#segment[item] ?? -1
    if (segment < 0) return
    const [before, after] = [this.#previous[item]!, this.#next[item]!]
    if (before >= 0) this.#next[before] = after
    else this.#first[segment] = after
    if (after >= 0) this.#previous[after] = before
    this.#segment[item] = -1
  }
}
