import type { World } from '@hexhail/client/browser-world.ts'
import { isAhead } from '@hexhail/protocol/later.ts'
import type { RiderState } from '@hexhail/protocol/rider-state.ts'
import { ENDED } from '@hexhail/protocol/trip.ts'
import { Safety } from '@hexhail/ui/app/Safety.tsx'
import type { RiderModel } from './model.ts'
import { shareWords } from './share-words.ts'

/** The call for help and the word to somebody at home, from when the car is known until the ride is over. */
export function RideSafety({ world, model }: { readonly world: World; readonly model: RiderModel }) {
  const { trip: shown, trips } = model.client
  const isOn = ({ car, phase, plan }: RiderState): boolean =>
    car !== null && !ENDED.has(phase) && !isAhead(plan.pickupAtMs, model.clock.value)
  // Also while another ride is looked at or planned.
  const trip = shown.value && isOn(shown.value) ? shown.value : trips.value.find(isOn)
  if (!trip?.car) return null
  const { driver, car, plate } = trip.car
  return (
    <Safety
      world={world}
      plate={plate}
      car={car}
      person={driver}
      at={trip.seen?.at ?? trip.plan.pickup}
      share={shareWords(trip, model.clock.value)}
    />
  )
}
