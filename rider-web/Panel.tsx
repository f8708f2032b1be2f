import { type Detent, Sheet } from '@hexhail/ui/components/Sheet.tsx'
import type { MapView } from '@hexhail/ui/map/map-view.ts'
import type { Signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'

/** Properties of `RidePanel`. */
export interface RidePanelProps {
  readonly title: ComponentChildren
  readonly label: string
  readonly map?: Signal<MapView | null>
  readonly start?: Detent
  readonly children?: ComponentChildren
  readonly foot?: ComponentChildren
}

/** Height that the header and its buttons cover of the map, pixels. */
const HEADER_PX = 76

/** The sheet of a ride's screen: one question, its answer, one primary button; the map makes room for it. */
export function RidePanel({ title, label, map, start = 'half', children, foot }: RidePanelProps) {
  const [detent, setDetent] = useState<Detent>(start)
  return (
    <Sheet
      label={label}
      detent={detent}
      onDetent={setDetent}
      head={<h1>{title}</h1>}
      foot={foot}
      onCovered={({ bottom, left, right }) => map?.value?.setPadding({ top: HEADER_PX, bottom, left, right })}
    >
      {children}
    </Sheet>
  )
}
