import { arcHead, arcOpen, type StreetTable } from '../street-table.ts'
import { arcsOut } from './arcs-out.ts'
import type { StateGraph } from './state-graph.ts'
import { NO_STATE, strongGraph } from './strong-graph.ts'
import { turnAutomaton } from './turn-automaton.ts'

/**
 * The small graph: a state a junction, plus one for each beginning of a turn rule. An arc that begins a rule leads to
 * its own copy of the junction, which lacks the turns that are forbidden and remembers the rule over further streets.
 * Turns cost nothing and a car may turn round wherever no rule forbids it.
 */
export function junctionGraph(streets: StreetTable): StateGraph {
  const junctions = streets.junctionXy.length / 2
  const out = arcsOut(streets)
  const rules = turnAutomaton(streets)
  const stateAfter = (context: number, arc: number): number =>
    context < 0 ? arcHead(streets, arc) : junctions + context

  const xy = [...streets.junctionXy]
  const firstOut = [0]
  const head: number[] = []
  const arcs: number[] = []
  const leave = (junction: number, context: number): void => {
    for (let k = out.first[junction]!; k < out.first[junction + 1]!; k++) {
      const arc = out.arcs[k]!
      if (!rules.allows(context, arc)) continue
      head.push(stateAfter(rules.step(context, arc), arc))
      arcs.push(arc)
    }
    firstOut.push(head.length)
  }
  for (let v = 0; v < junctions; v++) leave(v, -1)
  rules.lastArc.forEach((arc, context) => {
    const v = arcHead(streets, arc)
    xy.push(streets.junctionXy[2 * v]!, streets.junctionXy[2 * v + 1]!)
    leave(v, context)
  })
  const endState = Uint32Array.from({ length: streets.tail.length * 2 }, (_, arc) =>
    arcOpen(streets, arc) ? stateAfter(rules.start(arc), arc) : NO_STATE,
  )
  return strongGraph({
    model: 'junctions',
    xy,
    firstOut,
    head,
    arc: arcs,
    turnDs: head.map(() => 0),
    endState,
  })
}
