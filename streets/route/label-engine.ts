import { type MoveTimes, moveTimes } from '../graph/move-times.ts'
import type { StateGraph } from '../graph/state-graph.ts'
import type { KernelInput, LabelKernel } from '../kernel/label-kernel.ts'
import { ancestorIndex } from '../labels/ancestor-index.ts'
import { buildHierarchy, type Hierarchy } from '../labels/hierarchy.ts'
import { separatorTree } from '../labels/separator-tree.ts'
import { type PlaceAccess, placeAccess } from './place-access.ts'

/** All that answers under one set of times. */
export interface Epoch {
  readonly kernel: LabelKernel
  readonly times: MoveTimes
  readonly access: PlaceAccess
}

/** A graph, its hierarchy, and the epoch that is answered by. */
export interface LabelEngine {
  readonly graph: StateGraph
  readonly hierarchy: Hierarchy
  readonly epoch: Epoch
  /** Called after each change of the epoch, with the one before. */
  onChange: (before: Epoch) => void
  /** Answer by these arc times (tenths of a second) from now on. */
  set(arcTimeDs: ArrayLike<number>): void
  /** The same in slices of about `work` arcs; true: done. A later change of either sort ends this one. */
  begin(arcTimeDs: ArrayLike<number>): (work: number) => boolean
}

/** A bigger unit than 6.4 s (116 hours in all) would say nothing of a ride. */
const LARGEST_UNIT_DS = 64

/**
 * Makes an engine. The unit of its times is the smallest power of two, in tenths of a second, with which no time is
 * lost: it follows from the times alone, so that every machine with the same bundle and traffic has the same figures.
 */
export function createEngine(
  graph: StateGraph,
  order: Uint32Array,
  createKernel: (input: KernelInput) => LabelKernel,
  arcTimeDs: ArrayLike<number>,
): LabelEngine {
  const hierarchy = buildHierarchy(graph, order)
  const shape = { graph, hierarchy, ancestors: ancestorIndex(hierarchy), cells: separatorTree(hierarchy) }
  const kernels = new Map<number, LabelKernel>()
  const kernelFor = (unitDs: number): LabelKernel => {
    const kernel = kernels.get(unitDs) ?? createKernel({ ...shape, unitDs })
    kernels.set(unitDs, kernel)
    return kernel
  }
  const isEnough = ({ unitDs }: MoveTimes): boolean =>
    unitDs >= LARGEST_UNIT_DS || !kernelFor(unitDs).saturated
  /** Kernels that have answered: they also count the longest times they were ever asked with. */
  const used = new WeakSet<LabelKernel>()
  /** Whether a kernel that has answered was judged too small: only a new one can tell what follows from the times alone. */
  const isStale = (unitDs: number): boolean => used.has(kernelFor(unitDs)) && kernels.delete(unitDs)
  const customised = (ds: ArrayLike<number>, unitDs: number): MoveTimes => {
    const times = moveTimes(graph, ds, unitDs)
    kernelFor(unitDs).customise(times.weightsDs, times.arcUnits)
    if (isEnough(times)) return times
    return customised(ds, isStale(unitDs) ? unitDs : unitDs * 2)
  }
  const epochOf = (times: MoveTimes): Epoch => {
    const kernel = kernelFor(times.unitDs)
    used.add(kernel)
    return { kernel, times, access: placeAccess(graph, times.arcUnits) }
  }
  let changes = 0
  const change = (times: MoveTimes): void => {
    const before = engine.epoch
    engine.epoch = epochOf(times)
    engine.onChange(before)
  }
  const engine = {
    graph,
    hierarchy,
    epoch: epochOf(customised(arcTimeDs, 1)),
    onChange: (_before: Epoch): void => {},
    set(ds: ArrayLike<number>): void {
      changes++
      change(customised(ds, 1))
    },
    begin(ds: ArrayLike<number>): (work: number) => boolean {
      const mine = ++changes
      let times = moveTimes(graph, ds, 1)
      let step = kernelFor(1).beginCustomise(times.weightsDs, times.arcUnits)
      return work => {
        if (mine !== changes) return true
        if (!step(work)) return false
        if (!isEnough(times)) {
          const { unitDs } = times
          if (!isStale(unitDs)) {
            times = moveTimes(graph, ds, unitDs * 2)
            step = kernelFor(unitDs * 2).beginCustomise(times.weightsDs, times.arcUnits)
            return false
          }
          // It may be the one that answers, and has just taken in times that do not fit: no waiting any more.
          times = customised(ds, unitDs)
        }
        changes++
        change(times)
        return true
      }
    },
  }
  return engine
}
