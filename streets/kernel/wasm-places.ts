import type { KernelCore } from './kernel-core.ts'
import type { PlaceList } from './label-kernel.ts'
import type { WasmExports } from './wasm-exports.ts'
import type { WasmMemory } from './wasm-memory.ts'

/** Times of a table that are fetched at once. */
const BLOCK = 1 << 15
/** Goals of a table of places that are merged at once. */
const GOALS = 1024
/** More than a table has places, and more than there are ids: both in one double. */
const PLACES = 2 ** 28
const MOST_IDS = 2 ** 24

/** What a core tells of places: `room` gives room for words, `lanes` are those of the longest label in whole eights. */
export function wasmPlaces(
  wasm: WasmExports,
  memory: WasmMemory,
  room: (words: number) => number,
  lanes: number,
): Pick<
  KernelCore,
  'aimPlace' | 'placeToGoal' | 'manyPlaces' | 'betweenPlaces' | 'wayBetween' | 'tablePlaces'
> {
  /** Columns `order` of a table of places, which are sorted by their deepest entries. */
  const tableOf = (
    from: PlaceList,
    to: PlaceList,
    order: Float64Array,
    unitDs: number,
    out: Float64Array,
  ): void => {
    const [n, tos] = [order.length, to.edges.length]
    const rows = Math.min(from.edges.length, Math.ceil(BLOCK / n))
    const at = room(3 * rows + 8 * n + ((n + 1) * lanes) / 2 + 2 * rows * n + 4)
    const [result, fractions] = [at, at + rows * n * 8]
    const [toFractions, goals] = [fractions + rows * 8, fractions + (rows + n) * 8]
    const [edges, toEdges] = [goals + n * 16, goals + n * 16 + rows * 4]
    const columns = toEdges + n * 4
    const rowLanes = (columns + n * 4 + 15) & ~15
    const goalLanes = rowLanes + lanes * 2
    memory.doubles(toFractions, n).set(Float64Array.from(order, j => to.fractions[j]!))
    memory.words(toEdges, n).set(Uint32Array.from(order, j => to.edges[j]!))
    // A block of columns that are not all is put in place here.
    const isAll = n === tos
    memory.words(columns, n).set(isAll ? order : order.map((_, j) => j))
    const known = wasm.placeGoals(toEdges, toFractions, n, goals, goalLanes)
    for (let i = 0; i < from.edges.length; i += rows) {
      const some = from.edges.subarray(i, i + rows)
      memory.words(edges, some.length).set(some)
      memory.doubles(fractions, some.length).set(from.fractions.subarray(i, i + rows))
      wasm.placeRows(
        ...[edges, fractions, some.length],
        ...[toEdges, toFractions, columns, goals, known, n, unitDs, rowLanes, result],
      )
      const found = memory.doubles(result, some.length * n)
      if (isAll) out.set(found, i * tos)
      else
        for (let r = 0, f = 0; r < some.length; r++)
          for (let j = 0; j < n; j++) out[(i + r) * tos + order[j]!] = found[f++]!
    }
  }

  return {
    aimPlace: wasm.aimPlace,
    placeToGoal: wasm.placeToGoal,
    manyPlaces({ edges, fractions }, out) {
      const n = edges.length
      const at = room(4 * n)
      memory.doubles(at, n).set(fractions)
      memory.words(at + n * 8, n).set(edges)
      wasm.manyPlaces(at + n * 8, at, n, at + n * 12)
      out.set(memory.words(at + n * 12, n))
    },
    betweenPlaces: wasm.betweenPlaces,
    wayBetween(edge, fraction, toEdge, toFraction, way) {
      const at = room(4)
      const units = wasm.wayBetween(edge, fraction, -1, toEdge, toFraction, at)
      way.set(memory.words(at, 4))
      return units
    },
    tablePlaces(from, to, unitDs, out) {
      const tos = to.edges.length
      const order = Float64Array.from(
        to.edges,
        (edge, j) => Math.min(wasm.deepestEntry(edge) >>> 0, MOST_IDS) * PLACES + j,
      ).sort()
      for (let j = 0; j < tos; j++) order[j]! %= PLACES
      for (let j = 0; j < tos; j += GOALS) tableOf(from, to, order.subarray(j, j + GOALS), unitDs, out)
    },
  }
}
