import { MOST_IDS } from '../labels/separator-tree.ts'
import { type KernelTables, NONE } from './kernel-tables.ts'
import { FAR } from './label-kernel.ts'
import { PlainCells } from './plain-cells.ts'

/** Words of an entry: id, next and previous in the list of its id, driver, rest + classes << 16, order. */
const WORDS = 6

/** Entries of drivers, listed by id; the cells know which ids have some. */
export class PlainDrivers {
  readonly firstAt: Uint32Array
  readonly cells: PlainCells
  readonly #t: KernelTables
  #words = new Uint32Array(0)

  constructor(tables: KernelTables) {
    this.#t = tables
    this.cells = new PlainCells(tables.cellWords)
    this.firstAt = new Uint32Array(tables.idOf.length).fill(NONE)
  }

  reserve(entries: number): void {
    const words = new Uint32Array(entries * WORDS).fill(NONE)
    words.set(this.#words)
    this.#words = words
  }

  #id(entry: number): number {
    return this.#words[entry * WORDS]!
  }
  next(entry: number): number {
    return this.#words[entry * WORDS + 1]!
  }
  driverOf(entry: number): number {
    return this.#words[entry * WORDS + 3]!
  }
  isThere(entry: number): boolean {
    return this.#id(entry) !== NONE
  }
  rest(entry: number): number {
    return this.#words[entry * WORDS + 4]! & 0xffff
  }
  classes(entry: number): number {
    return this.#words[entry * WORDS + 4]! >>> 16
  }
  order(entry: number): number {
    return this.#words[entry * WORDS + 5]!
  }
  fits(entry: number, needs: number): boolean {
    return (this.classes(entry) & needs) === needs
  }

  place(entry: number, id: number, rest: number, driver: number, order: number, classes: number): void {
    const was = this.#id(entry)
    if (was !== id) {
      if (was !== NONE) this.#unlink(entry, was)
      this.#link(entry, id)
    }
    this.#words[entry * WORDS + 3] = driver
    this.#words[entry * WORDS + 4] = Math.min(rest, FAR) | (classes << 16)
    this.#words[entry * WORDS + 5] = order
    this.cells.allow(Math.floor(this.#t.spotOf[id]! / MOST_IDS), classes)
  }

  /** What one entry is, another is from now on, of this driver. */
  renumber(from: number, to: number, driver: number, order: number): void {
    const id = this.#id(from)
    if (id === NONE) return
    this.place(to, id, this.rest(from), driver, order, this.classes(from))
    this.remove(from)
  }

  /** Another time left for an entry that is there. */
  setRest(entry: number, rest: number): void {
    if (this.#id(entry) === NONE) return
    const at = entry * WORDS + 4
    this.#words[at] = Math.min(rest, FAR) | (this.#words[at]! & ~0xffff)
  }

  remove(entry: number): void {
    const id = this.#id(entry)
    if (id === NONE) return
    this.#unlink(entry, id)
    this.#words[entry * WORDS] = NONE
  }

  #link(entry: number, id: number): void {
    const words = this.#words
    const next = this.firstAt[id]!
    this.firstAt[id] = entry
    words.set([id, next, NONE], entry * WORDS)
    if (next !== NONE) words[next * WORDS + 2] = entry
    else this.cells.occupy(this.#t.spotOf[id]!)
  }

  #unlink(entry: number, id: number): void {
    const words = this.#words
    const next = this.next(entry)
    const previous = words[entry * WORDS + 2]!
    if (next !== NONE) words[next * WORDS + 2] = previous
    if (previous !== NONE) words[previous * WORDS + 1] = next
    else {
      this.firstAt[id] = next
      if (next === NONE) this.cells.vacate(this.#t.spotOf[id]!)
    }
  }
}
