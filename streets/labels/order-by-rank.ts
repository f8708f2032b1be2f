/**
 * An order of elimination out of a rank for each state: the lowest rank goes first, equals by number. A byte a state is
 * all that a bundle must bring: what a separator parts has lower ranks than the separator, and states of one rank that
 * lie in different parts may go in any order, since nothing joins the parts.
 */
export function orderByRank(rank: Uint8Array): Uint32Array {
  const at = new Uint32Array(257)
  for (let s = 0; s < rank.length; s++) at[rank[s]! + 1]!++
  for (let r = 0; r < 256; r++) at[r + 1]! += at[r]!
  const order = new Uint32Array(rank.length)
  for (let s = 0; s < rank.length; s++) order[at[rank[s]!]!++] = s
  return order
}
