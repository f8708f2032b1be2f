import type { LngLat } from '@hexhail/protocol/geo.ts'

/** Places of nodes by id: sorted columns and a binary search, a tenth of a Map's memory. */
export class NodePlaces {
  #ids = new Float64Array(1 << 16)
  #lngs = new Float64Array(1 << 16)
  #lats = new Float64Array(1 << 16)
  #count = 0
  #sorted = true

  /** Take the place of a node, in degrees. */
  add(id: number, lng: number, lat: number): void {
    if (this.#count === this.#ids.length) {
      this.#ids = grown(this.#ids)
      this.#lngs = grown(this.#lngs)
      this.#lats = grown(this.#lats)
    }
    if (this.#count > 0 && id < this.#ids[this.#count - 1]!) this.#sorted = false
    this.#ids[this.#count] = id
    this.#lngs[this.#count] = lng
    this.#lats[this.#count++] = lat
  }

  /** Place of a node, if it was among them. */
  at(id: number): LngLat | undefined {
    if (!this.#sorted) this.#sort()
    const i = this.#find(id)
    return i < 0 ? undefined : [this.#lngs[i]!, this.#lats[i]!]
  }

  /** Places of nodes in that order; nodes that are not there are left out. */
  line(ids: readonly number[]): LngLat[] {
    const line: LngLat[] = []
    for (const id of ids) {
      const place = this.at(id)
      if (place) line.push(place)
    }
    return line
  }

  #find(id: number): number {
    let low = 0
    let high = this.#count - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const value = this.#ids[middle]!
      if (value === id) return middle
      if (value < id) low = middle + 1
      else high = middle - 1
    }
    return -1
  }

  #sort(): void {
    const order = Uint32Array.from({ length: this.#count }, (_, i) => i).sort(
      (a, b) => this.#ids[a]! - this.#ids[b]! || a - b,
    )
    const sorted = (column: Float64Array): Float64Array<ArrayBuffer> =>
      Float64Array.from(order, i => column[i]!)
    ;[this.#ids, this.#lngs, this.#lats] = [sorted(this.#ids), sorted(this.#lngs), sorted(this.#lats)]
    this.#sorted = true
  }
}

function grown(column: Float64Array): Float64Array<ArrayBuffer> {
  const bigger = new Float64Array(column.length * 2)
  bigger.set(column)
  return bigger
}
