import { type KernelTables, NONE } from './kernel-tables.ts'
import { FAR } from './label-kernel.ts'

/** Words of an entry: id, next and previous in the list of its cell, driver, rest + classes << 16 + apart << 24. */
const WORDS = 5
const APART = 1 << 24

/**
 * Entries of drivers, listed by leaf cell, those at one id next to each other, so that one list serves both the walk
 * from id to id and the search of a cell. Each cell counts its entries, and those of each of eight classes.
 */
export class PlainDrivers {
  readonly firstAt: Uint32Array
  readonly firstInCell: Uint32Array
  readonly count: Uint32Array
  readonly #classCount: Uint32Array
  readonly #t: KernelTables
  #words = new Uint32Array(0)

  constructor(tables: KernelTables) {
    const cells = tables.common.length
    this.#t = tables
    this.firstAt = new Uint32Array(tables.idOf.length).fill(NONE)
    this.firstInCell = new Uint32Array(cells).fill(NONE)
    this.count = new Uint32Array(cells)
    this.#classCount = new Uint32Array(cells * 8)
  }

  reserve(entries: number): void {
    const words = new Uint32Array(entries * WORDS).fill(NONE)
    words.set(this.#words)
    this.#words = words
  }

  id(entry: number): number {
    return this.#words[entry * WORDS]!
  }
  next(entry: number): number {
    return this.#words[entry * WORDS + 1]!
  }
  driverOf(entry: number): number {
    return this.#words[entry * WORDS + 3]!
  }
  rest(entry: number): number {
    return this.#words[entry * WORDS + 4]! & 0xffff
  }
  #classes(entry: number): number {
    return (this.#words[entry * WORDS + 4]! >>> 16) & 0xff
  }
  fits(entry: number, needs: number): boolean {
    return this.id(entry) !== NONE && (this.#classes(entry) & needs) === needs
  }
  /** Whether a search times the entry itself, and it has all classes of `needs`. */
  counts(entry: number, needs: number): boolean {
    return this.#words[entry * WORDS + 4]! < APART && (this.#classes(entry) & needs) === needs
  }
  setApart(entry: number, apart: number): void {
    const i = entry * WORDS + 4
    this.#words[i] = (this.#words[i]! & (APART - 1)) | (apart << 24)
  }

  place(entry: number, state: number, rest: number, driver: number, classes: number): void {
    const { idOf, cellOf } = this.#t
    const id = idOf[state]!
    const was = this.id(entry)
    const cell = cellOf[id]!
    if (was !== NONE) {
      this.#countUp(cellOf[was]!, this.#classes(entry), -1)
      if (was !== id) this.#unlink(entry, was, cellOf[was]!)
    }
    this.#countUp(cell, classes, 1)
    if (was !== id) this.#link(entry, id, cell)
    this.#words[entry * WORDS + 3] = driver
    this.#words[entry * WORDS + 4] = Math.min(rest, FAR) | (classes << 16)
  }

  remove(entry: number): void {
    const id = this.id(entry)
    if (id === NONE) return
    const cell = this.#t.cellOf[id]!
    this.#countUp(cell, this.#classes(entry), -1)
    this.#unlink(entry, id, cell)
    this.#words[entry * WORDS] = NONE
  }

  entriesAt(state: number, out: Uint32Array): number {
    const id = this.#t.idOf[state]!
    let n = 0
    for (let e = this.firstAt[id]!; e !== NONE && this.id(e) === id; e = this.next(e)) {
      if (n < out.length) out[n] = e
      n++
    }
    return n
  }

  /** False where no entry of a cell can have all classes of `needs`. */
  anyIn(cell: number, needs: number): boolean {
    if (this.count[cell] === 0) return false
    for (let c = 0; c < 8; c++) if ((needs >> c) & 1 && this.#classCount[cell * 8 + c] === 0) return false
    return true
  }

  /** One entry more (1) or less (-1) in a cell and those above. */
  #countUp(cell: number, classes: number, by: number): void {
    for (; cell !== NONE; cell = this.#t.cellParent[cell]!) {
      this.count[cell]! += by
      for (let c = 0; c < 8; c++) if ((classes >> c) & 1) this.#classCount[cell * 8 + c]! += by
    }
  }

  #link(entry: number, id: number, cell: number): void {
    const words = this.#words
    const first = this.firstAt[id]!
    const next = first === NONE ? this.firstInCell[cell]! : this.next(first)
    if (first === NONE) this.firstAt[id] = this.firstInCell[cell] = entry
    else words[first * WORDS + 1] = entry
    words.set([id, next, first], entry * WORDS)
    if (next !== NONE) words[next * WORDS + 2] = entry
  }

  #unlink(entry: number, id: number, cell: number): void {
    const words = this.#words
    const next = this.next(entry)
    const previous = words[entry * WORDS + 2]!
    if (this.firstAt[id] === entry) this.firstAt[id] = next !== NONE && this.id(next) === id ? next : NONE
    if (previous === NONE) this.firstInCell[cell] = next
    else words[previous * WORDS + 1] = next
    if (next !== NONE) words[next * WORDS + 2] = previous
  }
}
