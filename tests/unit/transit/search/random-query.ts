import type { DoorWay, Query } from '@hexhail/transit/search/query.ts'

/** A seeded query in a network of so many stops, with every part of a query in some of them. */
export function randomQuery(rng: () => number, stops: number): Query {
  const below = (n: number): number => Math.floor(rng() * n)
  const way = (): DoorWay => ({
    ...{ stop: below(stops), seconds: below(1200) },
    ...(rng() < 0.5
      ? { by: 'walk', metres: below(1500), money: 0 }
      : { by: 'ride', metres: 0, money: below(3000) }),
  })
  const departS = rng() < 0.2 ? below(3 * 3600) : (5 + below(8)) * 3600
  const access = Array.from({ length: 1 + below(5) }, way)
  return {
    access: access.map(each => (rng() < 0.2 ? { ...each, notBeforeS: departS + below(900) } : each)),
    egress: Array.from({ length: 1 + below(5) }, way),
    direct: rng() < 0.3 ? [{ seconds: 3600 + below(9000), metres: below(3000), money: below(3000) }] : [],
    departS,
    windowS: rng() < 0.3 ? 0 : below(3) * 1800,
    gridS: [60, 300, 420][below(3)]!,
    horizonS: (2 + below(10)) * 3600,
    maxRides: 1 + below(4),
    changeS: below(3) * 60,
    ...(rng() < 0.3 ? { maxFootM: below(600) } : {}),
    ...(rng() < 0.6 ? { walk: { size: 100 + below(900), most: below(4) } } : {}),
    ...(rng() < 0.6 ? { money: { size: 300 + below(900), most: below(4) } } : {}),
  }
}
