/** Letters that count, and how many letters' worth goes into 32 bits: digits and Latin letters are told apart. */
const LEAST = '0'.charCodeAt(0)
const MOST = 'z'.charCodeAt(0)
/** What a letter can be: none, one below `LEAST`, one of these, or one above `MOST`. */
const KINDS = MOST - LEAST + 4
const LETTERS = 5

/** A number of 32 bits by how an id begins: where one is lower, the id comes before the other as text too. */
export function idOrder(id: string): number {
  let order = 0
  let isOpen = true
  for (let i = 0; i < LETTERS; i++) {
    const letter = isOpen && i < id.length ? id.charCodeAt(i) : 0
    const kind: number = !isOpen || i >= id.length ? 0 : Math.max(1, Math.min(KINDS - 1, letter - LEAST + 2))
    // Of letters that are all one here, what follows would tell nothing.
    isOpen = kind > 1 && kind < KINDS - 1
    order = order * KINDS + kind
  }
  return order
}
