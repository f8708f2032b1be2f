import { arcHead, type StreetTable } from '../street-table.ts'
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
  for (let k = 0; k < out.arcs.length; k++) endState[out.arcs[k]!] = 0
  let states = 0
  for (let arc = 0; arc < endState.length; arc++) if (endState[arc] === 0) endState[arc] = states++
  const stateOfContext = rules.lastArc.map((arc, c) => (rules.length[c] === 1 ? endState[arc]! : states++))
  const lastArc = new Uint32Array(states)
  const context = new Int32Array(states).fill(-1)
  for (let k = 0; k < out.arcs.length; k++) lastArc[endState[out.arcs[k]!]!] = out.arcs[k]!
  stateOfContext.forEach((state, c) => {
    if (state === NO_STATE) return
    lastArc[state] = rules.lastArc[c]!
    context[state] = c
  })

  let room = 0
  for (let state = 0; state < states; state++) {
    const v = arcHead(streets, lastArc[state]!)
    room += out.first[v + 1]! - out.first[v]!
  }
  const firstOut = new Uint32Array(states + 1)
  const head = new Uint32Array(room)
  const arcs = new Uint32Array(room)
  const turns = new Uint16Array(room)
  let moves = 0
  for (let state = 0; state < states; state++) {
    const from = lastArc[state]!
    const after = context[state]!
    const v = arcHead(streets, from)
    const end = out.first[v + 1]!
    const deadEnd = end - out.first[v]! === 1
    for (let k = out.first[v]!; k < end; k++) {
      const to = out.arcs[k]!
      if ((to === (from ^ 1) && !deadEnd) || (after >= 0 && !rules.allows(after, to))) continue
      const next = after < 0 ? -1 : rules.step(after, to)
      head[moves] = next < 0 ? endState[to]! : stateOfContext[next]!
      arcs[moves] = to
      turns[moves++] = turnDs(from, to)
    }
    firstOut[state + 1] = moves
  }
  return strongGraph({
    model: 'turns',
    xy: middles(streets, lastArc),
    firstOut,
    head: head.subarray(0, moves),
    arc: arcs.subarray(0, moves),
    turnDs: turns.subarray(0, moves),
    endState,
  })
}

/** Middles between the ends of arcs. */
function middles({ junctionXy, tail, head }: StreetTable, arcs: Uint32Array): Int32Array {
  const xy = new Int32Array(2 * arcs.length)
  for (let i = 0; i < arcs.length; i++) {
    const a = 2 * tail[arcs[i]! >> 1]!
    const b = 2 * head[arcs[i]! >> 1]!
    xy[2 * i] = (junctionXy[a]! + junctionXy[b]!) >> 1
    xy[2 * i + 1] = (junctionXy[a + 1]! + junctionXy[b + 1]!) >> 1
  }
  return xy
}
