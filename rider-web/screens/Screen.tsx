import type { World } from '@hexhail/client/browser-world.ts'
import type { TripState } from '@hexhail/protocol/trip.ts'
import type { MapView } from '@hexhail/ui/map/map-view.ts'
import type { Signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import type { RiderModel } from '../model.ts'
import { Arrived } from './Arrived.tsx'
import { Case } from './Case.tsx'
import { Coming } from './Coming.tsx'
import { Ended } from './Ended.tsx'
import { Finished } from './Finished.tsx'
import { Journey } from './Journey.tsx'
import { Offers } from './Offers.tsx'
import { Plan } from './Plan.tsx'
import { Riding } from './Riding.tsx'
import { Searching } from './Searching.tsx'
import { Selected } from './Selected.tsx'
import { Settled } from './Settled.tsx'

/** What every screen of a ride is given. */
export interface ScreenProps {
  readonly model: RiderModel
  readonly world: World
  readonly map: Signal<MapView | null>
}

/** One screen for every state of the trip: a state without a screen does not compile. */
const SCREENS: Readonly<Record<TripState, ComponentType<ScreenProps>>> = {
  requested: Searching,
  offered: Offers,
  selected: Selected,
  held: Coming,
  arrived: Arrived,
  riding: Riding,
  stopped: Riding,
  changed: Riding,
  finished: Finished,
  settled: Settled,
  cancelled: Case,
  noShow: Case,
  claimed: Case,
  contested: Case,
  ruled: Case,
  closed: Case,
  released: Ended,
  expired: Ended,
  withdrawn: Ended,
}

/** The screen of the trip's state; without a trip the way that is taken, or the plan. */
export function Screen(props: ScreenProps) {
  const phase = props.model.client.trip.value?.phase
  const { ways } = props.model
  if (!phase && ways?.journey.journey.value) return <Journey {...props} ways={ways} />
  const Shown = phase ? SCREENS[phase] : Plan
  return <Shown {...props} />
}
