import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { openCity } from '@hexhail/streets/city.ts'
import { junctionGraph } from '@hexhail/streets/graph/junction-graph.ts'
import { turnGraph } from '@hexhail/streets/graph/turn-graph.ts'
import type { Feature, Tags } from '@hexhail/streets/osm/feature.ts'
import { expect, test } from 'vitest'
import { nineCrossings } from './nine-crossings.ts'

const way = (id: number, line: [number, number][], tags: Tags = {}): Feature => ({
  kind: 'way',
  id,
  tags: { highway: 'residential', name: `${id}`, ...tags },
  line,
})
const [WEST, MIDDLE, EAST, NORTH]: [number, number][] = [
  [0, 0],
  [0.001, 0],
  [0.002, 0],
  [0.001, 0.001],
]
/** A loop north of the street, so that both its halves stay reachable, and a dead end to turn round in. */
const LOOP = [way(8, [WEST!, [0, 0.002], [0.002, 0.002], EAST!]), way(9, [WEST!, [-0.001, 0]])]

/** Junctions and segments of what is built, and how long the longest segment is in metres. */
function shape(features: Feature[]) {
  const { streets } = openCity(buildCity(features, { name: 'T' }).bytes)
  expect(turnGraph(streets).states).toBe(junctionGraph(streets).head.length)
  return {
    junctions: streets.junctionXy.length / 2,
    segments: streets.tail.length,
    deadEnds: [...streets.tail, ...streets.head].filter((v, _, all) => all.filter(w => w === v).length === 1)
      .length,
  }
}

test.each<[string, Tags | null, Feature[], { junctions: number; segments: number; deadEnds: number }]>([
  ['no barrier', null, [way(1, [WEST!, MIDDLE!, EAST!])], { junctions: 3, segments: 3, deadEnds: 1 }],
  [
    'a bollard on a way',
    { barrier: 'bollard' },
    [way(1, [WEST!, MIDDLE!, EAST!])],
    { junctions: 5, segments: 4, deadEnds: 3 },
  ],
  [
    'a bollard between two ways',
    { barrier: 'bollard' },
    [way(1, [WEST!, MIDDLE!]), way(2, [EAST!, MIDDLE!])],
    { junctions: 5, segments: 4, deadEnds: 3 },
  ],
  [
    'a bollard at a crossing',
    { barrier: 'bollard' },
    [way(1, [WEST!, MIDDLE!, EAST!]), way(2, [MIDDLE!, NORTH!])],
    { junctions: 5, segments: 5, deadEnds: 2 },
  ],
  [
    'a gate for all',
    { barrier: 'gate' },
    [way(1, [WEST!, MIDDLE!, EAST!])],
    { junctions: 3, segments: 3, deadEnds: 1 },
  ],
  [
    'a gate for some',
    { barrier: 'gate', access: 'private' },
    [way(1, [WEST!, MIDDLE!, EAST!])],
    { junctions: 5, segments: 4, deadEnds: 3 },
  ],
  [
    'a lift gate that taxis may pass',
    { barrier: 'lift_gate', access: 'no', taxi: 'yes' },
    [way(1, [WEST!, MIDDLE!, EAST!])],
    { junctions: 3, segments: 3, deadEnds: 1 },
  ],
])('%s: streets end at barriers and are whole without', (_, tags, ways, wanted) => {
  const barrier: Feature[] = tags ? [{ kind: 'point', id: 1, tags, at: MIDDLE! }] : []
  expect(shape([...ways, ...LOOP, ...barrier])).toEqual(wanted)
})

test('an arc that begins a rule has a junction of its own to lead to, which lacks the turn', () => {
  const free = junctionGraph(nineCrossings([]))
  const ruled = junctionGraph(nineCrossings([{ kind: 'no', from: 'DE', via: 'E', to: 'EB' }]))
  const chain = junctionGraph(nineCrossings([{ kind: 'no', from: 'DE', via: ['EF'], to: 'FC' }]))
  expect([free.states, free.head.length]).toEqual([10, 26])
  expect([ruled.states, ruled.head.length]).toEqual([11, 26 + 3])
  expect([chain.states, chain.head.length]).toEqual([12, 26 + 4 + 3])
  expect(free.turnDs.every(ds => ds === 0)).toBe(true)
  expect(free.ties.length).toBe(0)
  expect(ruled.ties.length).toBeGreaterThan(0)
})
