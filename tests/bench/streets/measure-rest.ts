import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { PlaceList } from '@hexhail/streets/kernel/label-kernel.ts'
import type { Place } from '@hexhail/streets/router.ts'
import type { Model } from './open-model.ts'
import { type Timing, timeCalls } from './sample.ts'

const MANY = 1000

/** What the router does for places, one figure each. */
export function timeRouter({ router }: Model, places: readonly Place[]) {
  const at = (i: number): Place => places[i % places.length]!
  const to = (i: number): Place => places[(i * 7 + 3) % places.length]!
  const froms = places.slice(0, MANY)
  // Up to some fifty metres beside the street.
  const beside = places.map(
    ({ at: [lng, lat] }, i): LngLat => [lng + ((i % 11) - 5) * 1e-4, lat + ((i % 7) - 3) * 1e-4],
  )
  using prepared = router.prepare(places)
  using sources = router.prepare(froms)
  const n = places.length
  return {
    distance: timeCalls(i => router.distanceS(at(i), to(i)), { batch: 50, samples: 1000 }),
    preparedDistance: timeCalls(i => prepared.distanceS(i % n, (i * 7 + 3) % n), {
      batch: 50,
      samples: 1000,
    }),
    route: timeCalls(i => router.route(at(i), to(i))?.junctions),
    wholeRoute: timeCalls(i => ({ ...router.route(at(i), to(i)) })),
    many: timeCalls(i => router.matrix(froms, [to(i)]), { samples: 1000 }),
    preparedMany: timeCalls(i => sources.secondsTo(to(i)), { samples: 1000 }),
    prepare: timeCalls(
      i => {
        using some = router.prepare(froms)
        return some.secondsTo(to(i))
      },
      { samples: 200 },
    ),
    matrix: timeCalls(() => router.matrix(froms, places.slice(-MANY)), { samples: 20, budgetMs: 1000 }),
    snap: timeCalls(i => router.snap(beside[i % beside.length]!), { batch: 10 }),
  }
}

/** A driver goes on by a whole street, anywhere in the city. */
export function timeMove({ router }: Model, places: readonly Place[], drivers: number): Timing {
  const ids = Array.from({ length: drivers }, (_, i) => `d${i}`)
  return timeCalls(i => router.drivers.place(ids[i % drivers]!, places[(i * 7) % places.length]!), {
    batch: 50,
    samples: 1000,
  })
}

/** New times for all arcs, at once. */
export function timeTraffic({ router }: Model, arcTimesDs: readonly ArrayLike<number>[]): Timing {
  return timeCalls(i => router.setTraffic(arcTimesDs[i % arcTimesDs.length]!), {
    samples: 20,
    budgetMs: 2000,
  })
}

/** The kernel alone, between places that stand in its arrays already, and between two states. */
export function timeKernel(model: Model, places: readonly Place[]) {
  const kernel = model.kernel()
  const states = Uint32Array.from(places, model.exit)
  const { edges, fractions } = listOf(places)
  const some = listOf(places.slice(0, MANY))
  const others = listOf(places.slice(-MANY))
  const out = new Uint32Array(MANY)
  const all = new Float64Array(MANY * MANY)
  const driver = 1 << 20
  const moved = timeCalls(
    i => kernel.place(driver + (i & 1023), states[(i * 7) % states.length]!, 9, driver, 0),
    {
      batch: 100,
      samples: 1000,
    },
  )
  for (let i = 0; i < 1024; i++) kernel.remove(driver + i)
  return {
    distance: timeCalls(
      i => {
        const [from, to] = [i % edges.length, (i * 7 + 3) % edges.length]
        return kernel.betweenPlaces(edges[from]!, fractions[from]!, edges[to]!, fractions[to]!)
      },
      { batch: 100, samples: 1000 },
    ),
    states: timeCalls(
      i => kernel.distance(states[i % states.length]!, states[(i * 7 + 3) % states.length]!),
      {
        batch: 100,
        samples: 1000,
      },
    ),
    many: timeCalls(
      i => {
        kernel.aimPlace(edges[i % edges.length]!, fractions[i % edges.length]!)
        kernel.manyPlaces(some, out)
      },
      { samples: 2000 },
    ),
    matrix: timeCalls(() => kernel.tablePlaces(some, others, 1, all), { samples: 20, budgetMs: 1000 }),
    move: moved,
  }
}

function listOf(places: readonly Place[]): PlaceList {
  return {
    edges: Uint32Array.from(places, place => place.edge),
    fractions: Float64Array.from(places, place => place.fraction),
  }
}
