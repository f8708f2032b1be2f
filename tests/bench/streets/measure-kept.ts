import type { Place } from '@hexhail/streets/router.ts'
import type { Model } from './open-model.ts'
import type { BenchDriver } from './places.ts'
import { type Timing, timeCalls } from './sample.ts'

/**
 * Times of all drivers that stand in a router, half of them parked, to one rider; so many move before each question, and
 * the moves are timed with it.
 */
export function timeKept(
  { router: { drivers: index } }: Model,
  drivers: readonly BenchDriver[],
  places: readonly Place[],
): Record<'still' | 'few' | 'all', Timing> {
  let next = 0
  const moveSome = (count: number): void => {
    for (const end = next + count; next < end; next++)
      index.place(drivers[next % drivers.length]!.id, places[(next * 7) % places.length]!)
  }
  const timed = (moved: number, samples: number): Timing =>
    timeCalls(
      i => {
        moveSome(moved)
        return index.secondsTo(places[(i * 7 + 3) % places.length]!)
      },
      { samples },
    )
  return { still: timed(0, 1000), few: timed(10, 1000), all: timed(drivers.length, 200) }
}
