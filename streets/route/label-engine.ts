import { type MoveTimes, moveTimes } from '../graph/move-times.ts'
import { type DrivenGraph, drivenGraph, type StateGraph } from '../graph/state-graph.ts'
import type { KernelInput, LabelKernel, Weights } from '../kernel/label-kernel.ts'
import { ancestorIndex } from '../labels/ancestor-index.ts'
import { buildHierarchy } from '../labels/hierarchy.ts'
import { separatorTree } from '../labels/separator-tree.ts'
import { type PlaceAccess, placeAccess } from './place-access.ts'

/** All that answers under one set of times. */
export interface Epoch {
  readonly kernel: LabelKernel
  readonly times: MoveTimes
  readonly access: PlaceAccess
}

/** A graph, and the epoch that is answered by. */
export interface LabelEngine {
  readonly graph: DrivenGraph
  readonly epoch: Epoch
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
  whole: StateGraph,
  order: Uint32Array,
  createKernel: (input: KernelInput) => LabelKernel,
  arcTimeDs: ArrayLike<number>,
): LabelEngine {
  const graph = drivenGraph(whole)
  const kernel = createKernel(kernelInput(whole, order))
  /** Weights for the kernel, and the times in that unit that it took last. */
  const weigh = (ds: ArrayLike<number>): [weights: Weights, times: () => MoveTimes] => {
    let times = moveTimes(graph, ds, 1)
    const weights = (): Weights => ({
      ...times,
      coarser: times.unitDs < LARGEST_UNIT_DS ? coarser : undefined,
    })
    const coarser = (): Weights => {
      times = moveTimes(graph, ds, 2 * times.unitDs)
      return weights()
    }
    return [weights(), () => times]
  }
  const epochOf = (times: MoveTimes): Epoch => ({ kernel, times, access: placeAccess(graph, times.arcUnits) })
  const customised = (ds: ArrayLike<number>): Epoch => {
    const [weights, times] = weigh(ds)
    kernel.customise(weights)
    return epochOf(times())
  }
  let changes = 0
  const engine = {
    graph,
    epoch: customised(arcTimeDs),
    set(ds: ArrayLike<number>): void {
      changes++
      engine.epoch = customised(ds)
    },
    begin(ds: ArrayLike<number>): (work: number) => boolean {
      const mine = ++changes
      const [weights, times] = weigh(ds)
      const step = kernel.beginCustomise(weights)
      return work => {
        if (mine !== changes) return true
        if (!step(work)) return false
        changes++
        engine.epoch = epochOf(times())
        return true
      }
    },
  }
  return engine
}

/** What a kernel is made of; it goes when the kernel has what it keeps. */
function kernelInput(graph: StateGraph, order: Uint32Array): KernelInput {
  const hierarchy = buildHierarchy(graph, order)
  return { graph, hierarchy, ancestors: ancestorIndex(hierarchy), cells: separatorTree(hierarchy) }
}
