import { FAR } from './label-kernel.ts'

/** As orders are below it: units and order in one double. */
const UNIT = 2 ** 32

/**
 * The best drivers so far, ascending by units and then by order, each once; all who share both with the last one wanted
 * are there.
 */
export class FoundDrivers {
  /** Units * `UNIT` + order. */
  readonly #keys: number[] = []
  readonly #drivers: number[] = []
  #wanted = 0
  #worst = 0

  begin(k: number): void {
    this.#keys.length = this.#drivers.length = 0
    this.#wanted = k
    this.#worst = FAR * UNIT - 1
  }

  /** Units above which no further driver counts. */
  get worstUnits(): number {
    return Math.floor(this.#worst / UNIT)
  }

  offer(units: number, driver: number, order: number): void {
    const key = units * UNIT + order
    if (key > this.#worst) return
    const known = this.#drivers.indexOf(driver >>> 0)
    if (known >= 0 && this.#keys[known]! <= key) return
    if (known >= 0) {
      this.#keys.splice(known, 1)
      this.#drivers.splice(known, 1)
    }
    let i = this.#keys.length
    while (i > 0 && this.#keys[i - 1]! > key) i--
    this.#keys.splice(i, 0, key)
    this.#drivers.splice(i, 0, driver >>> 0)
    if (this.#keys.length < this.#wanted) return
    this.#worst = this.#keys[this.#wanted - 1]!
    while (this.#keys.at(-1)! > this.#worst) {
      this.#keys.pop()
      this.#drivers.pop()
    }
  }

  /** As (units, driver), as many as `out` holds; how many there are. */
  take(out: Uint32Array): number {
    const count = this.#keys.length
    for (let i = 0; i < count && 2 * i + 1 < out.length; i++) {
      out[2 * i] = Math.floor(this.#keys[i]! / UNIT)
      out[2 * i + 1] = this.#drivers[i]!
    }
    return count
  }
}
