import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { Feature, TurnFeature, WayFeature } from '@hexhail/streets/osm/feature.ts'

/** Towns that no planner would draw, by name: each is small and has one thing that streets seldom do. */
export function oddTowns(): ReadonlyMap<string, readonly Feature[]> {
  const at = (x: number, y: number): LngLat => [-8.6 + x * 0.001, 41.15 + y * 0.001]
  const way = (id: number, line: LngLat[], tags: Record<string, string> = {}): WayFeature => ({
    kind: 'way',
    id,
    tags: { highway: 'residential', name: `Rua ${id}`, ...tags },
    line,
  })
  const oneway = { oneway: 'yes' }
  const square = [at(0, 0), at(1, 0), at(1, 1), at(0, 1), at(0, 0)]
  const ring = [at(1, 0), at(2, 1), at(1, 2), at(0, 1), at(1, 0)]
  const arms = [at(1, -1), at(3, 1), at(1, 3), at(-1, 1)]
  const hairpin = { kind: 'turn', id: 90, only: true, fromWay: 1, via: at(1, 0), toWay: 1 } as const
  return new Map<string, readonly Feature[]>([
    ['one street', [way(1, [at(0, 0), at(1, 0)])]],
    ['one street that bends', [way(1, [at(0, 0), at(1, 0), at(1, 1), at(2, 1)])]],
    ['a square and nothing else', [way(1, square)]],
    ['a one-way square and nothing else', [way(1, square, oneway)]],
    ['a loop at the end of a street', [way(1, [at(-2, 0), at(0, 0)]), way(2, square)]],
    ['a one-way loop at the end of a street', [way(1, [at(-2, 0), at(0, 0)]), way(2, square, oneway)]],
    [
      'two one-way loops on one junction',
      [
        way(1, square, oneway),
        way(
          2,
          square.map(([lng, lat]) => [-17.2 - lng, lat]),
          oneway,
        ),
      ],
    ],
    [
      'four streets side by side',
      [
        way(1, [at(0, 0), at(3, 0)]),
        way(2, [at(0, 0), at(1, 1), at(3, 0)], oneway),
        way(3, [at(3, 0), at(1, -1), at(0, 0)], oneway),
        way(4, [at(0, 0), at(1, -2), at(3, 0)]),
        way(5, [at(3, 0), at(5, 0)]),
      ],
    ],
    [
      'a roundabout with four arms',
      [
        way(1, ring, { junction: 'roundabout' }),
        ...arms.map((end, i) => way(2 + i, [ring[i]!, end], i === 3 ? oneway : {})),
      ],
    ],
    [
      'two towns without a bridge',
      [
        ...[0, 50].flatMap(x => [
          way(1 + x, [at(x, 0), at(x + 1, 0), at(x + 2, 0)]),
          way(2 + x, [at(x + 1, 0), at(x + 1, 1)]),
        ]),
        way(99, [at(2, 0), at(2, 2)]),
      ],
    ],
    [
      'a star of dead ends',
      Array.from({ length: 9 }, (_, i) => way(1 + i, [at(0, 0), at(Math.cos(i), Math.sin(i))])),
    ],
    [
      'a street that only leads back',
      [way(1, [at(0, 0), at(1, 0)]), way(2, [at(1, 0), at(2, 0)]), way(3, [at(1, 0), at(1, 1)]), hairpin],
    ],
    [
      'a street of a metre and one of a hundred kilometres',
      [way(1, [at(0, 0), at(0.01, 0)]), way(2, [at(0.01, 0), at(1200, 0)]), way(3, [at(0, 0), at(0, 1)])],
    ],
  ])
}

/**
 * A town drawn by chance over few crossings: ways that cross themselves, loops, streets side by side, one-ways,
 * roundabouts, pieces far apart, and turn rules of all kinds over nodes and up to three ways, turning round included.
 */
export function tangledTown(crossings: number, rng: () => number): Feature[] {
  const below = (n: number): number => Math.floor(rng() * n)
  const places = Array.from(
    { length: crossings },
    (): LngLat => [-8.6 + below(2000) / 1e5, 41.1 + below(2000) / 1e5],
  )
  const place = (): LngLat => places[below(crossings)]!
  const bend = (a: LngLat, b: LngLat): LngLat => [
    (a[0] + b[0]) / 2 + below(300) / 1e5,
    (a[1] + b[1]) / 2 + below(300) / 1e5,
  ]
  const kinds = ['residential', 'secondary', 'service', 'motorway', 'trunk_link', 'living_street']
  const ways = Array.from({ length: 1 + Math.floor(crossings * (0.6 + 1.6 * rng())) }, (_, i): WayFeature => {
    const line = [place()]
    for (let n = 1 + below(rng() < 0.6 ? 1 : 4); n > 0; n--) {
      const next = rng() < 0.15 ? line[0]! : place()
      if (rng() < 0.4 || next === line.at(-1)) line.push(bend(line.at(-1)!, next))
      line.push(next)
    }
    const draw = rng()
    return {
      kind: 'way',
      id: 1 + i,
      tags: {
        highway: kinds[below(kinds.length)]!,
        name: `Rua ${below(1 + (crossings >> 1))}`,
        oneway: draw < 0.2 ? 'yes' : draw < 0.3 ? '-1' : 'no',
        ...(rng() < 0.3 && { maxspeed: `${10 + below(80)}` }),
        ...(rng() < 0.1 && { junction: 'roundabout' }),
      },
      line,
    }
  })
  const touching = (at: LngLat): WayFeature[] => ways.filter(way => way.line.includes(at))
  const anyOf = (list: readonly WayFeature[]): WayFeature => list[below(list.length)]!
  const turns = Array.from({ length: below(2 * crossings) }, (_, i): TurnFeature => {
    const fromWay = anyOf(ways)
    const rule = { kind: 'turn', id: 1000 + i, only: rng() < 0.3, fromWay: fromWay.id } as const
    if (rng() < 0.6) {
      const via = fromWay.line[below(fromWay.line.length)]!
      return { ...rule, via, toWay: anyOf(touching(via)).id }
    }
    const chain = [fromWay]
    for (let n = 2 + below(3); n > 0; n--) {
      const { line } = chain.at(-1)!
      chain.push(anyOf(touching(line[rng() < 0.5 ? 0 : line.length - 1]!)))
    }
    return { ...rule, via: { ways: chain.slice(1, -1).map(way => way.id) }, toWay: chain.at(-1)!.id }
  })
  const lights = Array.from(
    { length: below(4) },
    (_, i) => ({ kind: 'point', id: i, tags: { highway: 'traffic_signals' }, at: place() }) as const,
  )
  return [...ways, ...lights, ...turns]
}
