import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { FootWays } from '@hexhail/streets/foot/foot-ways.ts'
import { CROW, type FootFinder } from './find-feet.ts'

/** Ways on foot over a city's streets; by air where a stop lies beside none of them. */
export function streetFeet(foot: FootWays): FootFinder {
  return {
    by: 'streets',
    metres(from: LngLat, to: readonly LngLat[], mostM: number): ArrayLike<number> {
      const start = foot.place(from)
      if (start === null) return CROW.metres(from, to, mostM)
      const goals = to.map(at => foot.place(at))
      const metres = foot.metres(start, goals, mostM)
      const byAir = CROW.metres(from, to, mostM)
      return goals.map((goal, i) => (goal === null ? byAir[i]! : metres[i]!))
    },
  }
}
