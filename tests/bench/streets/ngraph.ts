import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import type { Place } from '@hexhail/streets/router.ts'
import { arcHead, arcOpen, arcTail, type StreetTable } from '@hexhail/streets/street-table.ts'
import { requireFrom } from '../npm-rivals.ts'
import { type Timing, timeCalls } from './sample.ts'

interface Graph {
  addNode(id: number, data: LngLat): void
  addLink(from: number, to: number, data: number): void
}
interface Node {
  readonly id: number
  readonly data: LngLat
}
interface Options {
  readonly oriented: true
  distance(a: Node, b: Node, link: { readonly data: number }): number
  heuristic(a: Node, b: Node): number
}

/** The best search of ngraph.path (NBA*) between junctions, without turn rules, by the same arc times. */
export function timeNgraph(
  dir: string,
  streets: StreetTable,
  arcTimeDs: ArrayLike<number>,
  places: readonly Place[],
): Timing {
  const createGraph = requireFrom<{ default?: () => Graph } & (() => Graph)>(dir, 'ngraph.graph')
  const { nba } = requireFrom<{ nba: (graph: Graph, o: Options) => { find(a: number, b: number): unknown } }>(
    dir,
    'ngraph.path',
  )
  const graph = (createGraph.default ?? createGraph)()
  const { junctionXy } = streets
  const at = (v: number): LngLat => [junctionXy[2 * v]! / 1e6, junctionXy[2 * v + 1]! / 1e6]
  for (let v = 0; v < junctionXy.length / 2; v++) graph.addNode(v, at(v))
  let fastest = 0
  for (let arc = 0; arc < arcTimeDs.length; arc++) {
    if (!arcOpen(streets, arc)) continue
    const [from, to] = [arcTail(streets, arc), arcHead(streets, arc)]
    graph.addLink(from, to, arcTimeDs[arc]!)
    fastest = Math.max(fastest, greatCircleM(at(from), at(to)) / arcTimeDs[arc]!)
  }
  const finder = nba(graph, {
    oriented: true,
    distance: (_a, _b, link) => link.data,
    heuristic: (a, b) => greatCircleM(a.data, b.data) / fastest,
  })
  const ends = places.map(({ edge }) => arcHead(streets, edge))
  return timeCalls(i => finder.find(ends[i % ends.length]!, ends[(i * 7 + 3) % ends.length]!), {
    samples: 100,
    budgetMs: 3000,
  })
}
