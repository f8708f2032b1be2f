import { readFileSync } from 'node:fs'
import { bundleHash, unpackBundle } from '@hexhail/streets/bundle.ts'
import { junctionOrderOf, openCity } from '@hexhail/streets/city.ts'
import { junctionGraph } from '@hexhail/streets/graph/junction-graph.ts'
import { moveTimes } from '@hexhail/streets/graph/move-times.ts'
import { NO_STATE } from '@hexhail/streets/graph/strong-graph.ts'
import { turnGraph } from '@hexhail/streets/graph/turn-graph.ts'
import { compileKernel } from '@hexhail/streets/kernel/compile-kernel.ts'
import { createKernel } from '@hexhail/streets/kernel/create-kernel.ts'
import { kernelTables } from '@hexhail/streets/kernel/kernel-tables.ts'
import { ancestorIndex } from '@hexhail/streets/labels/ancestor-index.ts'
import { eliminate } from '@hexhail/streets/labels/eliminate.ts'
import { buildHierarchy } from '@hexhail/streets/labels/hierarchy.ts'
import { neighboursOf } from '@hexhail/streets/labels/neighbours.ts'
import { separatorTree } from '@hexhail/streets/labels/separator-tree.ts'
import { createSnap } from '@hexhail/streets/snap/snap.ts'
import { arcTimeDs } from '@hexhail/streets/street-table.ts'

const model = process.argv[2] ?? 'junctions'
const bytes = new Uint8Array(readFileSync('/tmp/dev/porto.city'))
const order0 =
  model === 'turns' ? new Uint32Array(readFileSync('/tmp/dev/porto.turns.order').buffer.slice(0)) : null
const rows: [string, number, number, number][] = []
const mem = () => {
  const m = process.memoryUsage()
  return [m.heapUsed / 2 ** 20, m.arrayBuffers / 2 ** 20] as const
}
let total = 0
function part<T>(name: string, f: () => T): T {
  const t = performance.now()
  const c = process.cpuUsage()
  const v = f()
  const d = performance.now() - t
  const u = process.cpuUsage(c)
  total += d
  if ((globalThis as any).gc) (globalThis as any).gc()
  const [h, a] = mem()
  console.log(
    name.padEnd(22),
    d.toFixed(1).padStart(8),
    ((u.user + u.system) / 1000).toFixed(1).padStart(8),
    h.toFixed(1).padStart(8),
    a.toFixed(1).padStart(8),
  )
  return v
}
console.log('part'.padEnd(22), '     ms', '    cpu', '   heapMB', ' buffersMB')
part('start', () => 0)
part('hash', () => bundleHash(bytes))
const city = part('openCity (with hash)', () => openCity(bytes))
const graph = part('graph', () => (model === 'turns' ? turnGraph(city.streets) : junctionGraph(city.streets)))
const order = part('order', () => order0 ?? junctionOrderOf(city, graph.states))
const free = part('arc times', () =>
  Int32Array.from({ length: graph.endState.length }, (_, arc) => arcTimeDs(city.streets, arc)),
)
const hierarchy = part('hierarchy', () => buildHierarchy(graph, order))
const ancestors = part('ancestors', () => ancestorIndex(hierarchy))
const cells = part('cells', () => separatorTree(hierarchy))
part('compile', () => compileKernel())
const times = part('move times', () => moveTimes(graph, free, 1))
const kernel = part('createKernel', () => createKernel({ graph, hierarchy, ancestors, cells, unitDs: 1 }))
part('customise', () => kernel.customise(times.weightsDs))
part('saturated', () => kernel.saturated)
const snap = part('snap grid', () =>
  createSnap(city.streets, s => graph.endState[2 * s] !== NO_STATE || graph.endState[2 * s + 1] !== NO_STATE),
)
part('first snap', () => snap(city.info.centre))
console.log('total', total.toFixed(0))
Object.assign(globalThis, { keep: [city, graph, order, hierarchy, kernel, snap, cells, ancestors, times] })
