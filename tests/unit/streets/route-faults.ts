import { greatCircleM } from '@hexhail/protocol/geo.ts'
import type { City } from '@hexhail/streets/city.ts'
import type { StateGraph } from '@hexhail/streets/graph/state-graph.ts'
import { turnRules } from '@hexhail/streets/graph/turn-rules.ts'
import type { Place, Route } from '@hexhail/streets/router.ts'
import { arcHead, arcOpen, arcTail } from '@hexhail/streets/street-table.ts'

/** What is wrong with a route: it drives open streets the right way, one after the other, by turns that no rule forbids. */
export function faultsOf(
  { streets }: Pick<City, 'streets'>,
  graph: StateGraph,
  { edges, junctions, geometry, legs, steps, ...route }: Route,
  from: Place,
  to: Place,
): string[] {
  const rules = turnRules(streets)
  const faults: string[] = []
  const check = (isRight: boolean, fault: string): void => void (isRight || faults.push(fault))
  for (const [i, edge] of edges.entries()) {
    check(arcOpen(streets, edge), `${edge} is driven the wrong way`)
    if (i === 0) continue
    const before = edges[i - 1]!
    check(arcTail(streets, edge) === arcHead(streets, before), `${edge} does not follow ${before}`)
    if (graph.model === 'turns' && edge === (before ^ 1)) {
      const open = [...Array(streets.tail.length * 2).keys()].filter(
        arc => arcOpen(streets, arc) && arcTail(streets, arc) === arcTail(streets, edge),
      )
      check(open.length === 1, `${edge} turns round`)
    }
    const here = rules.filter(rule => rule.arcs[0] === before)
    const only = here.filter(rule => rule.only)
    const isNamed = (only.length > 0 ? only : here).some(rule => rule.arcs[1] === edge)
    check(isNamed === only.length > 0, `${before} to ${edge} is forbidden`)
  }
  const sum = (parts: readonly number[]): number => Math.round(10 * parts.reduce((a, b) => a + b, 0))
  check(
    sum(legs.map(leg => leg.distanceM)) === sum([route.distanceM]),
    'the legs are not as long as the whole',
  )
  check(sum(legs.map(leg => leg.durationS)) === sum([route.durationS]), 'the legs do not take as long')
  check(sum(steps.map(step => step.distanceM)) === sum([route.distanceM]), 'the steps are not as long')
  const passed = edges.slice(1).map(edge => arcTail(streets, edge))
  check(junctions.join() === passed.join(), 'the junctions are not those between the edges')
  check(edges[0]! >> 1 === from.edge >> 1 && edges.at(-1)! >> 1 === to.edge >> 1, 'other streets')
  check(greatCircleM(geometry[0]!, from.at) < 0.02, 'the line begins elsewhere')
  check(greatCircleM(geometry.at(-1)!, to.at) < 0.02, 'the line ends elsewhere')
  check(
    geometry.length === 2 || geometry.every((at, i) => i === 0 || at.join() !== geometry[i - 1]!.join()),
    'a point stands twice in the line',
  )
  check(steps[0]!.kind === 'depart' && steps.at(-1)!.kind === 'arrive', 'it does not depart or arrive')
  return faults
}
