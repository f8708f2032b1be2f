/** A column of 32-bit numbers that grows. */
export class IntColumn {
  length = 0
  #values = new Int32Array(1024)

  push(value: number): void {
    if (this.length === this.#values.length) {
      const wider = new Int32Array(this.length * 2)
      wider.set(this.#values)
      this.#values = wider
    }
    this.#values[this.length++] = value
  }

  /** The numbers so far: a view, good until the next push. */
  values(): Int32Array {
    return this.#values.subarray(0, this.length)
  }
}
