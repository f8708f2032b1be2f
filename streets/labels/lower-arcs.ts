import type { Hierarchy } from './hierarchy.ts'

/** The arcs of a hierarchy from above. */
export interface LowerArcs {
  /** Lower end of each arc. */
  readonly owner: Uint32Array
  /**
   * The id below both ends of an arc over which it takes `units`, as its arcs to the lower and the upper end; weights
   * by arc for each. The smallest such id.
   */
  join(
    arc: number,
    units: number,
    toLower: Uint32Array,
    toUpper: Uint32Array,
  ): { readonly lower: number; readonly upper: number }
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
    join(arc, units, toLower, toUpper) {
      const top = upHead[arc]!
      for (let i = firstBelow[owner[arc]!]!; i < firstBelow[owner[arc]! + 1]!; i++) {
        const lower = below[i]!
        if (toLower[lower]! >= units) continue
        // The id's arcs go to its ancestors, highest first: the one wanted stands before the one at hand.
        for (let upper = lower - 1; upper >= upFirst[owner[lower]!]! && upHead[upper]! >= top; upper--)
          if (upHead[upper] === top && toLower[lower]! + toUpper[upper]! === units) return { lower, upper }
      }
      throw new Error(`No two arcs make up arc ${arc}.`)
    },
  }
}
