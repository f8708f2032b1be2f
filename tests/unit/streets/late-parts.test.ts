import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { openCity } from '@hexhail/streets/city.ts'
import { turnGraph } from '@hexhail/streets/graph/turn-graph.ts'
import { compileKernel } from '@hexhail/streets/kernel/compile-kernel.ts'
import { createPlainKernel } from '@hexhail/streets/kernel/plain-kernel.ts'
import { createWasmKernel } from '@hexhail/streets/kernel/wasm-kernel.ts'
import { dissect } from '@hexhail/streets/labels/dissect.ts'
import { randomPlace } from '@hexhail/streets/random-place.ts'
import { createRouter } from '@hexhail/streets/route/label-router.ts'
import type { CityRouter } from '@hexhail/streets/router.ts'
import { arcTimeDs } from '@hexhail/streets/street-table.ts'
import { expect, test } from 'vitest'
import { gridTown, seeded } from './grid-town.ts'

const PARTS = ['distanceM', 'durationS', 'edges', 'junctions', 'geometry', 'legs', 'steps'].sort()

const rng = seeded(21)
const city = openCity(buildCity(gridTown(7, rng), { name: 'Town' }).bytes)
const graph = turnGraph(city.streets)
const order = dissect(graph)
const routerOver = (createKernel: typeof createPlainKernel): CityRouter =>
  createRouter(city, { graph, order, createKernel })
const wasm = routerOver(input => createWasmKernel(compileKernel()!, input))
const pairs = Array.from({ length: 60 }, () => [randomPlace(city, rng), randomPlace(city, rng)] as const)

test('a route is the same from both kernels', () => {
  const plain = routerOver(createPlainKernel)
  for (const [from, to] of pairs) expect(plain.route(from, to)).toEqual(wasm.route(from, to))
})

test('the parts that are made late are there for whoever copies, sends or writes a route, and made once', () => {
  for (const [from, to] of pairs) {
    const route = wasm.route(from, to)!
    const again = () => wasm.route(from, to)!
    expect(Object.keys(route).sort()).toEqual(PARTS)
    const plain = { ...route }
    expect(Object.values(Object.getOwnPropertyDescriptors(plain)).every(part => 'value' in part)).toBe(true)
    expect(structuredClone(again())).toEqual(plain)
    expect(JSON.parse(JSON.stringify(again()))).toEqual(plain)
    expect(again()).toEqual(plain)
    expect(again()).not.toEqual({ ...plain, legs: [] })
    for (const part of ['junctions', 'geometry', 'legs', 'steps'] as const)
      expect(route[part]).toBe(plain[part])
  }
})

test('what is read later is told by the times of the answer', () => {
  const jam = Int32Array.from({ length: graph.endState.length }, (_, arc) => 3 * arcTimeDs(city.streets, arc))
  for (const [from, to] of pairs) {
    const route = wasm.route(from, to)!
    const told = { ...wasm.route(from, to)! }
    wasm.setTraffic(jam)
    expect(wasm.route(from, to)!.durationS).toBeGreaterThan(route.durationS)
    expect(route).toEqual(told)
    wasm.setTraffic(null)
  }
})
