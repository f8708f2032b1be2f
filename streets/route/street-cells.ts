import { cellAt } from '@hexhail/protocol/cells.ts'
import type { StreetTable } from '../street-table.ts'
import type { StreetCells } from './traffic.ts'

/** The resolution that requests have too: some five square kilometres. */
const RES = 7
const MICRO = 1e6

/**
 * The H3 cells of a city's segments, each by the middle between its ends. The cell of a middle that lies within a
 * nanometre of a border depends on the machine's trigonometry; else it is the same everywhere.
 */
export function streetCells({ junctionXy, tail, head }: StreetTable): StreetCells {
  const index = new Map<string, number>()
  const of = new Uint32Array(tail.length)
  for (let s = 0; s < tail.length; s++) {
    const [a, b] = [2 * tail[s]!, 2 * head[s]!]
    const lng = (junctionXy[a]! + junctionXy[b]!) / 2 / MICRO
    const lat = (junctionXy[a + 1]! + junctionXy[b + 1]!) / 2 / MICRO
    const cell = cellAt([lng, lat], RES)
    const i = index.get(cell) ?? index.size
    index.set(cell, i)
    of[s] = i
  }
  return { cells: [...index.keys()], of }
}
