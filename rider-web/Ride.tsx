import type { World } from '@hexhail/client/browser-world.ts'
import { HideAddress } from '@hexhail/ui/app/HideAddress.tsx'
import { WorldNotices } from '@hexhail/ui/app/WorldNotices.tsx'
import { AppShell } from '@hexhail/ui/components/AppShell.tsx'
import { IconButton } from '@hexhail/ui/components/IconButton.tsx'
import { MapCanvas } from '@hexhail/ui/map/MapCanvas.tsx'
import type { MapView } from '@hexhail/ui/map/map-view.ts'
import { signal } from '@preact/signals'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { mapFacts, showOnMap } from './map-facts.ts'
import type { RiderModel } from './model.ts'
import { RideSafety } from './RideSafety.tsx'
import { Journey } from './screens/Journey.tsx'
import { NextLine } from './screens/NextLine.tsx'
import { OtherRide } from './screens/OtherRide.tsx'
import { Purse } from './screens/Purse.tsx'
import { Rides } from './screens/Rides.tsx'
import { Screen } from './screens/Screen.tsx'
import { t } from './text.ts'
import { Help, Privacy } from './Words.tsx'

/** Panels over the ride, which are no states of the trip. */
export type Panel = 'ride' | 'purse' | 'rides' | 'way'

/** The rider's one page: the map, and over it the screen of the trip's state. */
export function Ride({ world, model }: { readonly world: World; readonly model: RiderModel }) {
  const map = useMemo(() => signal<MapView | null>(null), [])
  const [panel, setPanel] = useState<Panel>('ride')
  const facts = mapFacts(model)
  useEffect(() => {
    if (map.value) showOnMap(map.value, facts)
  })
  const { centre, bounds } = world.cityInfo
  return (
    <AppShell
      title={t('app')}
      layout="map"
      help={<Help />}
      privacy={<Privacy model={model} />}
      settings={<HideAddress world={world} direct={model.client.direct} />}
      notices={
        <>
          <WorldNotices world={world} />
          {panel !== 'way' && <NextLine model={model} onShow={() => setPanel('way')} />}
          <OtherRide model={model} onShow={() => setPanel('ride')} />
        </>
      }
      corner={
        <>
          <RideSafety world={world} model={model} />
          <IconButton
            icon="receipt"
            label={t('history')}
            onClick={() => setPanel(panel === 'rides' ? 'ride' : 'rides')}
          />
          <IconButton
            icon="wallet"
            label={t('money')}
            onClick={() => setPanel(panel === 'purse' ? 'ride' : 'purse')}
          />
        </>
      }
      map={
        <MapCanvas
          tile={(z, x, y, signal) => world.city.tile(z, x, y, { signal })}
          centre={centre}
          zoom={13}
          bounds={[
            [bounds[0], bounds[1]],
            [bounds[2], bounds[3]],
          ]}
          onTap={at => {
            const end = model.editing.value ?? (model.pickup.value ? 'destination' : 'pickup')
            if (!model.client.trip.value) void model.put(end, at)
          }}
          onView={view => {
            map.value = view
          }}
        />
      }
    >
      {panel === 'purse' ? (
        <Purse model={model} onBack={() => setPanel('ride')} />
      ) : panel === 'rides' ? (
        <Rides model={model} reader={world.reader} onBack={() => setPanel('ride')} />
      ) : panel === 'way' && model.ways?.journey.journey.value ? (
        <Journey model={model} ways={model.ways} map={map} onBack={() => setPanel('ride')} />
      ) : (
        <Screen model={model} world={world} map={map} />
      )}
    </AppShell>
  )
}
