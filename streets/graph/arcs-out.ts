import { BACKWARD, FORWARD, type StreetTable } from '../street-table.ts'

/** Open arcs out of each junction, ascending: `arcs[first[v]] … arcs[first[v + 1] - 1]`. */
export interface ArcsOut {
  readonly first: Uint32Array
  readonly arcs: Uint32Array
}

/** Open arcs by the junction they leave. */
export function arcsOut({ junctionXy, tail, head, flags }: StreetTable): ArcsOut {
  const first = new Uint32Array(junctionXy.length / 2 + 1)
  for (let s = 0; s < flags.length; s++) {
    const ways = flags[s]!
    if (ways & FORWARD) first[tail[s]!]!++
    if (ways & BACKWARD) first[head[s]!]!++
  }
  let open = 0
  for (let v = 0; v < first.length; v++) {
    open += first[v]!
    first[v] = open
  }
  // From the last arc on: each row is filled from its end, and its first place is known when it is full.
  const arcs = new Uint32Array(open)
  for (let s = flags.length - 1; s >= 0; s--) {
    const ways = flags[s]!
    if (ways & BACKWARD) arcs[--first[head[s]!]!] = 2 * s + 1
    if (ways & FORWARD) arcs[--first[tail[s]!]!] = 2 * s
  }
  return { first, arcs }
}
