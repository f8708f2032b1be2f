import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { openCity } from '@hexhail/streets/city.ts'
import { footStreets } from '@hexhail/streets/foot/foot-streets.ts'
import { createFootWays } from '@hexhail/streets/foot/foot-ways.ts'
import type { Feature, WayFeature } from '@hexhail/streets/osm/feature.ts'
import { segmentLine } from '@hexhail/streets/street-table.ts'
import { expect, test } from 'vitest'
import { gridTown, seeded } from './grid-town.ts'

const at = (x: number, y: number): LngLat => [-56.2 + x * 0.001, -34.9 + y * 0.001]
const way = (id: number, highway: string, line: LngLat[], tags = {}): WayFeature => ({
  ...{ kind: 'way', id, tags: { highway, ...tags }, line },
})
const cityOf = (features: Feature[]) => openCity(buildCity(features, { name: 'Town' }).bytes)
const square = [
  way(1, 'residential', [at(0, 0), at(2, 0), at(4, 0)], { oneway: 'yes' }),
  way(2, 'residential', [at(4, 0), at(4, 4)], { oneway: 'yes' }),
  way(3, 'residential', [at(4, 4), at(2, 4), at(0, 4)], { oneway: 'yes' }),
  way(4, 'residential', [at(0, 4), at(0, 0)], { oneway: 'yes' }),
]

test('one-ways bind nobody on foot, and a path is a short cut', () => {
  const drivers = createFootWays(cityOf(square))
  const walkers = createFootWays(cityOf([...square, way(5, 'footway', [at(2, 0), at(2, 4)])]))
  const ends = [at(0, 0), at(2, 4)] as const
  const metres = ({ place, metres: ask }: typeof drivers): number =>
    ask(place(ends[0])!, [place(ends[1])], 5000)[0]!
  const wide = greatCircleM(at(0, 0), at(2, 0))
  const high = greatCircleM(at(2, 0), at(2, 4))
  expect(metres(drivers)).toBeCloseTo(wide + high, -1)
  expect(metres(walkers)).toBeCloseTo(wide + high, -1)
  const inside = [at(2, 0.1), at(2, 3.9)] as const
  expect(walkers.metres(walkers.place(inside[0])!, [walkers.place(inside[1])], 5000)[0]).toBeCloseTo(
    0.95 * high,
    -1,
  )
})

test('nobody walks on a motorway, or comes down from a bridge', () => {
  const motorway = way(6, 'motorway', [at(0, 0), at(4, 4)], { oneway: 'no' })
  const bridge = way(7, 'residential', [at(0, 0), at(2, 2), at(4, 4)], { bridge: 'yes' })
  const crossing = way(8, 'path', [at(4, 0), at(2, 2), at(0, 4)])
  const { kind } = footStreets(cityOf([...square, motorway]))
  expect(kind).not.toContain(0)
  const foot = createFootWays(cityOf([...square, bridge, crossing]))
  const [onPath, onBridge] = [foot.place(at(2.5, 1.5))!, foot.place(at(1.5, 1.5))!]
  const air = greatCircleM(at(2.5, 1.5), at(1.5, 1.5))
  expect(foot.metres(onPath, [onBridge], 5000)[0]).toBeGreaterThan(3 * air)
})

test('what does not hang together is left out, far places have no way, and near ones one of the length told', () => {
  const island = way(9, 'path', [at(9, 9), at(9.2, 9)])
  const foot = createFootWays(cityOf([...square, island]))
  expect(foot.place(at(9, 9))).toBeNull()
  const [a, b] = [foot.place(at(1, 0))!, foot.place(at(4, 3))!]
  const metres = foot.metres(a, [b, null], 5000)
  expect(metres[1]).toBe(Infinity)
  expect(foot.metres(a, [b], metres[0]! - 1)[0]).toBe(Infinity)
  expect(foot.line(a, b, metres[0]! - 1)).toBeNull()
})

test('in a town at random each way is that of all streets looked at, and its line is as long', () => {
  const city = cityOf([...gridTown(7, seeded(3)), way(900, 'path', [at(1, 1), at(5, 4)])])
  const streets = footStreets(city)
  const foot = createFootWays(city)
  const count = streets.junctionXy.length / 2
  const dm = Array.from({ length: count }, (_, i) =>
    Array.from({ length: count }, (_, j) => (i === j ? 0 : 1e9) as number),
  )
  streets.tail.forEach((tail, s) => {
    const head = streets.head[s]!
    dm[tail]![head] = dm[head]![tail] = Math.min(dm[tail]![head]!, streets.lengthDm[s]!)
  })
  for (let k = 0; k < count; k++)
    for (let i = 0; i < count; i++)
      for (let j = 0; j < count; j++) dm[i]![j] = Math.min(dm[i]![j]!, dm[i]![k]! + dm[k]![j]!)
  const rng = seeded(5)
  let seen = 0
  for (let n = 0; n < 300; n++) {
    const [s, t] = [0, 0].map(() => Math.floor(rng() * streets.tail.length)) as [number, number]
    const [line, other] = [segmentLine(streets, s), segmentLine(streets, t)]
    const [from, to] = [foot.place([line[0]!, line[1]!])!, foot.place([other[0]!, other[1]!])!]
    const metres = foot.metres(from, [to], 20_000)[0]!
    expect(Math.abs(metres - dm[streets.tail[s]!]![streets.tail[t]!]! / 10)).toBeLessThan(1)
    if (metres === 0) continue
    const drawn = foot.line(from, to, 20_000)!
    const length = drawn.slice(1).reduce((sum, place, i) => sum + greatCircleM(drawn[i]!, place), 0)
    expect(Math.abs(length - metres)).toBeLessThan(2 + metres / 500)
    seen++
  }
  expect(seen).toBeGreaterThan(200)
})
