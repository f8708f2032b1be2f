import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { StateGraph } from '@hexhail/streets/graph/state-graph.ts'
import { rankStates } from '@hexhail/streets/labels/dissect.ts'
import { buildHierarchy } from '@hexhail/streets/labels/hierarchy.ts'
import { orderByRank } from '@hexhail/streets/labels/order-by-rank.ts'

/**
 * Order of a turn graph, kept beside the bundle it belongs to: found there, or made and written. A file that holds no
 * order of this graph, or a bad one, is written anew; where nothing can be written the order is only made.
 */
export function turnOrderBeside(bundlePath: string, hash: string): (graph: StateGraph) => Uint32Array {
  const path = join(dirname(bundlePath), `${hash}.turns.order`)
  return graph => {
    const kept = keptOrder(path, graph)
    if (kept) return kept
    const rank = rankStates(graph)
    try {
      writeFileSync(`${path}.${process.pid}.tmp`, rank)
      renameSync(`${path}.${process.pid}.tmp`, path)
    } catch {
      // A read-only folder: the next start takes as long as this one.
    }
    return orderByRank(rank)
  }
}

function keptOrder(path: string, graph: StateGraph): Uint32Array | null {
  try {
    const rank = readFileSync(path)
    if (rank.length !== graph.states) return null
    const order = orderByRank(rank)
    buildHierarchy(graph, order)
    return order
  } catch {
    return null
  }
}
