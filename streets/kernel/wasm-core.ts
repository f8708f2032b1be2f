import type { KernelCore, WhichSet } from './kernel-core.ts'
import { goalRoom, type KernelTables, mostLanes } from './kernel-tables.ts'
import type { PlaceList } from './label-kernel.ts'
import type { WasmExports } from './wasm-exports.ts'
import { WasmMemory } from './wasm-memory.ts'
import type { WeightSet } from './weight-set.ts'

/** Bytes of an entry of a driver. */
const ENTRY = 20
/** Bytes of where a driver stands. */
const STAND = 16
/** Words of a table that are fetched at once. */
const BLOCK = 1 << 16
/** Goals of a table of places that are merged at once. */
const GOALS = 1024
/** More than a table has places, and more than there are ids: both in one double. */
const PLACES = 2 ** 28
const MOST_IDS = 2 ** 24

/** Byte offsets of a `WeightSet`. */
interface SetOffsets {
  readonly ways: number
  readonly inUnits: number
  readonly out: number
  readonly into: number
  readonly minima: number
  readonly arcUnits: number
}

/** The hot half of a kernel in WebAssembly SIMD. All arrays are in its memory; the tables are copied, and can go. */
export function wasmCore(module: WebAssembly.Module, tables: KernelTables): KernelCore {
  const wasm = new WebAssembly.Instance(module).exports as unknown as WasmExports
  const memory = new WasmMemory(wasm.memory)
  const states = tables.idOf.length
  const cells = tables.cellParent.length
  const streetArcs = tables.endId.length
  const deepest = mostLanes(tables)
  const moves = tables.inTail.length
  const arcs = tables.upHead.length
  const lanes = tables.labelAt[states]!
  const minima = tables.minimaAt[cells]!

  const filled = (bytes: number, byte: number): number => {
    const at = memory.take(bytes)
    memory.bytes(at, bytes).fill(byte)
    return at
  }
  wasm.states.value = states
  wasm.cells.value = cells
  wasm.arcs.value = streetArcs
  const { isTurns, inlabel, ascendant, ...arrays } = tables
  wasm.isTurns.value = Number(isTurns)
  for (const [name, array] of Object.entries(arrays))
    wasm[name as keyof typeof arrays].value = memory.put(array)
  wasm.idFacts.value = memory.take(states * 16)
  const facts = memory.words(wasm.idFacts.value, states * 4)
  for (let v = 0; v < states; v++) {
    facts[4 * v] = tables.labelAt[v]!
    facts[4 * v + 1] = inlabel[v]!
    facts[4 * v + 2] = ascendant[v]!
    facts[4 * v + 3] = tables.depth[v]!
  }
  const moveUnits = memory.take(moves * 4)
  wasm.moveUnits.value = moveUnits
  wasm.goal.value = memory.take((deepest + 7) * 2)
  wasm.blocks.value = memory.take(((deepest + 7) >> 3) * 4)
  wasm.goalEntries.value = memory.take(goalRoom(tables) * 8)
  wasm.firstAt.value = filled(states * 4, 0xff)
  wasm.heap.value = memory.take(cells * 8)

  const sets: SetOffsets[] = []
  const views: WeightSet[] = []
  const offsets = (set: WhichSet): SetOffsets =>
    (sets[set] ??= {
      ways: filled(arcs * 8, 0x3f),
      inUnits: filled(moves * 4, 0x3f),
      out: filled(lanes * 2, 0xff),
      into: filled(lanes * 2, 0xff),
      minima: filled(minima * 2, 0xff),
      arcUnits: memory.take(streetArcs * 4),
    })

  let scratch = 0
  let scratchWords = 0
  /** Room for words that go in or out. */
  const room = (words: number): number => {
    if (words > scratchWords) scratch = memory.take((scratchWords = Math.max(words, 2 * scratchWords)) * 4)
    return scratch
  }
  let entries = 0
  let foundWords: Uint32Array = new Uint32Array()

  /** Columns `order` of a table of places, which are sorted by their deepest entries. */
  const tableOf = (from: PlaceList, to: PlaceList, order: Float64Array, out: Uint32Array): void => {
    const [n, tos] = [order.length, to.edges.length]
    const rows = Math.min(from.edges.length, Math.ceil(BLOCK / n))
    const lanes = (deepest + 7) & ~7
    const at = room(3 * rows + 7 * n + ((n + 1) * lanes) / 2 + rows * n + 4)
    const [fractions, toFractions, goals] = [at, at + rows * 8, at + rows * 8 + n * 8]
    const [edges, toEdges] = [goals + n * 16, goals + n * 16 + rows * 4]
    const rowLanes = (toEdges + n * 4 + 15) & ~15
    const goalLanes = rowLanes + lanes * 2
    const result = goalLanes + n * lanes * 2
    memory.doubles(toFractions, n).set(Float64Array.from(order, j => to.fractions[j]!))
    memory.words(toEdges, n).set(Uint32Array.from(order, j => to.edges[j]!))
    const known = wasm.placeGoals(toEdges, toFractions, n, goals, goalLanes)
    for (let i = 0; i < from.edges.length; i += rows) {
      const some = from.edges.subarray(i, i + rows)
      memory.words(edges, some.length).set(some)
      memory.doubles(fractions, some.length).set(from.fractions.subarray(i, i + rows))
      wasm.placeRows(
        ...[edges, fractions, some.length],
        ...[toEdges, toFractions, goals, known, n, rowLanes, result],
      )
      const found = memory.words(result, some.length * n)
      for (let r = 0, f = 0; r < some.length; r++)
        for (let j = 0; j < n; j++) out[(i + r) * tos + order[j]!] = found[f++]!
    }
  }

  return {
    moveUnits: () => memory.words(moveUnits, moves),
    weights(set) {
      const kept = views[set]
      if (kept && memory.isPresent(kept.ways)) return kept
      const at = offsets(set)
      return (views[set] = {
        ways: memory.words(at.ways, 2 * arcs),
        inUnits: memory.words(at.inUnits, moves),
        out: memory.lanes(at.out, lanes),
        into: memory.lanes(at.into, lanes),
        minima: memory.lanes(at.minima, minima),
        arcUnits: memory.words(at.arcUnits, streetArcs),
      })
    },
    answerBy(set) {
      const at = offsets(set)
      for (const name of ['inUnits', 'out', 'into', 'minima', 'arcUnits'] as const)
        wasm[name].value = at[name]
    },
    spread(set, from, end) {
      const { ways, inUnits } = offsets(set)
      return wasm.spread(ways, inUnits, from, end)
    },
    triangles(set, done, work) {
      const { ways, out, into } = offsets(set)
      return wasm.triangles(ways, out, into, done, work)
    },
    longestTime(set, hub) {
      const { ways, inUnits, arcUnits, out } = offsets(set)
      return wasm.longestTime(ways, inUnits, arcUnits, out, hub)
    },
    labels(set, v, work) {
      const { ways, out, into, minima } = offsets(set)
      return wasm.labels(ways, out, into, minima, v, work)
    },
    leastOfCells: set => wasm.leastOfCells(offsets(set).minima),

    distance: wasm.distance,
    clearGoal: wasm.clearGoal,
    addGoal: wasm.addGoal,
    mergeGoal: wasm.mergeGoal,
    timeToGoal: wasm.timeToGoal,
    many(from, out) {
      const at = room(2 * from.length)
      memory.words(at, from.length).set(from)
      wasm.many(at, from.length, at + from.length * 4)
      out.set(memory.words(at + from.length * 4, from.length))
    },
    table(from, to, out) {
      const rows = Math.min(from.length, Math.ceil(BLOCK / Math.max(1, to.length)))
      const at = room(to.length + rows + rows * to.length)
      const rowsAt = at + to.length * 4
      const result = rowsAt + rows * 4
      memory.words(at, to.length).set(to)
      for (let i = 0; i < from.length; i += rows) {
        const some = from.subarray(i, i + rows)
        memory.words(rowsAt, some.length).set(some)
        wasm.table(rowsAt, some.length, at, to.length, result)
        out.set(memory.words(result, some.length * to.length), i * to.length)
      }
    },

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
    tablePlaces(from, to, out) {
      const tos = to.edges.length
      const order = Float64Array.from(
        to.edges,
        (edge, j) => Math.min(wasm.deepestEntry(edge) >>> 0, MOST_IDS) * PLACES + j,
      ).sort()
      for (let j = 0; j < tos; j++) order[j]! %= PLACES
      for (let j = 0; j < tos; j += GOALS) tableOf(from, to, order.subarray(j, j + GOALS), out)
    },

    reserve(wantedEntries) {
      const at = filled(wantedEntries * ENTRY, 0xff)
      memory.bytes(at, entries * ENTRY).set(memory.bytes(wasm.entries.value >>> 0, entries * ENTRY))
      wasm.entries.value = at
      const stands = filled((wantedEntries / 2) * STAND, 0xff)
      memory
        .bytes(stands, (entries / 2) * STAND)
        .set(memory.bytes(wasm.stands.value >>> 0, (entries / 2) * STAND))
      wasm.stands.value = stands
      wasm.found.value = memory.take((wantedEntries + 1) * 8)
      entries = wantedEntries
    },
    place: wasm.place,
    remove: wasm.remove,
    placeDriver: wasm.placeDriver,
    nearest(k, needs, out) {
      wasm.beginNearest(k)
      const count = wasm.nearest(needs)
      const at = wasm.found.value >>> 0
      if (foundWords.byteOffset !== at || !memory.isPresent(foundWords))
        foundWords = memory.words(at, 2 * (entries + 1))
      const n = Math.min(count, out.length >> 1)
      for (let i = 0; i < 2 * n; i += 2) {
        out[i] = foundWords[i + 1]!
        out[i + 1] = foundWords[i]!
      }
      return count
    },
  }
}
