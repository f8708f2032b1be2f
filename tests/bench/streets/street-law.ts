import type { StateGraph } from '@hexhail/streets/graph/state-graph.ts'
import { arcHead, arcOpen, arcTail, type StreetTable } from '@hexhail/streets/street-table.ts'
import { turnLaw } from '../../unit/streets/turn-law.ts'

/**
 * Makes the judge of driven edges by the street table alone: each open and where the one before ends, no forbidden
 * turn, no way but the only one; in the turn model nobody turns round but at a dead end.
 */
export function streetLaw(
  streets: StreetTable,
  model: StateGraph['model'],
): (edges: readonly number[]) => boolean {
  const mayGo = turnLaw(streets)
  const out = new Uint32Array(streets.junctionXy.length / 2)
  for (let arc = 0; arc < 2 * streets.tail.length; arc++) {
    if (arcOpen(streets, arc)) out[arcTail(streets, arc)]!++
  }
  return edges =>
    edges.every((edge, i) => {
      if (!arcOpen(streets, edge)) return false
      if (i === 0) return true
      const before = edges[i - 1]!
      if (!mayGo(edges.slice(0, i), edge)) return false
      if (arcHead(streets, before) !== arcTail(streets, edge)) return false
      return model === 'junctions' || edge !== (before ^ 1) || out[arcTail(streets, edge)] === 1
    })
}
