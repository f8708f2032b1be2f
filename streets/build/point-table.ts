import type { LngLat } from '@hexhail/protocol/geo.ts'

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
    const point = this.#append(x, y)
    this.#slots[slot] = point
    if (this.size * 2 > this.#slots.length) this.#rehash()
    return point
  }

  /** Number of a place, or -1. */
  find(lng: number, lat: number): number {
    return this.#slots[this.#slot(Math.round(lng * 1e7), Math.round(lat * 1e7))]!
  }

  /** Place of a number. */
  at(point: number): LngLat {
    return [this.#x[point]! / 1e7, this.#y[point]! / 1e7]
  }

  /** A second number for the place of a point: `find` and `add` go on giving the first. */
  twin(point: number): number {
    return this.#append(this.#x[point]!, this.#y[point]!)
  }

  #append(x: number, y: number): number {
    if (this.size === this.#x.length) {
      this.#x = doubled(this.#x)
      this.#y = doubled(this.#y)
    }
    this.#x[this.size] = x
    this.#y[this.size] = y
    return this.size++
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
      const slot = this.#slot(this.#x[point]!, this.#y[point]!)
      if (this.#slots[slot]! < 0) this.#slots[slot] = point
    }
  }
}

function doubled(column: Int32Array): Int32Array<ArrayBuffer> {
  const bigger = new Int32Array(column.length * 2)
  bigger.set(column)
  return bigger
}
