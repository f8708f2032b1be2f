import type { StateGraph } from '@hexhail/streets/graph/state-graph.ts'
import { NO_STATE } from '@hexhail/streets/graph/strong-graph.ts'
import { fractionOn } from '@hexhail/streets/route/place-access.ts'
import type { Place } from '@hexhail/streets/router.ts'
import type { GoalJudge } from '../../unit/streets/street-oracle.ts'

/** Times of all arcs and before all moves, in units. */
export interface PlainTimes {
  readonly arcUnits: Uint32Array
  readonly turnUnits: Uint16Array
}

/** Plain Dijkstra from a place backward: the rival that any program could have instead, and the judge of answers. */
export interface PlainDijkstra {
  /** Settles states nearest first, with the units from each to `to`, until `visit` says «enough». */
  search(times: PlainTimes, to: Place, visit: (state: number, units: number) => boolean): void
  /** Units from a place that is left over `arcs` to the goal of the last search; of states settled by it. */
  unitsFrom(from: Place, arcs: readonly number[]): number
}

/** Made for one graph; a search sees only what the graph says and the rules of places: no label, no hierarchy. */
export function plainDijkstra(graph: StateGraph): PlainDijkstra {
  const { states, firstOut, head, arc: arcOf, endState } = graph
  const { firstIn, inTail, inMove } = movesInto(graph)
  const tailOf = new Uint32Array(head.length)
  for (let s = 0; s < states; s++) tailOf.fill(s, firstOut[s]!, firstOut[s + 1]!)
  const movesOver = Map.groupBy([...arcOf.keys()], m => arcOf[m]!)
  const units = new Float64Array(states)
  // The search that has reached a state last: to clear all units before each would take longer than a short search.
  const reachedIn = new Uint32Array(states)
  let search = 0
  // A binary heap of numbers that hold the units above and the state below.
  const heap = new Float64Array(head.length + 1024)
  const STATES = 2 ** Math.ceil(Math.log2(states + 1))
  let size = 0
  let times: PlainTimes
  let goal: Place
  const push = (state: number, at: number): void => {
    if (reachedIn[state] === search && at >= units[state]!) return
    reachedIn[state] = search
    units[state] = at
    const item = at * STATES + state
    let i = size++
    for (let up = (i - 1) >> 1; i > 0 && heap[up]! > item; up = (i - 1) >> 1) {
      heap[i] = heap[up]!
      i = up
    }
    heap[i] = item
  }
  const pop = (): number => {
    const top = heap[0]!
    const item = heap[--size]!
    let i = 0
    for (let c = 1; c < size; c = 2 * i + 1) {
      if (c + 1 < size && heap[c + 1]! < heap[c]!) c++
      if (heap[c]! >= item) break
      heap[i] = heap[c]!
      i = c
    }
    heap[i] = item
    return top
  }
  const into = (place: Place, arc: number): number =>
    Math.round(times.arcUnits[arc]! * fractionOn(place, arc))

  return {
    search(now, to, visit) {
      times = now
      goal = to
      size = 0
      search++
      for (const arc of [to.edge, to.edge ^ 1]) {
        if (endState[arc] === NO_STATE) continue
        for (const m of movesOver.get(arc) ?? []) push(tailOf[m]!, times.turnUnits[m]! + into(to, arc))
      }
      while (size > 0) {
        const item = pop()
        const at = Math.floor(item / STATES)
        const state = item - at * STATES
        if (at > units[state]!) continue
        if (visit(state, at)) return
        for (let i = firstIn[state]!; i < firstIn[state + 1]!; i++) {
          const m = inMove[i]!
          push(inTail[i]!, at + times.turnUnits[m]! + times.arcUnits[arcOf[m]!]!)
        }
      }
    },
    unitsFrom(from, arcs) {
      let best = Infinity
      for (const arc of arcs) {
        if (endState[arc] === NO_STATE) continue
        const state = endState[arc]!
        if (reachedIn[state] === search)
          best = Math.min(best, times.arcUnits[arc]! - into(from, arc) + units[state]!)
        if (arc >> 1 === goal.edge >> 1 && fractionOn(goal, arc) >= fractionOn(from, arc))
          best = Math.min(best, into(goal, arc) - into(from, arc))
      }
      return best
    },
  }
}

/** A plain search as the judge of times to one goal. */
export function plainJudge(plain: PlainDijkstra): GoalJudge {
  return {
    aim: (times, to) => plain.search(times, to, () => false),
    unitsFrom: plain.unitsFrom,
  }
}

/** The moves of a graph by the state that they end in. */
function movesInto({ states, firstOut, head }: StateGraph) {
  const firstIn = new Uint32Array(states + 1)
  for (const state of head) firstIn[state + 1]!++
  for (let s = 0; s < states; s++) firstIn[s + 1]! += firstIn[s]!
  const next = firstIn.slice()
  const inTail = new Uint32Array(head.length)
  const inMove = new Uint32Array(head.length)
  for (let s = 0; s < states; s++) {
    for (let m = firstOut[s]!; m < firstOut[s + 1]!; m++) {
      const i = next[head[m]!]!++
      inTail[i] = s
      inMove[i] = m
    }
  }
  return { firstIn, inTail, inMove }
}
