import { useEffect, useMemo, useState } from 'preact/hooks'

/** A list that stands still while a person works in it, and how to let the new rows in. */
export interface Held<R> {
  readonly rows: readonly R[]
  /** Rows that wait. */
  readonly fresh: number
  readonly release: () => void
  readonly handlers: {
    readonly onPointerEnter: (event: PointerEvent) => void
    readonly onPointerLeave: () => void
    readonly onFocusIn: () => void
    readonly onFocusOut: () => void
  }
}

/**
 * Keeps the order of `rows` while the mouse or the focus is inside, so that nothing moves away under the hand; rows that
 * are there already are still brought up to date. `about` names what is listed: another one starts anew.
 */
export function useHeld<R>(rows: readonly R[], keyOf: (row: R) => string, about: string): Held<R> {
  const [held, setHeld] = useState<readonly string[] | null>(null)
  useEffect(() => setHeld(null), [about])
  const hold = (): void => setHeld(now => now ?? rows.map(keyOf))
  const release = (): void => setHeld(null)
  const handlers = {
    onPointerEnter: (event: PointerEvent) => event.pointerType === 'mouse' && hold(),
    onPointerLeave: release,
    onFocusIn: hold,
    onFocusOut: release,
  }
  // Once for each change of the rows, not for each drawing: there may be a million.
  const still = useMemo(() => {
    if (held === null) return null
    const byKey = new Map(rows.map(row => [keyOf(row), row]))
    return held.flatMap(key => byKey.get(key) ?? [])
  }, [rows, held])
  if (still === null) return { rows, fresh: 0, release, handlers }
  return { rows: still, fresh: rows.length - still.length, release, handlers }
}
