import type { World } from '@hexhail/client/browser-world.ts'
import { isAhead } from '@hexhail/protocol/later.ts'
import { ENDED } from '@hexhail/protocol/trip.ts'
import { Safety } from '@hexhail/ui/app/Safety.tsx'
import type { RiderModel } from './model.ts'
import { shareWords } from './share-words.ts'

/** The call for help and the word to somebody at home, from when the car is known until the ride is over. */
export function RideSafety({ world, model }: { readonly world: World; readonly model: RiderModel }) {
  const trip = model.client.trip.value
  if (!trip?.car || ENDED.has(trip.phase) || isAhead(trip.plan.pickupAtMs, model.clock.value)) return null
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
