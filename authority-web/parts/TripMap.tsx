import { cellCorners, cellShapes } from '@hexhail/audit/cell-shapes.ts'
import type { CellSums } from '@hexhail/audit/summary.ts'
import { MapCanvas } from '@hexhail/ui/map/MapCanvas.tsx'
import type { MapOptions, MapView } from '@hexhail/ui/map/map-view.ts'
import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../text.ts'
import { useSeen } from './use-seen.ts'

/** The city behind the areas. */
export type CityMap = Pick<MapOptions, 'tile' | 'centre' | 'zoom' | 'bounds'>

/** The areas on the map, fetched when it is scrolled to; `CellTable` says the same in words. */
export function TripMap({
  cells,
  city,
  frame = cells,
}: {
  readonly cells: readonly Pick<CellSums, 'cell' | 'pickups'>[]
  readonly city: CityMap
  /** The areas that the camera keeps in view, where `cells` are a part of them. */
  readonly frame?: readonly Pick<CellSums, 'cell' | 'pickups'>[]
}) {
  const panel = useRef<HTMLDivElement>(null)
  const isSeen = useSeen(panel)
  const [view, setView] = useState<MapView | null>(null)
  useEffect(() => view?.setCells(cellShapes(cells)), [view, cells])
  const names = frame
    .map(each => each.cell)
    .sort()
    .join()
  useEffect(() => {
    if (view && frame.length > 0) view.fitTo(frame.flatMap(each => cellCorners(each.cell)))
  }, [view, names])
  return (
    <div class="map-panel" ref={panel}>
      {isSeen && <MapCanvas {...city} label={t('mapLabel')} onView={setView} />}
    </div>
  )
}
