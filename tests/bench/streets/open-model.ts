import type { City } from '@hexhail/streets/city.ts'
import { moveTimes } from '@hexhail/streets/graph/move-times.ts'
import type { StateGraph } from '@hexhail/streets/graph/state-graph.ts'
import { NO_STATE } from '@hexhail/streets/graph/strong-graph.ts'
import { createKernel } from '@hexhail/streets/kernel/create-kernel.ts'
import type { LabelKernel } from '@hexhail/streets/kernel/label-kernel.ts'
import { createRouter } from '@hexhail/streets/route/label-router.ts'
import { fractionOn } from '@hexhail/streets/route/place-access.ts'
import type { CityRouter, Place } from '@hexhail/streets/router.ts'
import { entriesOf } from '../../unit/streets/entries-of.ts'
import type { PlainTimes } from './plain-dijkstra.ts'

/** A router over one graph of a city, and what is under it. */
export interface Model {
  readonly graph: StateGraph
  readonly router: CityRouter
  kernel(): LabelKernel
  /** The times that are answered by, where the arcs take `arcTimeDs`, and their unit in tenths of a second. */
  times(arcTimeDs: ArrayLike<number>): PlainTimes & { readonly unitDs: number }
  /** A place as the goal of a kernel: states that lead there, and what to add to each. */
  goal(
    times: PlainTimes,
    place: Place,
  ): { readonly states: readonly number[]; readonly adds: readonly number[] }
  /** A state to stand in on the way from a place. */
  exit(place: Place): number
}

/** Opens a router; the kernel that it makes is seen in passing. */
export function openModel(city: City, graph: StateGraph, order: Uint32Array): Model {
  let kernel: LabelKernel | undefined
  const router = createRouter(city, {
    graph,
    order,
    createKernel(input) {
      kernel = createKernel(input)
      return kernel
    },
  })
  const times = (arcTimeDs: ArrayLike<number>) => moveTimes(graph, arcTimeDs, router.unitDs)
  return {
    graph,
    router,
    kernel: () => kernel!,
    times,
    goal({ arcUnits }, place) {
      const arcs = [place.edge, place.edge ^ 1].filter(arc => graph.endState[arc] !== NO_STATE)
      const into = (arc: number): number => Math.round(arcUnits[arc]! * fractionOn(place, arc))
      const shift = graph.model === 'turns' ? Math.max(...arcs.map(arc => arcUnits[arc]! - into(arc))) : 0
      const adds = new Map<number, number>()
      for (const arc of arcs) {
        const add = into(arc) + (graph.model === 'turns' ? shift - arcUnits[arc]! : 0)
        for (const state of entriesOf(graph, arc)) adds.set(state, Math.min(add, adds.get(state) ?? add))
      }
      return { states: [...adds.keys()], adds: [...adds.values()] }
    },
    exit: ({ edge }) => Math.min(graph.endState[edge]!, graph.endState[edge ^ 1]!),
  }
}
