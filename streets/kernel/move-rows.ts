import type { KernelInput } from './label-kernel.ts'

/**
 * The moves out of each state, or into it, laid out for walks along labels: one row a state, in their order. First
 * stands where the state's label begins, in lanes; then two words a move: the row of the state at its other end twice,
 * one more in the last move of the row, and the number of the move. So a step reads two lines, the row and a label.
 */
export interface MoveRows {
  readonly words: Uint32Array
  /** Number of moves in the rows before each state's: its row begins at `state + 2 * first[state]`. */
  readonly first: Uint32Array
}

/** Rows of the moves out of the states, and of those into them; `labelAt` is by id. */
export function moveRows(
  {
    states,
    firstOut,
    head,
    idOf,
  }: Pick<KernelInput['graph'], 'states' | 'firstOut' | 'head'> & Pick<KernelInput['hierarchy'], 'idOf'>,
  labelAt: Uint32Array,
): { readonly out: MoveRows; readonly into: MoveRows } {
  const firstInto = new Uint32Array(states + 1)
  for (let m = 0; m < head.length; m++) firstInto[head[m]! + 1]!++
  for (let s = 0; s < states; s++) firstInto[s + 1]! += firstInto[s]!
  const rows = (first: Uint32Array): MoveRows => {
    const words = new Uint32Array(states + 2 * head.length)
    for (let s = 0; s < states; s++) words[s + 2 * first[s]!] = labelAt[idOf[s]!]!
    return { words, first }
  }
  const out = rows(firstOut)
  const into = rows(firstInto)
  const next = firstInto.slice(0, states)
  for (let s = 0; s < states; s++) {
    const end = firstOut[s + 1]!
    for (let m = firstOut[s]!; m < end; m++) {
      const t = head[m]!
      const at = s + 1 + 2 * m
      out.words[at] = 2 * (t + 2 * firstOut[t]!) + (m + 1 === end ? 1 : 0)
      out.words[at + 1] = m
      const i = next[t]!++
      into.words[t + 1 + 2 * i] = 2 * (s + 2 * firstInto[s]!) + (i + 1 === firstInto[t + 1]! ? 1 : 0)
      into.words[t + 2 + 2 * i] = m
    }
  }
  return { out, into }
}
