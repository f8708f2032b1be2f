import { arcHead, arcOpen, arcTail, type StreetTable } from '../street-table.ts'
import { arcsOut } from './arcs-out.ts'
import type { StateGraph } from './state-graph.ts'
import { NO_STATE, strongGraph } from './strong-graph.ts'
import { turnAutomaton } from './turn-automaton.ts'
import { turnCosts } from './turn-cost.ts'

/**
 * The exact graph: a state the end of an open arc, plus one for each turn rule over several streets that a car is in
 * the middle of. A move turns, which costs time, and drives the next arc. Cars turn round at dead ends only, so a
 * town that is one ring and nothing else would be two graphs, of which one way round is kept.
 */
export function turnGraph(streets: StreetTable): StateGraph {
  const out = arcsOut(streets)
  const rules = turnAutomaton(streets)
  const turnDs = turnCosts(streets)
  const endState = new Uint32Array(streets.tail.length * 2).fill(NO_STATE)
  const stateOfContext: number[] = []
  const lastArc: number[] = []
  const context: number[] = []
  const addState = (arc: number, after: number): number => {
    context.push(after)
    return lastArc.push(arc) - 1
  }
  for (let arc = 0; arc < endState.length; arc++) {
    if (arcOpen(streets, arc)) endState[arc] = addState(arc, rules.start(arc))
  }
  rules.lastArc.forEach((arc, c) => {
    stateOfContext[c] = rules.length[c] === 1 ? endState[arc]! : addState(arc, c)
  })

  const firstOut = [0]
  const head: number[] = []
  const arcs: number[] = []
  const turns: number[] = []
  const xy: number[] = []
  lastArc.forEach((from, state) => {
    const [v, start] = [arcHead(streets, from), arcTail(streets, from)]
    for (const axis of [0, 1]) {
      xy.push((streets.junctionXy[2 * v + axis]! + streets.junctionXy[2 * start + axis]!) >> 1)
    }
    const deadEnd = out.first[v + 1]! - out.first[v]! === 1
    for (let k = out.first[v]!; k < out.first[v + 1]!; k++) {
      const to = out.arcs[k]!
      if ((to === (from ^ 1) && !deadEnd) || !rules.allows(context[state]!, to)) continue
      const after = rules.step(context[state]!, to)
      head.push(after < 0 ? endState[to]! : stateOfContext[after]!)
      arcs.push(to)
      turns.push(turnDs(from, to))
    }
    firstOut.push(head.length)
  })
  return strongGraph({ model: 'turns', xy, firstOut, head, arc: arcs, turnDs: turns, endState })
}
