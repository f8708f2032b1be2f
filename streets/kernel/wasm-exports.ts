import type { KernelCore } from './kernel-core.ts'
import type { KernelTables } from './kernel-tables.ts'

type Pointer =
  | Exclude<keyof KernelTables, 'labelAt' | 'inlabel' | 'ascendant' | 'depth'>
  | 'idFacts'
  | 'streetEnds'
  | 'arcs'
  | 'arcUnits'
  | 'states'
  | 'cells'
  | 'moveUnits'
  | 'out'
  | 'into'
  | 'inUnits'
  | 'minima'
  | 'goal'
  | 'goalEntries'
  | 'entries'
  | 'stands'
  | 'blocks'
  | 'heap'
  | 'rows'
  | 'found'

/** What the module of `simd/` exports: globals that hold byte offsets, and functions of the same names as the core's. */
export type WasmExports = Readonly<Record<Pointer, WebAssembly.Global<'i32'>>> &
  Pick<
    KernelCore,
    | 'distance'
    | 'clearGoal'
    | 'addGoal'
    | 'mergeGoal'
    | 'timeToGoal'
    | 'aimPlace'
    | 'placeToGoal'
    | 'betweenPlaces'
    | 'place'
    | 'remove'
    | 'setOrder'
    | 'placeDriver'
    | 'retime'
    | 'renumber'
  > & {
    readonly memory: WebAssembly.Memory
    spread(ways: number, inUnits: number, from: number, end: number): number
    triangles(ways: number, out: number, into: number, done: number, work: number): number
    longestTime(ways: number, inUnits: number, arcUnits: number, times: number, hub: number): number
    labels(ways: number, out: number, into: number, minima: number, v: number, work: number): number
    leastOfCells(minima: number): void
    layOutStreets(): void
    takeUnits(): void
    takeMoves(): void
    manyPlaces(edges: number, fractions: number, places: number, result: number): void
    wayBetween(
      edge: number,
      fraction: number,
      onlyArc: number,
      toEdge: number,
      toFraction: number,
      way: number,
    ): number
    deepestEntry(edge: number): number
    placeGoals(edges: number, fractions: number, places: number, goals: number, lanes: number): number
    placeRows(
      edges: number,
      fractions: number,
      places: number,
      toEdges: number,
      toFractions: number,
      columns: number,
      goals: number,
      known: number,
      tos: number,
      unitDs: number,
      lanes: number,
      result: number,
    ): void
    deepestEnd(edge: number): number
    fillPrepared(records: number, rows: number, places: number, lanes: number): number
    betweenPrepared(from: number, to: number): number
    preparedToGoal(
      records: number,
      rows: number,
      places: number,
      known: number,
      unitDs: number,
      result: number,
    ): void
    driversToGoal(
      drivers: number,
      stamp: number,
      facts: number,
      labels: number,
      stride: number,
      unitDs: number,
      result: number,
    ): void
    addBatches(at: number, count: number): void
    beginNearest(k: number): void
    nearest(needs: number, near: number): number
  }
