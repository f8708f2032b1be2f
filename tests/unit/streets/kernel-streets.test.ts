import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { openCity } from '@hexhail/streets/city.ts'
import { junctionGraph } from '@hexhail/streets/graph/junction-graph.ts'
import { moveWeights, type StateGraph } from '@hexhail/streets/graph/state-graph.ts'
import { turnGraph } from '@hexhail/streets/graph/turn-graph.ts'
import { createKernel } from '@hexhail/streets/kernel/create-kernel.ts'
import { createPlainKernel } from '@hexhail/streets/kernel/plain-kernel.ts'
import { ancestorIndex } from '@hexhail/streets/labels/ancestor-index.ts'
import { dissect } from '@hexhail/streets/labels/dissect.ts'
import { buildHierarchy } from '@hexhail/streets/labels/hierarchy.ts'
import { separatorTree } from '@hexhail/streets/labels/separator-tree.ts'
import { arcOpen, arcTimeDs } from '@hexhail/streets/street-table.ts'
import { expect, test } from 'vitest'
import { entriesOf } from './entries-of.ts'
import { gridTown, seeded } from './grid-town.ts'
import { timesFrom } from './label-reference.ts'

const { streets } = openCity(buildCity(gridTown(24, seeded(21)), { name: 'Town' }).bytes)
const arcs = [...Array(streets.tail.length * 2).keys()].filter(arc => arcOpen(streets, arc))

for (const make of [junctionGraph, turnGraph]) {
  const graph: StateGraph = make(streets)

  test(`in a town of streets (${graph.model}) every place is a goal, and drivers come to it in the time of Dijkstra`, () => {
    const rng = seeded(22)
    const any = (below: number): number => Math.floor(rng() * below)
    const hierarchy = buildHierarchy(graph, dissect(graph))
    const cells = separatorTree(hierarchy)
    const input = { graph, hierarchy, ancestors: ancestorIndex(hierarchy), cells }
    const times = Uint32Array.from({ length: streets.tail.length * 2 }, (_, arc) => arcTimeDs(streets, arc))
    const weights = moveWeights(graph, times)
    const stands = Array.from({ length: 30 }, () => any(graph.states))
    const rests = stands.map(() => any(100))
    const from = stands.map(s => timesFrom(graph, weights, s))
    const kernels = [createKernel(input), createPlainKernel(input)]
    for (const kernel of kernels) {
      kernel.customise({ moveUnits: weights })
      stands.forEach((s, i) => {
        kernel.place(i, s, rests[i]!, 1000 - i, 1 << (i % 3))
      })
    }
    let goals = 0
    for (const arc of arcs) {
      const entries = [arc, arc ^ 1].filter(a => arcOpen(streets, a)).flatMap(a => [...entriesOf(graph, a)])
      if (entries.length === 0) continue
      goals++
      const adds = entries.map(() => any(50))
      const to = (i: number): number =>
        Math.min(...entries.map((e, n) => from[i]![e]! + adds[n]! + rests[i]!), 0xffff)
      const wanted = stands
        .flatMap((_, i) => (i % 3 === 1 && to(i) < 0xffff ? [[to(i), 1000 - i]] : []))
        .sort((a, b) => a[0]! - b[0]! || b[1]! - a[1]!)
        .filter(([units], _, all) => units! <= (all[3]?.[0] ?? 0xffff))
      for (const kernel of kernels) {
        kernel.aim(entries, adds)
        const out = new Uint32Array(60)
        const n = kernel.nearest(4, 0b10, out)
        const found = Array.from({ length: n }, (_, i) => [...out.subarray(2 * i, 2 * i + 2)])
        expect(found.sort((a, b) => a[0]! - b[0]! || b[1]! - a[1]!)).toEqual(wanted)
      }
    }
    expect(goals).toBeGreaterThan(1000)
  })
}
