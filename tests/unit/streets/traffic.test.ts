import { STREET_CLASSES } from '@hexhail/streets/osm/car-access.ts'
import { streetCells } from '@hexhail/streets/route/street-cells.ts'
import { arcTimes, type TrafficRow, trafficFactors } from '@hexhail/streets/route/traffic.ts'
import { arcTimeDs, type StreetTable } from '@hexhail/streets/street-table.ts'
import { latLngToCell } from 'h3-js'
import { expect, test } from 'vitest'
import { arcOf, nineCrossings } from './nine-crossings.ts'

const streets = nineCrossings([])
const cells = streetCells(streets)
const cell = cells.cells[cells.of[arcOf(streets, 'AB') >> 1]!]!
const RESIDENTIAL = STREET_CLASSES.indexOf('residential')
const usual = (table: StreetTable): number[] =>
  Array.from({ length: table.tail.length * 2 }, (_, arc) => arcTimeDs(table, arc))
const times = (rows: TrafficRow[], hour = 8): number[] => [
  ...arcTimes(streets, cells, trafficFactors(rows), hour),
]

test('without factors, and at other hours and in other cells and kinds, arcs take their usual time', () => {
  expect([...arcTimes(streets, cells, null, 8)]).toEqual(usual(streets))
  expect(times([])).toEqual(usual(streets))
  expect(times([{ cell, kind: RESIDENTIAL, hour: 9, factor: 512 }])).toEqual(usual(streets))
  expect(times([{ cell, kind: RESIDENTIAL - 1, hour: 8, factor: 512 }])).toEqual(usual(streets))
  expect(times([{ cell: '87c2f1cc8ffffff', kind: RESIDENTIAL, hour: 8, factor: 512 }])).toEqual(
    usual(streets),
  )
})

test('a factor holds for the segments of its cell, both ways, rounded to whole tenths', () => {
  const row = { cell, kind: RESIDENTIAL, hour: 8, factor: 384 }
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
  const rows = [3, 1, 2].map(hour => ({ cell, kind: RESIDENTIAL, hour, factor: 200 + hour }))
  expect(trafficFactors(rows)).toEqual(trafficFactors(rows.toReversed()))
  expect([...trafficFactors(rows).hour]).toEqual([1, 2, 3])
  const row = { cell, kind: RESIDENTIAL, hour: 8, factor: 300 }
  expect([...trafficFactors([row, { ...row, factor: 400 }]).factor]).toEqual([400])
  expect([...trafficFactors([{ ...row, factor: 0 }]).factor]).toEqual([64])
  expect([...trafficFactors([{ ...row, factor: 1e9 }]).factor]).toEqual([16_384])
  expect(times([{ ...row, factor: 1 }]).every(ds => ds >= 1)).toBe(true)
})

test('a segment is in the cell of the middle between its ends', () => {
  const { junctionXy, tail, head } = streets
  tail.forEach((a, s) => {
    const middle = (axis: number): number =>
      (junctionXy[2 * a + axis]! + junctionXy[2 * head[s]! + axis]!) / 2e6
    expect(cells.cells[cells.of[s]!]).toBe(latLngToCell(middle(1), middle(0), 7))
  })
  expect(new Set(cells.cells).size).toBe(cells.cells.length)
})
