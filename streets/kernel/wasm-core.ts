import type { KernelCore, WhichSet } from './kernel-core.ts'
import { goalRoom, type KernelTables, mostLanes, NEAR_STATES } from './kernel-tables.ts'
import { wasmDriverTimes } from './wasm-driver-times.ts'
import type { WasmExports } from './wasm-exports.ts'
import { WasmMemory } from './wasm-memory.ts'
import { wasmPlaces } from './wasm-places.ts'
import { wasmPrepared } from './wasm-prepared.ts'
import type { WeightSet } from './weight-set.ts'

/** Bytes of an entry of a driver. */
const ENTRY = 16
/** Bytes of where a driver stands. */
const STAND = 16
/** Bytes of a batch of entries, and of a driver found. */
const BATCH = 64
const FOUND = 16

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
  const { isTurns, labelAt, inlabel, ascendant, depth, ...arrays } = tables
  wasm.isTurns.value = Number(isTurns)
  for (const [name, array] of Object.entries(arrays))
    wasm[name as keyof typeof arrays].value = memory.put(array)
  wasm.idFacts.value = memory.take(states * 16)
  const facts = memory.words(wasm.idFacts.value, states * 4)
  for (let v = 0; v < states; v++) {
    facts[4 * v] = labelAt[v]!
    facts[4 * v + 1] = inlabel[v]!
    facts[4 * v + 2] = ascendant[v]!
    facts[4 * v + 3] = depth[v]!
  }
  if (isTurns) {
    wasm.streetEnds.value = memory.take(streetArcs * 32)
    wasm.layOutStreets()
  }
  const moveUnits = memory.take(moves * 4)
  wasm.moveUnits.value = moveUnits
  wasm.goal.value = memory.take((deepest + 7) * 2)
  wasm.blocks.value = memory.take((((deepest + 7) >> 3) + 1) * 4)
  wasm.goalEntries.value = memory.take(goalRoom(tables) * 8)
  wasm.rows.value = filled(states * 16, 0xff)
  wasm.heap.value = memory.take((cells + 1) * 8)

  const sets: SetOffsets[] = []
  const views: WeightSet[] = []
  const offsets = (set: WhichSet): SetOffsets =>
    (sets[set] ??= {
      // `spread` begins by closing them.
      ways: memory.take(arcs * 8),
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
  /** Times that weights were made to answer. */
  let version = 0
  let foundWords: Uint32Array = new Uint32Array()

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
      version++
      for (const name of ['inUnits', 'out', 'into', 'minima', 'arcUnits'] as const)
        wasm[name].value = at[name]
      if (isTurns) wasm.takeUnits()
      wasm.takeMoves()
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
    ...wasmPlaces(wasm, memory, room, (deepest + 7) & ~7),
    prepare: wasmPrepared(wasm, memory, (deepest + 7) & ~7, () => version),

    reserve(wantedEntries) {
      const at = filled(wantedEntries * ENTRY, 0xff)
      memory.bytes(at, entries * ENTRY).set(memory.bytes(wasm.entries.value >>> 0, entries * ENTRY))
      wasm.entries.value = at
      const stands = filled((wantedEntries / 2) * STAND, 0xff)
      memory
        .bytes(stands, (entries / 2) * STAND)
        .set(memory.bytes(wasm.stands.value >>> 0, (entries / 2) * STAND))
      wasm.stands.value = stands
      wasm.found.value = memory.take((wantedEntries + 1) * FOUND)
      // An entry alone at its id has a batch alone.
      wasm.addBatches(memory.take((wantedEntries - entries) * BATCH), wantedEntries - entries)
      entries = wantedEntries
    },
    place: wasm.place,
    remove: wasm.remove,
    setOrder: wasm.setOrder,
    placeDriver: wasm.placeDriver,
    retime: wasm.retime,
    renumber: wasm.renumber,
    driversToGoal: wasmDriverTimes(wasm, memory, (deepest + 7) & ~7, () => version),
    nearest(k, needs, out) {
      wasm.beginNearest(k)
      const count = wasm.nearest(needs, NEAR_STATES)
      const at = wasm.found.value >>> 0
      if (foundWords.byteOffset !== at || !memory.isPresent(foundWords))
        foundWords = memory.words(at, 4 * (entries + 1))
      const n = Math.min(count, out.length >> 1)
      for (let i = 0; i < n; i++) {
        out[2 * i] = foundWords[4 * i + 1]!
        out[2 * i + 1] = foundWords[4 * i + 2]!
      }
      return count
    },
  }
}
