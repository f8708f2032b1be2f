import { arcOpen, arcTail, type StreetTable } from '../street-table.ts'

/** Open arcs out of each junction, ascending: `arcs[first[v]] … arcs[first[v + 1] - 1]`. */
export interface ArcsOut {
  readonly first: Uint32Array
  readonly arcs: Uint32Array
}

/** Open arcs by the junction they leave. */
export function arcsOut(streets: StreetTable): ArcsOut {
  const junctions = streets.junctionXy.length / 2
  const count = streets.tail.length * 2
  const first = new Uint32Array(junctions + 1)
  let open = 0
  for (let arc = 0; arc < count; arc++) {
    if (!arcOpen(streets, arc)) continue
    first[arcTail(streets, arc) + 1]!++
    open++
  }
  for (let v = 0; v < junctions; v++) first[v + 1]! += first[v]!
  const next = first.slice()
  const arcs = new Uint32Array(open)
  for (let arc = 0; arc < count; arc++) {
    if (arcOpen(streets, arc)) arcs[next[arcTail(streets, arc)]!++] = arc
  }
  return { first, arcs }
}
