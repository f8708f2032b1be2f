import type { LngLat } from '@hexhail/protocol/geo.ts'

/** Where a car is and where it looks. */
export interface Pose {
  readonly at: LngLat
  readonly headingDeg: number
}

/** Pose at `share` (0..1) of the way between two poses; the heading turns the short way round. */
export function glide(from: Pose, to: Pose, share: number): Pose {
  const t = Math.min(1, Math.max(0, share))
  const turn = ((to.headingDeg - from.headingDeg + 540) % 360) - 180
  return {
    at: [from.at[0] + (to.at[0] - from.at[0]) * t, from.at[1] + (to.at[1] - from.at[1]) * t],
    headingDeg: (from.headingDeg + turn * Math.min(1, t * 3) + 360) % 360,
  }
}

/** How long a car should take to its newest place, ms: as long as between its last two reports, 0 for a jump. */
export function glideMs(sinceLastMs: number, movedM: number, still: boolean): number {
  if (still || movedM > 600) return 0
  return Math.min(6_000, Math.max(250, sinceLastMs))
}
