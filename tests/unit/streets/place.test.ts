import type { LngLat } from '@hexhail/protocol/geo.ts'
import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { type City, openCity } from '@hexhail/streets/city.ts'
import { createCityRouter } from '@hexhail/streets/city-router.ts'
import type { Feature } from '@hexhail/streets/osm/feature.ts'
import { carClasses, neededClasses } from '@hexhail/streets/route/car-classes.ts'
import type { Place } from '@hexhail/streets/router.ts'
import { placeOn } from '@hexhail/streets/snap/snap.ts'
import { arcOpen } from '@hexhail/streets/street-table.ts'
import { expect, test } from 'vitest'

const MODELS = ['junctions', 'turns'] as const

/** Streets through places in thousandths of a degree (111 m), all at 25 km/h: 16 s a thousandth. */
const town = (...streets: [name: string, points: LngLat[], tags?: Record<string, string>][]): City => {
  const features = streets.map(
    ([name, points, tags], id): Feature => ({
      kind: 'way',
      id: id + 1,
      tags: { highway: 'residential', name, ...tags },
      line: points.map(([x, y]) => [x / 1000, y / 1000]),
    }),
  )
  return openCity(buildCity(features, { name: 'Town' }).bytes)
}
/** A place on a street, by how far along its drawing. */
const on = ({ streets, names }: City, name: string, share: number, drawn: LngLat): Place => {
  const segment = [...streets.name].findIndex(id => names[id] === name)
  const tail = streets.tail[segment]!
  const isAlong =
    streets.junctionXy[2 * tail] === drawn[0] * 1000 && streets.junctionXy[2 * tail + 1] === drawn[1] * 1000
  const along = placeOn(streets, 2 * segment, isAlong ? share : 1 - share)
  return arcOpen(streets, 2 * segment)
    ? along
    : { ...along, edge: along.edge ^ 1, fraction: 1 - along.fraction }
}

// A one-way ring of four sides, each a thousandth, and a stub to have crossings at its corners.
const RING = (): City =>
  town(
    [
      'South',
      [
        [0, 0],
        [1, 0],
      ],
      { oneway: 'yes' },
    ],
    [
      'East',
      [
        [1, 0],
        [1, 1],
      ],
      { oneway: 'yes' },
    ],
    [
      'North',
      [
        [1, 1],
        [0, 1],
      ],
      { oneway: 'yes' },
    ],
    [
      'West',
      [
        [0, 1],
        [0, 0],
      ],
      { oneway: 'yes' },
    ],
    [
      'Stub',
      [
        [0, 0],
        [-1, -1],
      ],
    ],
    [
      'Stub 2',
      [
        [1, 0],
        [2, -1],
      ],
    ],
    [
      'Stub 3',
      [
        [1, 1],
        [2, 2],
      ],
    ],
    [
      'Stub 4',
      [
        [0, 1],
        [-1, 2],
      ],
    ],
  )

test.each(MODELS)('%s: one way, a place ahead is near and one behind is round the block', model => {
  const city = RING()
  const router = createCityRouter(city, model)
  const [early, late] = [0.25, 0.75].map(share => on(city, 'South', share, [0, 0])) as [Place, Place]
  const ahead = router.distanceS(early, late)
  const round = router.distanceS(late, early)
  expect(ahead).toBeCloseTo(8, 0)
  expect(round).toBeGreaterThan(55)
  expect(router.distanceS(early, early)).toBe(0)
  expect(router.route(late, early)!.edges).toHaveLength(5)
  expect(router.route(late, early)!.durationS).toBe(round)
  expect(router.route(early, late)!.edges).toEqual([early.edge])
  router.drivers.place('behind', early)
  router.drivers.place('ahead', late)
  expect(router.drivers.nearest(early, 2).map(d => d.id)).toEqual(['behind', 'ahead'])
  expect(router.drivers.nearest(late, 2)).toEqual([
    { id: 'ahead', etaS: 0 },
    { id: 'behind', etaS: ahead },
  ])
})

test.each(MODELS)(
  '%s: in a street of two ways a parked car leaves both ways, a driving one its own',
  model => {
    const city = town(
      [
        'Long',
        [
          [0, 0],
          [2, 0],
        ],
      ],
      [
        'A',
        [
          [0, 0],
          [0, 1],
        ],
      ],
      [
        'B',
        [
          [2, 0],
          [2, 1],
        ],
      ],
      [
        'C',
        [
          [0, 0],
          [0, -1],
        ],
      ],
      [
        'D',
        [
          [2, 0],
          [2, -1],
        ],
      ],
    )
    const router = createCityRouter(city, model)
    const car = on(city, 'Long', 0.5, [0, 0])
    const [west, east] = [on(city, 'A', 0.5, [0, 0]), on(city, 'B', 0.5, [2, 0])]
    const [toWest, toEast] = [router.distanceS(car, west), router.distanceS(car, east)]
    expect(Math.abs(toWest - toEast)).toBeLessThan(10)
    router.drivers.place('car', car)
    expect(router.drivers.nearest(west, 1)[0]!.etaS).toBe(toWest)
    expect(router.drivers.nearest(east, 1)[0]!.etaS).toBe(toEast)
    router.drivers.place('car', car, { headingDeg: 80 })
    expect(router.drivers.nearest(east, 1)[0]!.etaS).toBe(toEast)
    expect(router.drivers.nearest(west, 1)[0]!.etaS).toBeGreaterThan(toWest + 14)
    router.drivers.place('car', car, { headingDeg: 275 })
    expect(router.drivers.nearest(west, 1)[0]!.etaS).toBe(toWest)
    const behind = on(city, 'Long', 0.6, [0, 0])
    expect(router.drivers.nearest(behind, 1)[0]!.etaS).toBeGreaterThan(30)
    router.drivers.place('car', car)
    expect(router.drivers.nearest(behind, 1)[0]!.etaS).toBeCloseTo(3.2, 0)
  },
)

test.each(MODELS)('%s: a street that ends where it begins is entered both ways', model => {
  const city = town(
    [
      'Loop',
      [
        [0, 0],
        [1, 1],
        [-1, 1],
        [0, 0],
      ],
    ],
    [
      'Road',
      [
        [0, 0],
        [0, -3],
      ],
    ],
    [
      'Road',
      [
        [0, 0],
        [3, 0],
      ],
    ],
  )
  const router = createCityRouter(city, model)
  const from = router.snap([0, -0.002])!
  const [right, left] = [router.snap([0.0005, 0.0005])!, router.snap([-0.0005, 0.0005])!]
  expect(Math.abs(router.distanceS(from, right) - router.distanceS(from, left))).toBeLessThan(8)
  expect(router.distanceS(right, left)).toBeLessThan(60)
  expect(router.matrix([from, right], [left])).toEqual(
    Float64Array.of(router.distanceS(from, left), router.distanceS(right, left)),
  )
})

test('drivers go away, come back and have the classes that are asked for', () => {
  const city = RING()
  const router = createCityRouter(city)
  const { drivers } = router
  const place = on(city, 'South', 0.5, [0, 0])
  for (let i = 0; i < 200; i++) drivers.place(`d${i}`, place, { classes: i & 3 })
  expect(drivers.size).toBe(200)
  expect(drivers.nearest(place, 3).map(d => d.id)).toEqual(['d0', 'd1', 'd10'])
  expect(drivers.nearest(place, 2, 3).map(d => d.id)).toEqual(['d103', 'd107'])
  for (let i = 0; i < 199; i++) drivers.remove(`d${i}`)
  drivers.remove('nobody')
  expect(drivers.nearest(place, 3)).toEqual([{ id: 'd199', etaS: 0 }])
  drivers.place('d199', on(city, 'North', 0.5, [1, 1]))
  expect(drivers.nearest(place, 1, 3)[0]!.etaS).toBeGreaterThan(20)
  expect(drivers.place('d199', { ...place, edge: 10_000 })).toBe(false)
  expect(drivers.size).toBe(0)
  expect(drivers.nearest(place, 1)).toEqual([])
})

test('who asks for seats and room gets a car that has them', () => {
  for (let seats = 1; seats <= 8; seats++)
    for (let asked = 1; asked <= 8; asked++)
      for (const [has, wants] of [
        [15, 0],
        [9, 1],
        [8, 1],
        [0, 0],
      ] as const) {
        const needs = neededClasses(asked, wants)
        const fits = (carClasses(seats, has) & needs) === needs
        const isEnough = seats >= asked && (has & wants) === wants
        const isEven = asked % 2 === 0 || asked === 1
        expect(fits).toBe(isEnough && (isEven || seats > asked))
      }
})
