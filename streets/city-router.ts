import { type City, junctionOrderOf } from './city.ts'
import { junctionGraph } from './graph/junction-graph.ts'
import type { StateGraph } from './graph/state-graph.ts'
import { turnGraph } from './graph/turn-graph.ts'
import { createKernel } from './kernel/create-kernel.ts'
import { createPlainKernel } from './kernel/plain-kernel.ts'
import { dissect } from './labels/dissect.ts'
import { createRouter } from './route/label-router.ts'
import type { CityRouter } from './router.ts'

/**
 * Router of a city. `junctions` is small and quick to open; `turns` knows what turns cost and that nobody turns round
 * in the street, and needs an order of its own: without `turnOrder` it is made here, which takes a second or more.
 */
export function createCityRouter(
  city: Pick<City, 'streets' | 'names' | 'info' | 'junctionRank'>,
  model: StateGraph['model'] = 'junctions',
  turnOrder: (graph: StateGraph) => Uint32Array = dissect,
): CityRouter {
  const graph = model === 'junctions' ? junctionGraph(city.streets) : turnGraph(city.streets)
  const order = model === 'junctions' ? junctionOrderOf(city, graph.states) : turnOrder(graph)
  // Nobody drives in a city without streets: no kernel in WebAssembly for that.
  return createRouter(city, {
    graph,
    order,
    createKernel: graph.states > 0 ? createKernel : createPlainKernel,
  })
}
