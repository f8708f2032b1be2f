import type { LngLat } from '@hexhail/protocol/geo.ts'
import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { openCity } from '@hexhail/streets/city.ts'
import { createCityRouter } from '@hexhail/streets/city-router.ts'
import type { Feature, WayFeature } from '@hexhail/streets/osm/feature.ts'
import type { Step } from '@hexhail/streets/router.ts'
import { expect, test } from 'vitest'

/** A street through places given in thousandths of a degree (111 m) near the equator. */
let ways = 0
const street = (name: string, points: readonly LngLat[], tags: Record<string, string> = {}): Feature => ({
  kind: 'way',
  id: ++ways,
  tags: { highway: 'residential', ...(name && { name }), ...tags },
  line: points.map(([x, y]) => [x / 1000, y / 1000]),
})
/** Directions between two places, as «kind name» with what belongs to it, and the metres of each step. */
const directions = (
  features: readonly Feature[],
  from: LngLat,
  to: LngLat,
): { said: string[]; m: number[] } => {
  const router = createCityRouter(openCity(buildCity(features, { name: 'Town' }).bytes), 'turns')
  const snap = ([x, y]: LngLat) => router.snap([x / 1000, y / 1000])!
  const { steps } = router.route(snap(from), snap(to))!
  const say = ({ kind, name, exit, side }: Step): string =>
    [kind, exit, side, name].filter(word => word !== undefined && word !== '').join(' ')
  return { said: steps.map(say), m: steps.map(step => Math.round(step.distanceM)) }
}

const CROSS = [
  street('West', [
    [-3, 0],
    [0, 0],
  ]),
  street('East', [
    [0, 0],
    [3, 0],
  ]),
  street('North', [
    [0, 0],
    [0, 3],
  ]),
  street('South', [
    [0, -3],
    [0, 0],
  ]),
]

test.each([
  ['on', [2, 0], 'straight East'],
  ['left', [0, 2], 'left North'],
  ['right', [0, -2], 'right South'],
] as const)('at a crossing: %s', (_, to, wanted) => {
  const { said, m } = directions(CROSS, [-2, 0], to)
  expect(said).toEqual(['depart West', wanted, `arrive ${wanted.split(' ')[1]}`])
  expect(m.map(metres => Math.round(metres / 10))).toEqual([22, 22, 0])
})

test('the side of the place is told, seen as one comes', () => {
  expect(directions(CROSS, [-2, 0], [2, 0.1]).said.at(-1)).toBe('arrive left East')
  expect(directions(CROSS, [-2, 0], [2, -0.1]).said.at(-1)).toBe('arrive right East')
  expect(directions(CROSS, [2, 0], [-2, 0.1]).said.at(-1)).toBe('arrive right West')
})

test('a street that bends or goes on under its name needs no word, a change of name does', () => {
  const bent = [
    street('Main', [
      [0, 0],
      [2, 0],
    ]),
    street('Main', [
      [2, 0],
      [2, 2],
    ]),
    street('Side', [
      [2, 2],
      [2, 4],
    ]),
  ]
  expect(directions(bent, [0.5, 0], [2, 1.5]).said).toEqual(['depart Main', 'arrive Main'])
  expect(directions(bent, [0.5, 0], [2, 3.5]).said).toEqual(['depart Main', 'straight Side', 'arrive Side'])
  const crossed = [
    street('Long', [
      [-3, 0],
      [0, 0],
      [3, 0],
    ]),
    street('Across', [
      [0, -3],
      [0, 0],
      [0, 3],
    ]),
  ]
  expect(directions(crossed, [-2, 0], [2, 0]).said).toEqual(['depart Long', 'arrive Long'])
})

test('a real turn is told although the street keeps its name, and a fork says which side', () => {
  const bend = [
    ...[
      street('Main', [
        [-3, 0],
        [0, 0],
      ]),
      street('Main', [
        [0, 0],
        [0, 3],
      ]),
    ],
    street('Other', [
      [0, 0],
      [3, 0],
    ]),
  ]
  expect(directions(bend, [-2, 0], [0, 2]).said).toEqual(['depart Main', 'left Main', 'arrive Main'])
  const fork = [
    street('Road', [
      [-3, 0],
      [0, 0],
    ]),
    street('Upper', [
      [0, 0],
      [3, 2],
    ]),
    street('Lower', [
      [0, 0],
      [3, -2],
    ]),
  ]
  expect(directions(fork, [-2, 0], [2.4, 1.6]).said).toEqual([
    'depart Road',
    'slight-left Upper',
    'arrive Upper',
  ])
  expect(directions(fork, [-2, 0], [2.4, -1.6]).said[1]).toBe('slight-right Lower')
  const back = [
    ...CROSS,
    street('Back', [
      [0, 0],
      [-3, 1],
    ]),
  ]
  expect(directions(back, [-2, 0], [-2.4, 0.8]).said[1]).toBe('sharp-left Back')
})

test('streets without a name are turned into, but not announced straight on', () => {
  const bare = [
    street('', [
      [-3, 0],
      [0, 0],
    ]),
    street('', [
      [0, 0],
      [3, 0],
    ]),
    street('', [
      [0, 0],
      [0, 3],
    ]),
  ]
  expect(directions(bare, [-2, 0], [2, 0]).said).toEqual(['depart', 'arrive'])
  expect(directions(bare, [-2, 0], [0, 2]).said).toEqual(['depart', 'left', 'arrive'])
})

test('a car turns round at the end of a blind alley, where no turn leads to the place', () => {
  const [west, , , south] = CROSS as [WayFeature, Feature, Feature, WayFeature]
  const onlySouth = {
    kind: 'turn',
    id: 99,
    only: true,
    fromWay: west.id,
    via: [0, 0],
    toWay: south.id,
  } as const
  const { said } = directions([...CROSS, onlySouth], [-2, 0], [2, 0])
  expect(said).toEqual(['depart West', 'right South', 'u-turn South', 'right East', 'arrive East'])
})

const ROUND = { junction: 'roundabout', oneway: 'yes' }
// Driven against the clock, as on the right-hand side: entered in the south, exits east, north and west.
const RING = [
  street(
    '',
    [
      [0, -0.3],
      [0.3, 0],
    ],
    ROUND,
  ),
  street(
    '',
    [
      [0.3, 0],
      [0, 0.3],
    ],
    ROUND,
  ),
  street(
    '',
    [
      [0, 0.3],
      [-0.3, 0],
    ],
    ROUND,
  ),
  street(
    '',
    [
      [-0.3, 0],
      [0, -0.3],
    ],
    ROUND,
  ),
  street('Ruta Sur', [
    [0, -0.3],
    [0, -3],
  ]),
  street('Ruta Este', [
    [0.3, 0],
    [3, 0],
  ]),
  street('Ruta Norte', [
    [0, 0.3],
    [0, 3],
  ]),
  street('Ruta Oeste', [
    [-0.3, 0],
    [-3, 0],
  ]),
]

test.each([
  [[2, 0], 'roundabout 1 Ruta Este'],
  [[0, 2], 'roundabout 2 Ruta Norte'],
  [[-2, 0], 'roundabout 3 Ruta Oeste'],
] as const)('a roundabout is one step that counts its exits: to %j', (to, wanted) => {
  const { said } = directions(RING, [0, -2], to)
  expect(said).toEqual(['depart Ruta Sur', wanted, `arrive ${wanted.slice(13)}`])
})

test('a way that begins or ends in a roundabout says so', () => {
  expect(directions(RING, [0, -2], [0.15, 0.15]).said).toEqual(['depart Ruta Sur', 'roundabout', 'arrive'])
  expect(directions(RING, [0.15, -0.15], [0, 2]).said).toEqual([
    'depart',
    'slight-right Ruta Norte',
    'arrive Ruta Norte',
  ])
})
