import type { World } from '@hexhail/client/browser-world.ts'
import type { TripState } from '@hexhail/protocol/trip.ts'
import type { Covered } from '@hexhail/ui/components/Sheet.tsx'
import type { ComponentType } from 'preact'
import type { DriverModel } from '../model.ts'
import { Approach } from './Approach.tsx'
import { Case } from './Case.tsx'
import { Chosen } from './Chosen.tsx'
import { Door } from './Door.tsx'
import { Finished } from './Finished.tsx'
import { Home } from './Home.tsx'
import { Paid } from './Paid.tsx'
import { Riding } from './Riding.tsx'
import { TripEnd } from './TripEnd.tsx'

/** What every screen of a shift is given. */
export interface ScreenProps {
  readonly world: World
  readonly model: DriverModel
  readonly onCovered: (covered: Covered) => void
  readonly onPage: (page: 'profile' | 'earnings' | 'permit') => void
}

/** One screen for every state of the trip: a state without a screen does not compile. */
const SCREENS: Readonly<Record<TripState, ComponentType<ScreenProps>>> = {
  requested: Chosen,
  offered: Chosen,
  selected: Chosen,
  held: Approach,
  arrived: Door,
  riding: Riding,
  stopped: Riding,
  changed: Riding,
  finished: Finished,
  settled: Paid,
  cancelled: Case,
  noShow: Case,
  claimed: Case,
  contested: Case,
  ruled: TripEnd,
  closed: TripEnd,
  released: TripEnd,
  expired: TripEnd,
  withdrawn: TripEnd,
}

/** The screen of the trip's state, or the free driver's where there is no trip. */
export function Screen(props: ScreenProps) {
  const phase = props.model.client.shift.value.trip?.phase
  const Shown = phase ? SCREENS[phase] : Home
  return <Shown {...props} />
}
