import type { World } from '@hexhail/client/browser-world.ts'
import { goalOf } from '@hexhail/client/drive.ts'
import type { Covered } from '@hexhail/ui/components/Sheet.tsx'
import { MapCanvas } from '@hexhail/ui/map/MapCanvas.tsx'
import type { MapView } from '@hexhail/ui/map/map-view.ts'
import { ui } from '@hexhail/ui/ui-text.ts'
import { type Signal, useSignalEffect } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { DriverModel } from '../model.ts'

/** The camera follows a driving car this often, ms. */
const FOLLOW_MS = 4_000
/** Kept free under the header, px. */
const HEADER_PX = 72

/** Properties of `ShiftMap`. */
export interface ShiftMapProps {
  readonly world: World
  readonly model: DriverModel
  readonly covered: Signal<Covered>
}

/** The city with the driver's own car, the place to go to and the way there. */
export function ShiftMap({ world, model, covered }: ShiftMapProps) {
  const [view, setView] = useState<MapView | null>(null)
  const { centre, bounds } = world.cityInfo
  return (
    <>
      <MapCanvas
        tile={(z, x, y, signal) => world.city.tile(z, x, y, { signal })}
        centre={model.wheels.at.value ?? centre}
        zoom={14.5}
        bounds={[
          [bounds[0], bounds[1]],
          [bounds[2], bounds[3]],
        ]}
        onTap={at => model.wheels.put(at)}
        onView={setView}
      />
      {view && <OnMap view={view} model={model} covered={covered} />}
    </>
  )
}

function OnMap({
  view,
  model,
  covered,
}: { readonly view: MapView } & Pick<ShiftMapProps, 'model' | 'covered'>) {
  const { shift, here, route } = model.client
  const { trip } = shift.value
  const target = goalOf(model.client)
  const isPickup = model.client.stops.value[0]?.kind === 'pickup'
  const key = target ? `${target[0]},${target[1]}` : ''
  const driving = trip !== null && trip.startedAtMs > 0 && !isPickup
  useSignalEffect(() => {
    view.setPadding({ top: HEADER_PX, ...covered.value })
  })
  useSignalEffect(() => {
    const at = model.wheels.at.value
    const headingDeg = here.value?.headingDeg ?? 0
    view.setCar('me', at && { at, headingDeg, label: ui('you') })
  })
  useEffect(() => {
    const ends = target ?? null
    view.setPlace('pickup', driving ? null : ends, trip?.pickup?.pickupName ?? ui('pickup'))
    view.setPlace('destination', driving ? ends : null, trip?.dest?.name ?? ui('destination'))
    const look = (force: boolean) => {
      const at = model.wheels.at.peek()
      if (at) view.fitTo(target ? [at, target] : [at], force)
    }
    look(true)
    if (!target) return
    const timer = setInterval(() => look(false), FOLLOW_MS)
    return () => clearInterval(timer)
  }, [view, key, driving])
  useSignalEffect(() => {
    view.setRoute('trip', route.value?.geometry ?? null)
  })
  // Standing free, the camera goes where the car is put.
  const place = model.wheels.at.value
  useEffect(() => {
    if (!target && place) view.fitTo([place])
  }, [place?.[0], place?.[1]])
  return null
}
