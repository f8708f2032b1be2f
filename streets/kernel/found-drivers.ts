import { FAR } from './label-kernel.ts'

/** The best drivers so far, ascending by units, each once; all who share the time of the last one wanted are there. */
export class FoundDrivers {
  readonly #units: number[] = []
  readonly #drivers: number[] = []
  #wanted = 0
  /** Units above which no further driver counts. */
  worstUnits = 0

  begin(k: number): void {
    this.#units.length = this.#drivers.length = 0
    this.#wanted = k
    this.worstUnits = FAR - 1
  }

  offer(units: number, driver: number): void {
    if (units > this.worstUnits) return
    const known = this.#drivers.indexOf(driver >>> 0)
    if (known >= 0 && this.#units[known]! <= units) return
    if (known >= 0) {
      this.#units.splice(known, 1)
      this.#drivers.splice(known, 1)
    }
    let i = this.#units.length
    while (i > 0 && this.#units[i - 1]! > units) i--
    this.#units.splice(i, 0, units)
    this.#drivers.splice(i, 0, driver >>> 0)
    if (this.#units.length < this.#wanted) return
    this.worstUnits = this.#units[this.#wanted - 1]!
    while (this.#units.at(-1)! > this.worstUnits) {
      this.#units.pop()
      this.#drivers.pop()
    }
  }

  /** As (units, driver), as many as `out` holds; how many there are. */
  take(out: Uint32Array): number {
    const count = this.#units.length
    for (let i = 0; i < count && 2 * i + 1 < out.length; i++) {
      out[2 * i] = this.#units[i]!
      out[2 * i + 1] = this.#drivers[i]!
    }
    return count
  }
}
