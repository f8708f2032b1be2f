import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { ui } from '../ui-text.ts'
import { IconButton } from './IconButton.tsx'
import { useSheetDrag } from './use-sheet-drag.ts'

/** Heights of the sheet on a phone. */
export const DETENTS = ['peek', 'half', 'full'] as const

/** One of the three heights. */
export type Detent = (typeof DETENTS)[number]

/** What the sheet covers of the map, px: give it to `MapView.setPadding`. */
export interface Covered {
  readonly bottom: number
  readonly left: number
  readonly right: number
}

/** Properties of `Sheet`. */
export interface SheetProps {
  /** Name of the region. */
  readonly label: string
  readonly detent: Detent
  readonly onDetent: (detent: Detent) => void
  /** Always visible, also at `peek`: the question of the step. */
  readonly head?: ComponentChildren
  readonly children?: ComponentChildren
  /** Always visible: the primary button. */
  readonly foot?: ComponentChildren
  readonly onCovered?: (covered: Covered) => void
}

/** The one panel over the map: non-modal, draggable, and with buttons that do the same (WCAG 2.5.7). */
export function Sheet({ label, detent, onDetent, head, children, foot, onCovered }: SheetProps) {
  const sheet = useRef<HTMLElement>(null)
  const at = DETENTS.indexOf(detent)
  const grip = useSheetDrag(sheet, detent, onDetent)
  useEffect(() => {
    const node = sheet.current
    if (node === null || onCovered === undefined) return
    const watch = new ResizeObserver(() => onCovered(covered(node)))
    watch.observe(node)
    return () => watch.disconnect()
  }, [onCovered])
  return (
    <section
      class="sheet"
      data-detent={detent}
      aria-label={label}
      ref={sheet}
      data-bare={foot ? undefined : ''}
    >
      <div class="sheet-grip" {...grip}>
        <IconButton
          className="sheet-down"
          icon="chevron-down"
          label={ui('sheetDown')}
          disabled={at === 0}
          onClick={() => onDetent(DETENTS[at - 1] ?? 'peek')}
        />
        <IconButton
          className="sheet-up"
          icon="chevron-up"
          label={ui('sheetUp')}
          disabled={at === DETENTS.length - 1}
          onClick={() => onDetent(DETENTS[at + 1] ?? 'full')}
        />
      </div>
      {head && <div class="sheet-head">{head}</div>}
      {children && <div class="sheet-body">{children}</div>}
      {foot && <div class="sheet-foot">{foot}</div>}
    </section>
  )
}

function covered(node: HTMLElement): Covered {
  const box = node.getBoundingClientRect()
  const isPanel = box.width < innerWidth * 0.7
  if (!isPanel) return { bottom: Math.round(Math.min(box.height, innerHeight * 0.62)), left: 0, right: 0 }
  const onLeft = box.left < innerWidth / 2
  return {
    bottom: 0,
    left: onLeft ? Math.round(box.right) : 0,
    right: onLeft ? 0 : Math.round(innerWidth - box.left),
  }
}
