import type { StateGraph } from '@hexhail/streets/graph/state-graph.ts'
import { turnRules } from '@hexhail/streets/graph/turn-rules.ts'
import { arcHead, arcOpen, arcTail, type StreetTable } from '@hexhail/streets/street-table.ts'

/**
 * Makes the judge of driven edges by the street table alone: each open and where the one before ends, no forbidden
 * turn, no way but the only one; in the turn model nobody turns round but at a dead end.
 */
export function streetLaw(
  streets: StreetTable,
  model: StateGraph['model'],
): (edges: readonly number[]) => boolean {
  const rulesFrom = Map.groupBy(turnRules(streets), rule => rule.arcs[0]!)
  const out = new Uint32Array(streets.junctionXy.length / 2)
  for (let arc = 0; arc < 2 * streets.tail.length; arc++) {
    if (arcOpen(streets, arc)) out[arcTail(streets, arc)]!++
  }
  return edges =>
    edges.every((edge, i) => {
      if (!arcOpen(streets, edge)) return false
      for (const { arcs, only } of rulesFrom.get(edge) ?? []) {
        const beforeLast = arcs.slice(0, -1)
        const next = edges[i + beforeLast.length]
        if (next === undefined || !beforeLast.every((arc, k) => edges[i + k] === arc)) continue
        if ((next === arcs.at(-1)) !== only) return false
      }
      if (i === 0) return true
      const before = edges[i - 1]!
      if (arcHead(streets, before) !== arcTail(streets, edge)) return false
      return model === 'junctions' || edge !== (before ^ 1) || out[arcTail(streets, edge)] === 1
    })
}
