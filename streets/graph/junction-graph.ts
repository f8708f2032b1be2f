import type { StreetTable } from '../street-table.ts'
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
  const { junctionXy, tail, head: headOf } = streets
  const junctions = junctionXy.length / 2
  const out = arcsOut(streets)
  const rules = turnAutomaton(streets)
  const contexts = rules.lastArc.length
  const ends = (arc: number): number => (arc & 1 ? tail[arc >> 1]! : headOf[arc >> 1]!)

  const endState = new Uint32Array(tail.length * 2).fill(NO_STATE)
  for (let k = 0; k < out.arcs.length; k++) {
    const a = out.arcs[k]!
    endState[a] = a & 1 ? tail[a >> 1]! : headOf[a >> 1]!
  }
  rules.lastArc.forEach((a, context) => {
    if (rules.length[context] === 1 && endState[a] !== NO_STATE) endState[a] = junctions + context
  })

  const xy = new Int32Array(2 * (junctions + contexts))
  xy.set(junctionXy)
  const firstOut = new Uint32Array(junctions + contexts + 1)
  firstOut.set(out.first)
  let moves = out.arcs.length
  for (const a of rules.lastArc) moves += out.first[ends(a) + 1]! - out.first[ends(a)]!
  const arc = new Uint32Array(moves)
  const head = new Uint32Array(moves)
  arc.set(out.arcs)
  for (let m = 0; m < out.arcs.length; m++) head[m] = endState[arc[m]!]!
  moves = out.arcs.length
  rules.lastArc.forEach((last, context) => {
    const v = ends(last)
    xy[2 * (junctions + context)] = junctionXy[2 * v]!
    xy[2 * (junctions + context) + 1] = junctionXy[2 * v + 1]!
    for (let k = out.first[v]!; k < out.first[v + 1]!; k++) {
      const next = out.arcs[k]!
      if (!rules.allows(context, next)) continue
      const after = rules.step(context, next)
      arc[moves] = next
      head[moves++] = after < 0 ? endState[next]! : junctions + after
    }
    firstOut[junctions + context + 1] = moves
  })
  return strongGraph({
    model: 'junctions',
    xy,
    firstOut,
    head: head.subarray(0, moves),
    arc: arc.subarray(0, moves),
    turnDs: new Uint16Array(moves),
    endState,
  })
}
