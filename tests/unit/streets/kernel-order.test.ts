import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { openCity } from '@hexhail/streets/city.ts'
import { junctionGraph } from '@hexhail/streets/graph/junction-graph.ts'
import { moveTimes } from '@hexhail/streets/graph/move-times.ts'
import { turnGraph } from '@hexhail/streets/graph/turn-graph.ts'
import { createKernel } from '@hexhail/streets/kernel/create-kernel.ts'
import { createPlainKernel } from '@hexhail/streets/kernel/plain-kernel.ts'
import { ancestorIndex } from '@hexhail/streets/labels/ancestor-index.ts'
import { dissect } from '@hexhail/streets/labels/dissect.ts'
import { buildHierarchy } from '@hexhail/streets/labels/hierarchy.ts'
import { separatorTree } from '@hexhail/streets/labels/separator-tree.ts'
import { arcOpen, arcTimeDs } from '@hexhail/streets/street-table.ts'
import { expect, test } from 'vitest'
import { gridTown, seeded } from './grid-town.ts'

const { streets } = openCity(buildCity(gridTown(8, seeded(3)), { name: 'Town' }).bytes)
const DRIVERS = 300

test.each([junctionGraph, turnGraph])('%o: of a crowd the lower orders are found, and no more', make => {
  const rng = seeded(4)
  const any = (below: number): number => Math.floor(rng() * below)
  const graph = make(streets)
  const hierarchy = buildHierarchy(graph, dissect(graph))
  const cells = separatorTree(hierarchy)
  const input = { graph, hierarchy, ancestors: ancestorIndex(hierarchy), cells }
  const arcTimes = Uint32Array.from({ length: streets.tail.length * 2 }, (_, arc) => arcTimeDs(streets, arc))
  const kernels = [createKernel(input), createPlainKernel(input)]
  for (const kernel of kernels) kernel.customise(moveTimes(graph, arcTimes, 1))
  const open = [...arcTimes.keys()].filter(arc => arcOpen(streets, arc))
  const crowded = Array.from({ length: 6 }, () => ({ edge: open[any(open.length)]!, fraction: any(3) / 2 }))
  // Some share an order, so that all of these are told; the last ones have none.
  const orders = Array.from({ length: DRIVERS }, (_, d) => (d < 280 ? any(150) : 0xffffffff))
  for (const kernel of kernels) for (let d = 0; d < 280; d++) kernel.setOrder(d, orders[d]!)

  const out = new Uint32Array(2 * DRIVERS)
  let shared = 0
  for (let round = 0; round < 60; round++) {
    for (let i = 0; i < DRIVERS; i++) {
      const { edge, fraction } = crowded[any(crowded.length)]!
      const driver = round === 0 ? i : any(DRIVERS)
      const onlyArc = rng() < 0.5 ? -1 : edge
      for (const kernel of kernels) {
        if (i % 9 === 8) {
          kernel.remove(2 * driver)
          kernel.remove(2 * driver + 1)
        } else kernel.placeDriver(driver, edge, fraction, onlyArc, 1 << (driver % 3))
      }
    }
    const goal =
      round % 2 === 0 ? crowded[any(crowded.length)]! : { edge: open[any(open.length)]!, fraction: rng() }
    const needs = round % 3 === 0 ? 0b10 : 0
    const ask = (k: number): number[][] =>
      kernels.map(kernel => {
        kernel.aimPlace(goal.edge, goal.fraction)
        const n = kernel.nearest(k, needs, out)
        return Array.from({ length: n }, (_, i) => [out[2 * i]!, orders[out[2 * i + 1]!]!, out[2 * i + 1]!])
          .sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]! || a[2]! - b[2]!)
          .flat()
      })
    const [all, plainly] = ask(DRIVERS)
    expect(all).toEqual(plainly)
    for (const k of [1, 4, 10]) {
      // Of all, the first k, and those who share time and order with the last of them.
      let end = 3 * k
      while (end < all!.length && all![end] === all![3 * k - 3] && all![end + 1] === all![3 * k - 2]) end += 3
      const wanted = all!.slice(0, end)
      if (all![end] === all![3 * k - 3]) shared++
      for (const found of ask(k)) expect(found).toEqual(wanted)
    }
  }
  expect(shared).toBeGreaterThan(60)
})
