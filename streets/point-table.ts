/** Numbers places: equal coordinates (to 1e-7 degree) get the same number. A hash table over typed arrays. */
export class PointTable {
  #slots = new Int32Array(1 << 16).fill(-1)
  #x = new Int32Array(1 << 14)
  #y = new Int32Array(1 << 14)
  /** How many different places there are. */
  size = 0

  /** Number of a place, new if it was not seen before. */
  add(lng: number, lat: number): number {
    const x = Math.round(lng * 1e7)
    const y = Math.round(lat * 1e7)
    const slot = this.#slot(x, y)
    const known = this.#slots[slot]!
    if (known >= 0) return known
    if (this.size === this.#x.length) {
      this.#x = doubled(this.#x)
      this.#y = doubled(this.#y)
    }
    this.#x[this.size] = x
    this.#y[this.size] = y
    this.#slots[slot] = this.size++
    if (this.size * 2 > this.#slots.length) this.#rehash()
    return this.size - 1
  }

  /** Number of a place, or -1. */
  find(lng: number, lat: number): number {
    return this.#slots[this.#slot(Math.round(lng * 1e7), Math.round(lat * 1e7))]!
  }

  /** Longitude in degrees. */
  lng(point: number): number {
    return this.#x[point]! / 1e7
  }

  /** Latitude in degrees. */
  lat(point: number): number {
    return this.#y[point]! / 1e7
  }

  #slot(x: number, y: number): number {
    const mask = this.#slots.length - 1
    let hash = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b)
    hash ^= hash >>> 15
    let slot = hash & mask
    for (;;) {
      const point = this.#slots[slot]!
      if (point < 0 || (this.#x[point] === x && this.#y[point] === y)) return slot
      slot = (slot + 1) & mask
    }
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1)
    for (let point = 0; point < this.size; point++) {
      this.#slots[this.#slot(this.#x[point]!, this.#y[point]!)] = point
    }
  }
}

function doubled(column: Int32Array): Int32Array<ArrayBuffer> {
  const bigger = new Int32Array(column.length * 2)
  bigger.set(column)
  return bigger
}
