import type { Hierarchy } from './hierarchy.ts'

/** The arcs of a hierarchy from above. */
export interface LowerArcs {
  /** Lower end of each arc. */
  readonly owner: Uint32Array
  /** The first pair of arcs from two ids to one id below both that passes `fits`, the smallest id first. */
  join(
    a: number,
    b: number,
    fits: (arcToA: number, arcToB: number) => boolean,
  ): { readonly first: number; readonly second: number }
}

/** Lists the arcs of each id downward, ascending by their lower ends. */
export function lowerArcs({ states, upFirst, upHead }: Hierarchy): LowerArcs {
  const owner = new Uint32Array(upHead.length)
  const firstBelow = new Uint32Array(states + 1)
  for (const head of upHead) firstBelow[head + 1]!++
  for (let v = 0; v < states; v++) firstBelow[v + 1]! += firstBelow[v]!
  const next = firstBelow.slice(0, states)
  const below = new Uint32Array(upHead.length)
  for (let v = 0; v < states; v++) {
    for (let e = upFirst[v]!; e < upFirst[v + 1]!; e++) {
      owner[e] = v
      below[next[upHead[e]!]!++] = e
    }
  }
  return {
    owner,
    join(a, b, fits) {
      let [i, k] = [firstBelow[a]!, firstBelow[b]!]
      while (i < firstBelow[a + 1]! && k < firstBelow[b + 1]!) {
        const [x, y] = [owner[below[i]!]!, owner[below[k]!]!]
        if (x === y && fits(below[i]!, below[k]!)) return { first: below[i]!, second: below[k]! }
        if (x <= y) i++
        if (y <= x) k++
      }
      throw new Error(`No two arcs make up the one between ids ${a} and ${b}.`)
    },
  }
}
