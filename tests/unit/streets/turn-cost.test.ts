import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { openCity } from '@hexhail/streets/city.ts'
import { turnCosts } from '@hexhail/streets/graph/turn-cost.ts'
import { turnGraph } from '@hexhail/streets/graph/turn-graph.ts'
import { arcOpen, arcTail } from '@hexhail/streets/street-table.ts'
import { expect, test } from 'vitest'
import { arcOf, nineCrossings } from './nine-crossings.ts'

test('right turns are cheaper than left ones, straight on costs next to nothing, bends without a crossing nothing', () => {
  const streets = nineCrossings([])
  const cost = turnCosts(streets)
  const turn = (from: string, to: string): number => cost(arcOf(streets, from), arcOf(streets, to))
  expect(
    ['DE', 'BE', 'FE', 'HE'].map(from => turn(from, `E${{ DE: 'H', BE: 'D', FE: 'B', HE: 'F' }[from]}`)),
  ).toEqual(Array(4).fill(turn('DE', 'EH')))
  // 7.5 s / (1 + e^(6.5 · 1.075 − 13 / 1.075 · 90 / 180)) and its mirror, from OSRM's car profile.
  expect(turn('DE', 'EH')).toBe(21)
  expect(turn('DE', 'EB')).toBe(54)
  expect(turn('DE', 'EF')).toBe(0)
  expect(turn('DA', 'AB')).toBe(0)
  expect(turn('FX', 'XF')).toBe(200)
})

test.each([0, -34.9, 49.4, 60, 69.6])('at latitude %f° turns cost what OSRM’s formula says', latitude => {
  const east = 1 / Math.cos((latitude * Math.PI) / 180)
  const arms = Array.from({ length: 11 }, (_, i) => 20 + i * 32)
  const at = (bearing: number): [number, number] => [
    0.001 * east * Math.sin((bearing * Math.PI) / 180),
    latitude + 0.001 * Math.cos((bearing * Math.PI) / 180),
  ]
  const features = arms.map(
    (bearing, id) =>
      ({
        kind: 'way',
        id,
        tags: { highway: 'residential', name: `${bearing}` },
        line: [[0, latitude], at(bearing)],
      }) as const,
  )
  const { streets, names } = openCity(buildCity(features, { name: 'Star' }).bytes)
  const cost = turnCosts(streets)
  const bearingOf = (arc: number): number => Number(names[streets.name[arc >> 1]!])
  const centre = [...streets.junctionXy.keys()].find(
    i =>
      i % 2 === 0 && streets.junctionXy[i] === 0 && streets.junctionXy[i + 1] === Math.round(latitude * 1e6),
  )!
  let checked = 0
  for (let to = 0; to < streets.tail.length * 2; to++) {
    if (arcTail(streets, to) !== centre / 2) continue
    for (let s = 0; s < streets.tail.length; s++) {
      const from = arcTail(streets, 2 * s) === centre / 2 ? 2 * s + 1 : 2 * s
      if (from === (to ^ 1) || !arcOpen(streets, from)) continue
      const angle = ((bearingOf(to) - bearingOf(from) + 720) % 360) - 180
      const exact =
        angle >= 0
          ? 75 / (1 + Math.exp(-(((13 / 1.075) * angle) / 180 - 6.5 * 1.075)))
          : 75 / (1 + Math.exp(-((13 * 1.075 * -angle) / 180 - 6.5 / 1.075)))
      // A whole degree either way is a second at most where the curve is steepest.
      expect(Math.abs(cost(from, to) - exact)).toBeLessThan(4)
      checked++
    }
  }
  expect(checked).toBe(110)
})

test('a street leaves as its first ten metres do, not as the kerb stone', () => {
  const way = (id: number, line: [number, number][]) =>
    ({ kind: 'way', id, tags: { highway: 'residential', name: `${id}` }, line }) as const
  const crossing = (crook: [number, number][]) =>
    openCity(
      buildCity(
        [
          way(1, [
            [-0.001, 0],
            [0, 0],
          ]),
          way(2, [[0, 0], ...crook, [0.001, 0]]),
          way(3, [
            [0, 0],
            [0, 0.001],
          ]),
        ],
        { name: 'T' },
      ).bytes,
    ).streets
  const costs = [[], [[0, 0.00002]] as [number, number][]].map(crook => {
    const graph = turnGraph(crossing(crook))
    return [...graph.turnDs].sort((a, b) => a - b)
  })
  expect(costs[1]).toEqual(costs[0])
})
