import type { Hierarchy } from './hierarchy.ts'

/** The arcs of a hierarchy from above. */
export interface LowerArcs {
  /** Lower end of each arc. */
  readonly owner: Uint32Array
  /**
   * The id below both ends of an arc over which it takes as long as the arc, as its arcs to the lower and the upper
   * end; `way` is the arc with its direction, `ways` the weights by these (2e up, 2e + 1 down). The smallest such id.
   */
  join(way: number, ways: Uint32Array): { readonly lower: number; readonly upper: number }
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
    join(way, ways) {
      const [arc, bit] = [way >> 1, way & 1]
      const [units, top] = [ways[way]!, upHead[arc]!]
      for (let i = firstBelow[owner[arc]!]!; i < firstBelow[owner[arc]! + 1]!; i++) {
        const lower = below[i]!
        // Upward over it: down to it from the lower end first.
        const rest = units - ways[2 * lower + 1 - bit]!
        if (rest <= 0) continue
        // The id's arcs go to its ancestors, highest first: the one wanted stands before the one at hand.
        for (let upper = lower - 1; upper >= upFirst[owner[lower]!]! && upHead[upper]! >= top; upper--)
          if (upHead[upper] === top && ways[2 * upper + bit] === rest) return { lower, upper }
      }
      throw new Error(`No two arcs make up arc ${arc}.`)
    },
  }
}
