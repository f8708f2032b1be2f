import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { StateGraph } from '@hexhail/streets/graph/state-graph.ts'
import { dissect } from '@hexhail/streets/labels/dissect.ts'
import { buildHierarchy } from '@hexhail/streets/labels/hierarchy.ts'
import { packOrder, readOrder } from '@hexhail/streets/labels/order-codec.ts'

/**
 * Order of a turn graph, kept beside the bundle it belongs to: found there, or made and written. A file that holds no
 * order of this graph, or a bad one, is written anew; where nothing can be written the order is only made.
 */
export function turnOrderBeside(bundlePath: string, hash: string): (graph: StateGraph) => Uint32Array {
  const path = join(dirname(bundlePath), `${hash}.turns.order`)
  return graph => {
    const kept = keptOrder(path, graph)
    if (kept) return kept
    const order = dissect(graph)
    try {
      writeFileSync(`${path}.${process.pid}.tmp`, packOrder(order))
      renameSync(`${path}.${process.pid}.tmp`, path)
    } catch {
      // A read-only folder: the next start takes as long as this one.
    }
    return order
  }
}

function keptOrder(path: string, graph: StateGraph): Uint32Array | null {
  try {
    const read = readOrder(readFileSync(path), graph.states)
    if (read.verdict !== 'accept') return null
    buildHierarchy(graph, read.value)
    return read.value
  } catch {
    return null
  }
}
