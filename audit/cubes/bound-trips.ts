import type { PlacedTrip } from './cube-trip.ts'

/** At most `most` trips of each rider: those with the least trip ids, which nobody chooses. The order stays. */
export function boundTrips<T extends PlacedTrip>(trips: readonly T[], most: number): T[] {
  const kept = new Set<string>()
  for (const own of Map.groupBy(trips, trip => trip.rider).values()) {
    const ids = own.map(trip => trip.terms).sort()
    for (const id of ids.slice(0, most)) kept.add(id)
  }
  return trips.filter(trip => kept.has(trip.terms))
}
