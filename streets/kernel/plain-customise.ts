import { type KernelTables, NONE } from './kernel-tables.ts'
import { CLOSED } from './label-kernel.ts'
import type { WeightSet } from './weight-set.ts'

/** Give moves `from … end-1` to the arcs of the hierarchy, the least to each; next move. */
export function spread(
  { moveWay, inMove }: KernelTables,
  units: Uint32Array,
  { ways, inUnits }: WeightSet,
  from: number,
  end: number,
): number {
  if (from === 0) ways.fill(CLOSED)
  for (let m = from; m < end; m++) {
    inUnits[m] = Math.min(CLOSED, units[inMove[m]!]!)
    const way = moveWay[m]!
    if (way !== NONE && units[m]! < ways[way]!) ways[way] = units[m]!
  }
  return end
}

/**
 * Basic customisation (Dibbelt, Strasser and Wagner 2014): each pair of upward arcs of an id is a way between their
 * heads, which the arc between these may not exceed. From the last id to the first, each one asks all ids below that
 * have an arc to it; these stand in its list, and go on to that of the next head, for at each id only arcs to higher
 * heads are left to pair with. `done` ids are finished; new `done`.
 */
export class Triangles {
  readonly #tables: KernelTables
  /** By id: first in the list of those that ask here, next in the list that the id is in, its arc to the list's id. */
  readonly #first: Uint32Array
  readonly #next: Uint32Array
  readonly #arc: Uint32Array
  /** By id: where `ways` has the arc to it from the id at hand. */
  readonly #wayTo: Uint32Array

  constructor(tables: KernelTables) {
    this.#tables = tables
    const states = tables.depth.length
    this.#first = new Uint32Array(states)
    this.#next = new Uint32Array(states)
    this.#arc = new Uint32Array(states)
    this.#wayTo = new Uint32Array(states)
  }

  work({ ways }: WeightSet, done: number, work: number): number {
    const { upFirst, upHead } = this.#tables
    const states = this.#next.length
    const wayTo = this.#wayTo
    if (done === 0) this.#first.fill(NONE)
    let arcs = 0
    while (done < states && arcs < work) {
      const a = states - 1 - done++
      const first = upFirst[a]!
      const end = upFirst[a + 1]!
      arcs += end - first + 1
      for (let e = first; e < end; e++) wayTo[upHead[e]!] = 2 * e
      for (let v = this.#first[a]!; v !== NONE; arcs++) {
        const i = this.#arc[v]!
        const next = this.#next[v]!
        const upA = ways[2 * i]!
        const downA = ways[2 * i + 1]!
        for (let j = upFirst[v]!; j < i; j++) {
          const way = wayTo[upHead[j]!]!
          const climb = downA + ways[2 * j]!
          const fall = ways[2 * j + 1]! + upA
          if (climb < ways[way]!) ways[way] = climb
          if (fall < ways[way + 1]!) ways[way + 1] = fall
        }
        this.#enlist(v, i)
        v = next
      }
      this.#enlist(a, end)
    }
    return done
  }

  /** Put an id into the list of the head of the arc before `arc`, unless there is no pair of arcs left. */
  #enlist(v: number, arc: number): void {
    const { upFirst, upHead } = this.#tables
    if (arc < upFirst[v]! + 2) return
    const head = upHead[arc - 1]!
    this.#next[v] = this.#first[head]!
    this.#arc[v] = arc - 1
    this.#first[head] = v
  }
}
