import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { type City, openCity } from '@hexhail/streets/city.ts'
import { junctionGraph } from '@hexhail/streets/graph/junction-graph.ts'
import { moveTimes } from '@hexhail/streets/graph/move-times.ts'
import { turnGraph } from '@hexhail/streets/graph/turn-graph.ts'
import { compileKernel } from '@hexhail/streets/kernel/compile-kernel.ts'
import { FAR, type PlaceList, WAY_WORDS } from '@hexhail/streets/kernel/label-kernel.ts'
import { createPlainKernel } from '@hexhail/streets/kernel/plain-kernel.ts'
import { createWasmKernel } from '@hexhail/streets/kernel/wasm-kernel.ts'
import { ancestorIndex } from '@hexhail/streets/labels/ancestor-index.ts'
import { dissect } from '@hexhail/streets/labels/dissect.ts'
import { buildHierarchy } from '@hexhail/streets/labels/hierarchy.ts'
import { separatorTree } from '@hexhail/streets/labels/separator-tree.ts'
import type { Place } from '@hexhail/streets/router.ts'
import { arcOpen, arcTimeDs } from '@hexhail/streets/street-table.ts'
import { expect, test } from 'vitest'
import { graphOracle } from './dijkstra-oracle.ts'
import { gridTown, seeded } from './grid-town.ts'

const NO_PLACE: Place = { edge: 0xffffffff, fraction: 0, at: [0, 0] }
const listOf = (places: readonly Place[]): PlaceList => ({
  edges: Uint32Array.from(places, p => p.edge),
  fractions: Float64Array.from(places, p => p.fraction),
})

/** Places anywhere, at the ends of streets, and many on few streets; some of them by the arc that is closed. */
function somePlaces({ streets }: City, count: number, rng: () => number): Place[] {
  const any = (below: number): number => Math.floor(rng() * below)
  const few = Array.from({ length: 3 }, () => any(streets.tail.length))
  return Array.from({ length: count }, () => {
    const edge = 2 * (rng() < 0.4 ? few[any(3)]! : any(streets.tail.length)) + any(2)
    const where = rng()
    const fraction = where < 0.1 ? 0 : where < 0.2 ? 1 : where < 0.4 ? any(5) / 4 : rng()
    return { edge, fraction, at: [0, 0] }
  })
}

test.each([junctionGraph, turnGraph])(
  '%o: both kernels time places as Dijkstra does, alone, to a goal, all pairs, and prepared',
  make => {
    let [compared, aheads, rounds] = [0, 0, 0]
    for (let seed = 1; seed <= 30; seed++) {
      const rng = seeded(seed * 104_729)
      const city = openCity(buildCity(gridTown(3 + (seed % 4), rng), { name: 'Town' }).bytes)
      const graph = make(city.streets)
      if (graph.states === 0) continue
      const hierarchy = buildHierarchy(graph, dissect(graph))
      const cells = separatorTree(hierarchy, 4)
      const input = { graph, hierarchy, ancestors: ancestorIndex(hierarchy), cells }
      const kernels = [createPlainKernel(input), createWasmKernel(compileKernel()!, input)]
      const froms = [...somePlaces(city, 14, rng), NO_PLACE]
      const tos = [...somePlaces(city, 10, rng), NO_PLACE, ...froms.slice(0, 3)]
      const prepared = kernels.map(kernel => {
        // What was there before is written over.
        kernel.prepare(listOf(tos)).release()
        return kernel.prepare(listOf([...froms, ...tos]))
      })
      for (const slow of [1, 3]) {
        const arcDs = Int32Array.from({ length: graph.endState.length }, (_, arc) =>
          Math.max(1, Math.floor(arcTimeDs(city.streets, arc) * (slow === 1 ? 1 : 0.5 + 3 * rng()))),
        )
        const times = moveTimes(graph, arcDs, 1)
        for (const kernel of kernels) kernel.customise(times)
        // Both arcs, and each alone.
        const wanted = [-1, 0, 1].map(only =>
          froms.map(from => {
            if (from === NO_PLACE) return tos.map(() => FAR)
            const to = graphOracle(graph, times, from, only < 0 ? undefined : [from.edge ^ only])
            return tos.map(place => (place === NO_PLACE ? FAR : Math.min(FAR, to(place))))
          }),
        )
        const ways = kernels.map((kernel, which) => {
          const seconds = new Float64Array(froms.length + tos.length)
          const table = new Float64Array(froms.length * tos.length)
          kernel.tablePlaces(listOf(froms), listOf(tos), 20, table)
          expect([...table]).toEqual(wanted[0]!.flat().map(units => (units < FAR ? 2 * units : Infinity)))
          const column = new Uint32Array(froms.length)
          return tos.flatMap((to, j) => {
            kernel.aimPlace(to.edge, to.fraction)
            kernel.manyPlaces(listOf(froms), column)
            expect([...column]).toEqual(wanted[0]!.map(row => row[j]))
            prepared[which]!.toGoal(20, seconds)
            expect([...seconds.subarray(0, froms.length)]).toEqual(
              wanted[0]!.map(row => (row[j]! < FAR ? 2 * row[j]! : Infinity)),
            )
            return froms.map((from, i) => {
              const pair = [from.edge, from.fraction, to.edge, to.fraction] as const
              expect(kernel.betweenPlaces(...pair)).toBe(wanted[0]![i]![j])
              expect(prepared[which]!.between(i, froms.length + j)).toBe(wanted[0]![i]![j])
              wanted.forEach((rows, n) => {
                const onlyArc = n === 0 ? -1 : from.edge ^ (n - 1)
                expect(kernel.placeToGoal(from.edge, from.fraction, onlyArc)).toBe(rows[i]![j])
              })
              const way = new Uint32Array(WAY_WORDS)
              const units = kernel.wayBetween(...pair, way)
              expect(units).toBe(wanted[0]![i]![j])
              compared++
              return units < FAR ? [...way] : []
            })
          })
        })
        expect(ways[1]).toEqual(ways[0])
        aheads += ways[0]!.filter(way => way[2] === 0xffffffff).length
        rounds += ways[0]!.filter(way => way.length > 0 && way[3] !== 0xffffffff).length
      }
    }
    expect(compared).toBeGreaterThan(10_000)
    expect(aheads).toBeGreaterThan(100)
    if (make === turnGraph) expect(rounds).toBeGreaterThan(50)
    console.log(
      `${make.name}: 0 wrong of ${compared}, ${aheads} ahead on one street, ${rounds} round the block`,
    )
  },
)

test('a goal that is a place outlives new weights', () => {
  const rng = seeded(77)
  const city = openCity(buildCity(gridTown(5, rng), { name: 'Town' }).bytes)
  const graph = turnGraph(city.streets)
  const hierarchy = buildHierarchy(graph, dissect(graph))
  const input = {
    graph,
    hierarchy,
    ancestors: ancestorIndex(hierarchy),
    cells: separatorTree(hierarchy),
  }
  const [goal, ...froms] = somePlaces(city, 12, rng).filter(p => arcOpen(city.streets, p.edge)) as [
    Place,
    Place,
  ]
  for (const kernel of [createPlainKernel(input), createWasmKernel(compileKernel()!, input)]) {
    const customise = (slow: number) => {
      const times = moveTimes(
        graph,
        Int32Array.from(graph.endState, (_, arc) => slow * (40 + (arc % 7))),
        1,
      )
      kernel.customise(times)
      return times
    }
    customise(1)
    kernel.aimPlace(goal.edge, goal.fraction)
    const times = customise(2)
    for (const from of froms)
      expect(kernel.placeToGoal(from.edge, from.fraction, -1)).toBe(
        Math.min(FAR, graphOracle(graph, times, from)(goal)),
      )
  }
})

test('a table of more places than are worked on at once holds what each pair does', () => {
  const rng = seeded(78)
  const city = openCity(buildCity(gridTown(9, rng), { name: 'Town' }).bytes)
  const graph = turnGraph(city.streets)
  const hierarchy = buildHierarchy(graph, dissect(graph))
  const cells = separatorTree(hierarchy)
  const kernel = createWasmKernel(compileKernel()!, {
    graph,
    hierarchy,
    cells,
    ancestors: ancestorIndex(hierarchy),
  })
  const arcDs = Int32Array.from(graph.endState, (_, arc) => arcTimeDs(city.streets, arc))
  const times = moveTimes(graph, arcDs, 1)
  kernel.customise(times)
  const [froms, tos] = [listOf(somePlaces(city, 90, rng)), listOf(somePlaces(city, 2100, rng))]
  const table = new Float64Array(90 * 2100)
  kernel.tablePlaces(froms, tos, 10, table)
  let wrong = 0
  for (let i = 0, at = 0; i < 90; i++)
    for (let j = 0; j < 2100; j++, at++) {
      const units = kernel.betweenPlaces(
        ...([froms.edges[i]!, froms.fractions[i]!, tos.edges[j]!, tos.fractions[j]!] as const),
      )
      if (table[at] !== (units < FAR ? units : Infinity)) wrong++
    }
  expect(wrong).toBe(0)
  expect(table.filter(units => units < FAR).length).toBeGreaterThan(100_000)
})
