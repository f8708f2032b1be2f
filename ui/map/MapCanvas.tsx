import { useEffect, useRef, useState } from 'preact/hooks'
import { IconButton } from '../components/IconButton.tsx'
import { isDark } from '../theme.ts'
import { ui } from '../ui-text.ts'
import type { MapOptions, MapView } from './map-view.ts'

/** Properties of `MapCanvas`. */
export interface MapCanvasProps extends Omit<MapOptions, 'dark' | 'label' | 'onAway'> {
  /** Called with the map when it is drawn, with `null` when it goes, or never where there is no WebGL. */
  readonly onView: (view: MapView | null) => void
  readonly label?: string
}

/** A map whose code did not arrive is fetched again after this, ms. */
const RETRY_MS = 3_000

type Phase = 'loading' | 'ready' | 'missing'

/** The map with its credit, zoom and recentre buttons; words instead where the browser cannot draw. */
export function MapCanvas(props: MapCanvasProps) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<MapView | null>(null)
  // The newest callbacks without a new map.
  const latest = useRef(props)
  latest.current = props
  const [phase, setPhase] = useState<Phase>('loading')
  const [away, setAway] = useState(false)
  const dark = isDark.value

  useEffect(() => {
    let gone = false
    let retry: ReturnType<typeof setTimeout> | undefined
    const start = async (): Promise<void> => {
      const module = await import('./create-map.ts').catch(() => null)
      // The code of the map could not be fetched: the network is gone, not the browser's WebGL.
      if (module === null && !gone) retry = setTimeout(begin, RETRY_MS)
      if (module === null) return
      const { createMap } = module
      if (gone || host.current === null) return
      const { onView, onTap, onError, label, ...rest } = latest.current
      view.current = createMap(host.current, {
        ...rest,
        dark: isDark.value,
        label: label ?? ui('map'),
        onTap: at => latest.current.onTap?.(at),
        onError: message => latest.current.onError?.(message),
        onAway: setAway,
      })
      setPhase(view.current === null ? 'missing' : 'ready')
      if (view.current !== null) onView(view.current)
    }
    const begin = (): void => void start().catch(() => setPhase('missing'))
    begin()
    return () => {
      gone = true
      clearTimeout(retry)
      if (view.current !== null) latest.current.onView(null)
      view.current?.dispose()
      view.current = null
    }
  }, [])
  useEffect(() => view.current?.setDark(dark), [dark])

  return (
    <div class="map" data-phase={phase}>
      <div class="map-canvas" ref={host} hidden={phase === 'missing'} />
      {phase === 'missing' && <p class="map-fallback">{ui('mapMissing')}</p>}
      {phase === 'ready' && (
        <div class="map-tools">
          {away && (
            <IconButton
              kind="filled"
              icon="locate"
              label={ui('recentre')}
              onClick={() => view.current?.recentre()}
            />
          )}
          <span class="desk-only map-tools">
            <IconButton
              kind="filled"
              icon="plus"
              label={ui('zoomIn')}
              onClick={() => view.current?.zoomBy(1)}
            />
            <IconButton
              kind="filled"
              icon="minus"
              label={ui('zoomOut')}
              onClick={() => view.current?.zoomBy(-1)}
            />
          </span>
        </div>
      )}
      <p class="map-credit">
        <a href="https://www.openstreetmap.org/copyright" target="_blank" rel="noreferrer">
          {ui('mapCredit')}
        </a>
      </p>
    </div>
  )
}
