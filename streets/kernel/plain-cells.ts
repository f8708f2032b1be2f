import { INNER_CELL, MOST_IDS } from '../labels/separator-tree.ts'
import { CELL_WORDS, FIRST, LANES, MINIMA, OCCUPIED, PARENT, SIZE, TRAITS } from './cell-words.ts'

const LAST = MOST_IDS - 1

/**
 * Cells of the separator tree, which know where entries are: exactly; and of which classes: these, and maybe more until
 * somebody looks. So an entry that moves within a cell that stays occupied has nothing to tell the cells above.
 */
export class PlainCells {
  readonly #words: Uint32Array

  constructor(words: Uint32Array) {
    this.#words = words.slice()
  }

  #at(cell: number, word: number): number {
    return this.#words[cell * CELL_WORDS + word]!
  }
  parent(cell: number): number {
    return this.#at(cell, PARENT)
  }
  first(cell: number): number {
    return this.#at(cell, FIRST)
  }
  size(cell: number): number {
    return this.#at(cell, SIZE)
  }
  minima(cell: number): number {
    return this.#at(cell, MINIMA)
  }
  occupied(cell: number): number {
    return this.#at(cell, OCCUPIED)
  }
  common(cell: number): number {
    return this.#at(cell, LANES) & 0xffff
  }
  lanes(cell: number): number {
    return this.#at(cell, LANES) >>> 16
  }
  kind(cell: number): number {
    return this.#at(cell, TRAITS) & 0xff
  }
  #bit(cell: number): number {
    return (this.#at(cell, TRAITS) >>> 8) & 0xff
  }
  classes(cell: number): number {
    return this.#at(cell, TRAITS) >>> 16
  }
  setClasses(cell: number, classes: number): void {
    this.#words[cell * CELL_WORDS + TRAITS] = (this.#at(cell, TRAITS) & 0xffff) | (classes << 16)
  }

  /** False where no entry of a cell can have all classes of `needs`. */
  anyIn(cell: number, needs: number): boolean {
    return this.occupied(cell) !== 0 && (this.classes(cell) & needs) === needs
  }

  /** An id, which had none, has an entry now. */
  occupy(spot: number): void {
    for (;;) {
      const cell = Math.floor(spot / MOST_IDS)
      const was = this.occupied(cell)
      this.#words[cell * CELL_WORDS + OCCUPIED] = was | (1 << (spot % MOST_IDS))
      if (was !== 0 || cell === 0) return
      spot = this.parent(cell) * MOST_IDS + this.#bit(cell)
    }
  }

  /** An id has no entry any more. */
  vacate(spot: number): void {
    for (;;) {
      const cell = Math.floor(spot / MOST_IDS)
      const bit = spot % MOST_IDS
      if (bit === LAST && this.kind(cell) === INNER_CELL && this.#anyOfLast(cell)) return
      const left = this.occupied(cell) & ~(1 << bit)
      this.#words[cell * CELL_WORDS + OCCUPIED] = left
      if (left !== 0) return
      this.setClasses(cell, 0)
      if (cell === 0) return
      spot = this.parent(cell) * MOST_IDS + this.#bit(cell)
    }
  }

  /** Whether one of the children that share the last bit is occupied. */
  #anyOfLast(cell: number): boolean {
    const end = this.first(cell) + this.size(cell)
    for (let c = this.first(cell) + LAST; c < end; c++) if (this.occupied(c) !== 0) return true
    return false
  }

  /** There is an entry of these classes in a leaf now, and in what it is in. */
  allow(cell: number, classes: number): void {
    for (; (this.classes(cell) & classes) !== classes; cell = this.parent(cell)) {
      this.setClasses(cell, this.classes(cell) | classes)
      if (cell === 0) return
    }
  }

  /** The only occupied child of an inner cell, -1 where there may be more. */
  onlyChild(cell: number): number {
    const occupied = this.occupied(cell)
    if (this.kind(cell) !== INNER_CELL || (occupied & (occupied - 1)) !== 0 || occupied >>> LAST !== 0)
      return -1
    return this.first(cell) + 31 - Math.clz32(occupied)
  }

  /** Calls `look` with the children of an inner cell that are occupied. */
  forChildren(cell: number, look: (child: number) => void): void {
    const first = this.first(cell)
    for (let c = first; c < first + this.size(cell); c++) if (this.occupied(c) !== 0) look(c)
  }
}
