import { FAR } from './label-kernel.ts'

const DRIVERS = 2 ** 32

/** The best `k` drivers so far, ascending by (units, driver), each driver once. */
export class FoundDrivers {
  /** Units × 2^32 + driver. */
  readonly #keys: number[] = []
  #wanted = 0
  #worst = Number.POSITIVE_INFINITY

  begin(k: number): void {
    this.#keys.length = 0
    this.#wanted = k
    this.#worst = Number.POSITIVE_INFINITY
  }

  get count(): number {
    return this.#keys.length
  }

  get wanted(): number {
    return this.#wanted
  }

  /** Units above which no further driver counts. */
  get worstUnits(): number {
    return Math.floor(this.#worst / DRIVERS)
  }

  offer(units: number, driver: number): void {
    const keys = this.#keys
    const key = units * DRIVERS + (driver >>> 0)
    if (units >= FAR || key >= this.#worst) return
    const known = keys.findIndex(k => k % DRIVERS === driver >>> 0)
    if (known >= 0 && keys[known]! <= key) return
    if (known >= 0) keys.splice(known, 1)
    else if (keys.length === this.#wanted) keys.pop()
    let i = keys.length
    while (i > 0 && keys[i - 1]! > key) i--
    keys.splice(i, 0, key)
    if (keys.length === this.#wanted) this.#worst = keys[this.#wanted - 1]!
  }

  take(n: number, out: Uint32Array): void {
    for (let i = 0; i < n; i++) {
      out[2 * i] = Math.floor(this.#keys[i]! / DRIVERS)
      out[2 * i + 1] = this.#keys[i]! % DRIVERS
    }
  }
}
