import { bearingDeg } from '@hexhail/protocol/geo.ts'
import type { City } from '@hexhail/streets/city.ts'
import { randomPlace } from '@hexhail/streets/random-place.ts'
import type { CityRouter, Place, Stance } from '@hexhail/streets/router.ts'
import { placeOn } from '@hexhail/streets/snap/snap.ts'
import { arcOpen } from '@hexhail/streets/street-table.ts'

/** How drivers and riders lie: anywhere, longer and busier streets more often; or most of them around a few places. */
export type Spread = 'uniform' | 'clustered'

/** A driver of the bench; every other one is parked, most of the rest drive along the edge of their place. */
export interface BenchDriver {
  readonly id: string
  readonly place: Place
  readonly stance: Stance
  /** The arcs he may leave by, as the bench's own judge is told. */
  readonly arcs: readonly number[]
}

const CLUSTERS = 12
/** Of a clustered lot, this share lies anywhere. */
const LOOSE = 0.2
/** Standard deviation around a cluster, degrees of latitude: 500 m. */
const SIGMA = 0.0045

/** Makes the function that draws places by chance. */
export function placeSource(
  city: City,
  snap: CityRouter['snap'],
  rng: () => number,
  spread: Spread,
): () => Place {
  const anywhere = (): Place => randomPlace(city, rng)
  if (spread === 'uniform') return anywhere
  const centres = Array.from({ length: CLUSTERS }, anywhere)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - rng())) * Math.cos(2 * Math.PI * rng())
  return () => {
    if (rng() < LOOSE) return anywhere()
    const [lng, lat] = centres[Math.floor(rng() * CLUSTERS)]!.at
    const shrink = Math.cos((lat * Math.PI) / 180)
    return snap([lng + (normal() * SIGMA) / shrink, lat + normal() * SIGMA]) ?? anywhere()
  }
}

/** Draws a place on the street that another lies on, drawn either way where the street has two. */
export function onStreetOf({ streets }: City, { edge }: Place, rng: () => number): Place {
  const arc = rng() < 0.5 && arcOpen(streets, edge ^ 1) ? edge ^ 1 : edge
  return placeOn(streets, arc, Math.round(rng() * 65_535) / 65_535)
}

/** A little more than the step of a fraction. */
const BESIDE = 2e-5

/** Draws drivers; every other one is parked, and whoever stands in a sharp bend. */
export function someDrivers({ streets }: City, count: number, draw: () => Place): BenchDriver[] {
  return Array.from({ length: count }, (_, i) => {
    const place = draw()
    const { edge, fraction } = place
    const tip = (by: number): Place['at'] =>
      placeOn(streets, edge, Math.max(0, Math.min(1, fraction + by))).at
    const back = bearingDeg(tip(-BESIDE), place.at)
    const ahead = bearingDeg(place.at, tip(BESIDE))
    // In a bend it is a matter of rounding which piece of the street he stands on, and so where he looks.
    const isInBend =
      fraction > BESIDE && fraction < 1 - BESIDE && Math.cos(((ahead - back) * Math.PI) / 180) < 0.7
    const isParked = i % 2 === 0 || isInBend
    const headingDeg = bearingDeg(tip(-1e-6), tip(1e-6))
    return {
      id: `d${i}`,
      place,
      stance: { classes: 1 << (i % 8), ...(isParked ? {} : { headingDeg }) },
      arcs: isParked ? [edge, edge ^ 1] : [edge],
    }
  })
}
