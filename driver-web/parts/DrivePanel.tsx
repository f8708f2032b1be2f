import { type Covered, type Detent, Sheet } from '@hexhail/ui/components/Sheet.tsx'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'

/** Properties of `DrivePanel`. */
export interface DrivePanelProps {
  readonly title: ComponentChildren
  /** Name of the region. */
  readonly label: string
  /** Always visible under the title. */
  readonly under?: ComponentChildren
  readonly start?: Detent
  readonly onCovered: (covered: Covered) => void
  readonly children?: ComponentChildren
  readonly foot?: ComponentChildren
}

/** The sheet of a driver's screen: what is now, what to know, one big button. */
export function DrivePanel(props: DrivePanelProps) {
  const { title, label, under, start = 'half', onCovered, children, foot } = props
  const [detent, setDetent] = useState<Detent>(start)
  return (
    <Sheet
      label={label}
      detent={detent}
      onDetent={setDetent}
      onCovered={onCovered}
      head={
        <div class="stack-tight">
          <h1>{title}</h1>
          {under}
        </div>
      }
      foot={foot}
    >
      {children}
    </Sheet>
  )
}
