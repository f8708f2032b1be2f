import { STREET_CLASSES } from '@hexhail/streets/osm/car-access.ts'
import { arcTimes, type TrafficRow, trafficCell, trafficFactors } from '@hexhail/streets/route/traffic.ts'
import { arcTimeDs, type StreetTable } from '@hexhail/streets/street-table.ts'
import { expect, test } from 'vitest'
import { arcOf, nineCrossings } from './nine-crossings.ts'

const streets = nineCrossings([])
const RESIDENTIAL = STREET_CLASSES.indexOf('residential')
const usual = (table: StreetTable): number[] =>
  Array.from({ length: table.tail.length * 2 }, (_, arc) => arcTimeDs(table, arc))
const times = (rows: TrafficRow[], hour = 8): number[] => [...arcTimes(streets, trafficFactors(rows), hour)]

test('without factors, and at other hours and in other cells and kinds, arcs take their usual time', () => {
  const cell = trafficCell(1000, 1000)
  expect([...arcTimes(streets, null, 8)]).toEqual(usual(streets))
  expect(times([])).toEqual(usual(streets))
  expect(times([{ cell, kind: RESIDENTIAL, hour: 9, factor: 512 }])).toEqual(usual(streets))
  expect(times([{ cell, kind: RESIDENTIAL - 1, hour: 8, factor: 512 }])).toEqual(usual(streets))
  expect(times([{ cell: cell + 1, kind: RESIDENTIAL, hour: 8, factor: 512 }])).toEqual(usual(streets))
})

test('a factor holds for the segments of its cell, both ways, rounded to whole tenths', () => {
  const row = { cell: trafficCell(1000, 1000), kind: RESIDENTIAL, hour: 8, factor: 384 }
  const slow = times([row])
  for (const pair of ['AB', 'BA', 'DE', 'ED', 'BC', 'CB']) {
    const arc = arcOf(streets, pair)
    expect(slow[arc]).toBe(Math.floor(usual(streets)[arc]! * 1.5 + 0.5))
  }
  for (const pair of ['GH', 'HI', 'GD']) {
    const arc = arcOf(streets, pair)
    expect(slow[arc]).toBe(usual(streets)[arc])
  }
})

test('the order of rows does not matter, the later of two for the same holds, and wild factors are tamed', () => {
  const cell = trafficCell(1000, 1000)
  const rows = [3, 1, 2].map(hour => ({ cell, kind: RESIDENTIAL, hour, factor: 200 + hour }))
  expect(trafficFactors(rows)).toEqual(trafficFactors(rows.toReversed()))
  expect([...trafficFactors(rows).hour]).toEqual([1, 2, 3])
  const row = { cell, kind: RESIDENTIAL, hour: 8, factor: 300 }
  expect([...trafficFactors([row, { ...row, factor: 400 }]).factor]).toEqual([400])
  expect([...trafficFactors([{ ...row, factor: 0 }]).factor]).toEqual([64])
  expect([...trafficFactors([{ ...row, factor: 1e9 }]).factor]).toEqual([16_384])
  expect(times([{ ...row, factor: 1 }]).every(ds => ds >= 1)).toBe(true)
})

test('cells are told apart all over the world', () => {
  const places = [-180, -0.01, 0.01, 179.99].flatMap(lng =>
    [-89.99, -0.01, 0.01, 90].map(lat => [lng, lat] as const),
  )
  const cells = places.map(([lng, lat]) => trafficCell(lng * 1e6, lat * 1e6))
  expect(new Set(cells).size).toBe(16)
  expect(Math.max(...cells)).toBeLessThan(2 ** 32)
})
