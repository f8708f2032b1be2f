import type { RefObject } from 'preact'
import { useRef } from 'preact/hooks'
import type { Detent } from './Sheet.tsx'

/** Pointer handlers for the sheet's grip: the sheet follows the finger and settles at the next height. */
export function useSheetDrag(
  sheet: RefObject<HTMLElement | null>,
  detent: Detent,
  onDetent: (detent: Detent) => void,
): {
  onPointerDown: (event: PointerEvent) => void
  onPointerMove: (event: PointerEvent) => void
  onPointerUp: (event: PointerEvent) => void
  onPointerCancel: (event: PointerEvent) => void
} {
  const drag = useRef<{ y: number; height: number; moved: number } | null>(null)
  const end = (): void => {
    const node = sheet.current
    const { moved } = drag.current ?? { moved: 0 }
    drag.current = null
    if (node === null) return
    node.style.removeProperty('block-size')
    node.style.removeProperty('max-block-size')
    node.style.removeProperty('transition')
    const next = settle(detent, moved)
    if (next !== detent) onDetent(next)
  }
  return {
    onPointerDown: event => {
      if (sheet.current === null || (event.target as Element).closest('button')) return
      drag.current = { y: event.clientY, height: sheet.current.offsetHeight, moved: 0 }
      ;(event.currentTarget as Element).setPointerCapture(event.pointerId)
    },
    onPointerMove: event => {
      const node = sheet.current
      if (drag.current === null || node === null) return
      drag.current.moved = drag.current.y - event.clientY
      node.style.setProperty('transition', 'none')
      node.style.setProperty('max-block-size', 'none')
      node.style.setProperty('block-size', `${Math.max(96, drag.current.height + drag.current.moved)}px`)
    },
    onPointerUp: end,
    onPointerCancel: end,
  }
}

/** Height at which a sheet rests after a drag of `movedPx` upwards. */
export function settle(detent: Detent, movedPx: number): Detent {
  if (movedPx > 260) return 'full'
  if (movedPx < -260) return 'peek'
  if (movedPx > 40) return detent === 'peek' ? 'half' : 'full'
  if (movedPx < -40) return detent === 'full' ? 'half' : 'peek'
  return detent
}
