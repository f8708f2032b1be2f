import type { LineTimes } from './line-times.ts'
import type { TravelLeg, TravelPlan } from './travel-plan.ts'

/** A plan as it goes by what is known now. */
export interface FollowedPlan {
  /** Its legs with the times of now; those after a break as they were planned. */
  readonly plan: TravelPlan
  /** How much later than planned it arrives, seconds; less than 0: earlier. */
  readonly lateS: number
  /** The first leg that cannot be taken: its line has left before one can be there, or does not go. */
  readonly broken: { readonly leg: number; readonly why: 'missed' | 'gone' } | null
}

/**
 * Lays what lines do now (`times`, one a line of the plan, null where nobody knows) over a plan. A way on foot to the
 * first line is begun earlier where that helps and there is still time; a car that is booked comes when it was booked
 * for, or later where the line is late, never earlier.
 */
export function followPlan(
  plan: TravelPlan,
  times: readonly (LineTimes | null)[],
  nowMs: number,
): FollowedPlan {
  let line = 0
  let readyMs = plan.departMs
  let broken: FollowedPlan['broken'] = null
  const legs = plan.legs.map((leg, i): TravelLeg => {
    if (broken !== null) return leg
    if (leg.kind === 'line') {
      const now = times[line++] ?? leg
      if ('isGone' in now && now.isGone) broken = { leg: i, why: 'gone' }
      else if (now.departMs < readyMs) broken = { leg: i, why: 'missed' }
      if (broken !== null) return leg
      readyMs = now.arriveMs
      return { ...leg, departMs: now.departMs, arriveMs: now.arriveMs }
    }
    const lastsMs = leg.arriveMs - leg.departMs
    const departMs = i === 0 ? firstDeparture(leg, times[0] ?? null, nowMs) : departure(leg, i)
    readyMs = departMs + lastsMs
    return { ...leg, departMs, arriveMs: readyMs }
  })

  function departure(leg: TravelLeg, i: number): number {
    const soonest = readyMs + leg.departMs - plan.legs[i - 1]!.arriveMs
    return leg.kind === 'ride' ? Math.max(leg.departMs, soonest) : soonest
  }

  const arriveMs = legs.at(-1)!.arriveMs
  return {
    plan: { ...plan, legs, departMs: legs[0]!.departMs, arriveMs },
    lateS: Math.round((arriveMs - plan.arriveMs) / 1000),
    broken,
  }
}

/** A plan whose ride, a leg by its place, was booked for another moment than it was planned for. */
export function bookedPlan(plan: TravelPlan, ride: number, pickupMs: number): TravelPlan {
  const laterMs = pickupMs - plan.legs[ride]!.departMs
  const legs = plan.legs.map((leg, i) =>
    i === ride ? { ...leg, departMs: pickupMs, arriveMs: leg.arriveMs + laterMs } : leg,
  )
  return { ...plan, legs, departMs: legs[0]!.departMs, arriveMs: legs.at(-1)!.arriveMs }
}

function firstDeparture(leg: TravelLeg, line: LineTimes | null, nowMs: number): number {
  if (leg.kind === 'ride' || line === null) return leg.departMs
  const latest = line.departMs - (leg.arriveMs - leg.departMs)
  return latest >= leg.departMs || latest < nowMs ? leg.departMs : latest
}
