import { cellCorners } from '@hexhail/audit/cell-shapes.ts'
import { cellAt } from '@hexhail/protocol/cells.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import { MapCanvas } from '@hexhail/ui/map/MapCanvas.tsx'
import type { MapView } from '@hexhail/ui/map/map-view.ts'
import { useEffect, useState } from 'preact/hooks'
import type { TariffDesk } from '../tariff-desk.ts'
import { t } from '../text.ts'
import type { CityMap } from './TripMap.tsx'

/** Size of the hexagons that are drawn, about 0.7 km². */
const DRAWN_RES = 8

/** The cells of a zone on the map, to add and take away by a tap. */
export function ZonePencil({
  desk,
  doc,
  index,
  city,
}: {
  readonly desk: TariffDesk
  readonly doc: TariffDocument
  readonly index: number
  readonly city: CityMap
}) {
  const [view, setView] = useState<MapView | null>(null)
  const zone = doc.zones[index]
  const cells = zone?.cells ?? []
  useEffect(() => {
    view?.setCells({
      type: 'FeatureCollection',
      features: cells.map(cell => {
        const ring = cellCorners(cell).map(([lng, lat]) => [lng, lat])
        const geometry = { type: 'Polygon' as const, coordinates: [[...ring, ring[0] as number[]]] }
        return { type: 'Feature' as const, properties: { value: 0.6, label: '' }, geometry }
      }),
    })
  }, [view, cells])
  const tap = (at: LngLat): void => {
    const cell = cellAt(at, DRAWN_RES)
    const next = cells.includes(cell) ? cells.filter(each => each !== cell) : [...cells, cell].sort()
    desk.put(`zones[${index}].cells`, next)
  }
  return (
    <div class="stack-tight">
      <p class="muted small">{t('zoneDrawHint')}</p>
      <div class="map-panel">
        <MapCanvas {...city} label={t('zoneMap')} onView={setView} onTap={tap} />
      </div>
    </div>
  )
}
