import { compileKernel } from '@hexhail/streets/kernel/compile-kernel.ts'
import type { KernelInput, LabelKernel } from '@hexhail/streets/kernel/label-kernel.ts'
import { createPlainKernel } from '@hexhail/streets/kernel/plain-kernel.ts'
import { createWasmKernel } from '@hexhail/streets/kernel/wasm-kernel.ts'
import { ancestorIndex } from '@hexhail/streets/labels/ancestor-index.ts'
import { dissect } from '@hexhail/streets/labels/dissect.ts'
import { buildHierarchy } from '@hexhail/streets/labels/hierarchy.ts'
import { separatorTree } from '@hexhail/streets/labels/separator-tree.ts'
import { timesFrom } from './label-reference.ts'
import { type MadeUpGraph, randomGraph } from './random-graph.ts'

/** A made-up graph with both kernels over it. */
export interface KernelTown {
  readonly graph: MadeUpGraph
  readonly input: KernelInput
  readonly kernels: readonly LabelKernel[]
  /** Units between all states by Dijkstra under weights in units; `Infinity`: no way. */
  readonly times: (units: ArrayLike<number>) => Float64Array[]
  /** Some states on one chain of the elimination tree. */
  readonly chain: (rng: () => number) => number[]
}

/** A town of `states` states in cells of up to `leafSize`. */
export function kernelTown(states: number, rng: () => number, leafSize = 8): KernelTown {
  return townOver(randomGraph(states, Math.floor(states * (0.7 + 2 * rng())), rng), leafSize)
}

/** The town of a graph. */
export function townOver(graph: MadeUpGraph, leafSize = 8): KernelTown {
  const { states } = graph
  const hierarchy = buildHierarchy(graph, dissect(graph))
  const cells = separatorTree(hierarchy, leafSize)
  const input = { graph, hierarchy, ancestors: ancestorIndex(hierarchy), cells }
  return {
    graph,
    input,
    kernels: [createPlainKernel(input), createWasmKernel(compileKernel()!, input)],
    times: units => Array.from({ length: states }, (_, s) => timesFrom(graph, units, s)),
    chain(rng) {
      const { parent, stateOf } = hierarchy
      const found: number[] = []
      for (let id = Math.floor(rng() * states); id >= 0; id = parent[id]!) {
        if (found.length === 0 || rng() < 0.3) found.push(stateOf[id]!)
      }
      return rng() < 0.5 ? found : found.reverse()
    },
  }
}

/** Weights of all moves, some of them closed. */
export function anyWeights(graph: MadeUpGraph, rng: () => number, longest = 40): Uint32Array {
  return Uint32Array.from(graph.head, () => (rng() < 0.05 ? 0xffffffff : Math.floor(rng() * longest)))
}

/** Weights as a kernel takes them: some are no way. */
export function inUnits(weights: Uint32Array): Float64Array {
  return Float64Array.from(weights, w => (w >= 0x3f3f3f3f ? Infinity : w))
}
