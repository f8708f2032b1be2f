/** Gives each text one number; 0 is the empty text. Numbers are in order of first use until `sorted`. */
export class NameTable {
  readonly #ids = new Map<string, number>([['', 0]])
  readonly #names = ['']

  /** Number of a text. Line breaks and runs of blanks become one blank. */
  add(text: string | undefined): number {
    const clean = (text ?? '').replace(/\s+/g, ' ').trim()
    let id = this.#ids.get(clean)
    if (id === undefined) {
      this.#ids.set(clean, (id = this.#names.length))
      this.#names.push(clean)
    }
    return id
  }

  /** Text of a number. */
  text(id: number): string {
    return this.#names[id] ?? ''
  }

  /** All texts in code-unit order, and the new number of each old one. */
  sorted(): { names: string[]; rank: Uint32Array } {
    const order = this.#names.map((_, i) => i).sort((a, b) => (this.#names[a]! < this.#names[b]! ? -1 : 1))
    const rank = new Uint32Array(order.length)
    order.forEach((old, i) => {
      rank[old] = i
    })
    return { names: order.map(i => this.#names[i]!), rank }
  }
}
