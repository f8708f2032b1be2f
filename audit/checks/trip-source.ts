import type { TripBytes } from './read-trip.ts'
import type { SourceModule } from './run-parallel.ts'

/** Trips to audit, by row. A row is the same trip whenever it is asked for. */
export interface TripSource extends Partial<Disposable> {
  readonly rows: number
  /** Rows `from` to `to` in order. What one step gives is good until the next one. */
  trips(from: number, to: number): Iterable<TripBytes>
  /** One row; its bytes stay. */
  trip(row: number): TripBytes
}

/** A source over trips in memory. */
export const tripsInMemory = (trips: readonly TripBytes[]): TripSource => ({
  rows: trips.length,
  trips: (from, to) => trips.slice(from, to),
  trip: row => trips[row]!,
})

/** Opens the source of a module in this thread. */
export async function loadSource({ module, options }: SourceModule): Promise<TripSource> {
  const { openTrips } = (await import(module)) as { openTrips: (options: unknown) => TripSource }
  return openTrips(options)
}
