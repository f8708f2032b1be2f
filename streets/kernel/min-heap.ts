const NODES = 2 ** 24

/** A binary heap of (key, node) pairs packed into one double each: key below 2^29, node below 2^24. */
export class MinHeap {
  #items = new Float64Array(1024)
  #size = 0

  /** Smallest key, `Infinity` when empty. */
  get topKey(): number {
    return this.#size === 0 ? Infinity : Math.floor(this.#items[0]! / NODES)
  }

  /** Forget everything. */
  clear(): void {
    this.#size = 0
  }

  /** Add a pair. */
  push(key: number, node: number): void {
    if (this.#size === this.#items.length) {
      const bigger = new Float64Array(this.#size * 2)
      bigger.set(this.#items)
      this.#items = bigger
    }
    const items = this.#items
    const item = key * NODES + node
    let i = this.#size++
    while (i > 0) {
      const parent = (i - 1) >> 1
      if (items[parent]! <= item) break
      items[i] = items[parent]!
      i = parent
    }
    items[i] = item
  }

  /** Take the pair of the smallest key away and give its node. Only while `topKey` is finite. */
  pop(): number {
    const items = this.#items
    const top = items[0]!
    const item = items[--this.#size]!
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= this.#size) break
      if (child + 1 < this.#size && items[child + 1]! < items[child]!) child++
      if (items[child]! >= item) break
      items[i] = items[child]!
      i = child
    }
    items[i] = item
    return top % NODES
  }
}
