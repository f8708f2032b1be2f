import type { World } from '@hexhail/client/browser-world.ts'
import { ENDED } from '@hexhail/protocol/trip.ts'
import { Safety } from '@hexhail/ui/app/Safety.tsx'
import type { DriverModel } from '../model.ts'

/** The call for help, while a rider is being fetched or driven. */
export function ShiftSafety({ world, model }: { readonly world: World; readonly model: DriverModel }) {
  const { trip, car } = model.client.shift.value
  const here = model.client.here.value
  if (!trip?.pickup || !here || ENDED.has(trip.phase)) return null
  return (
    <Safety
      world={world}
      plate={car.plate}
      car={car.text}
      person={trip.pickup.rider}
      at={here.at}
      share={null}
    />
  )
}
