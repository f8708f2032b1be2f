import type { LngLat } from '@hexhail/protocol/geo.ts'
import { bbox } from '@turf/bbox'
import { multiPoint } from '@turf/helpers'
import { Map as MapLibreMap, Marker, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { trustScriptUrl } from '../trusted-types.ts'
import { createCars } from './cars.ts'
import type { MapOptions, MapPadding, MapView, MarkedPlace } from './map-view.ts'
import { placeMark } from './markers.ts'
import { addOverlays, type Overlays, updateOverlay } from './overlays.ts'
import { mapStyle } from './style.ts'
import { serveTiles } from './tile-protocol.ts'

/** A map of the city in `host`, or `null` where this browser cannot draw one (no WebGL 2). */
export function createMap(host: HTMLElement, options: MapOptions): MapView | null {
  if (!canDraw()) return null
  trustScriptUrl(workerUrl)
  setWorkerUrl(workerUrl)
  const tiles = serveTiles(options.tile)
  const [minZoom, maxZoom] = options.tileZooms ?? [6, 17]
  const styleOptions = { tiles: tiles.template, minZoom, maxZoom }
  const overlays: Overlays = { trip: null, approach: null, legs: [], cells: null }
  const still = matchMedia('(prefers-reduced-motion: reduce)')
  let dark = options.dark
  let padding: MapPadding = {}
  let aim: readonly LngLat[] | null = null
  let away = false
  const map = open(host, options, mapStyle(dark, styleOptions))
  if (map === null) {
    tiles.stop()
    return null
  }
  // The page's region around it has the name already; inside, arrow keys move the map.
  map.getCanvas().setAttribute('role', 'application')
  const cars = createCars(map)
  const places = new Map<MarkedPlace, Marker>()
  let stops: readonly Marker[] = []

  map.on('style.load', () => addOverlays(map, overlays, dark))
  // For whoever takes pictures: there while nothing is left to draw.
  const drawn = (is: boolean) => () => host.toggleAttribute('data-drawn', is)
  map.on('idle', drawn(true))
  for (const event of ['dataloading', 'movestart'] as const) map.on(event, drawn(false))
  map.on('error', event => options.onError?.(event.error.message))
  if (options.onTap) map.on('click', event => options.onTap?.([event.lngLat.lng, event.lngLat.lat]))
  const setAway = (next: boolean): void => {
    if (next === away) return
    away = next
    options.onAway?.(next)
  }
  // `originalEvent` is there only when a hand, wheel or key moved the camera.
  map.on('movestart', event => {
    if ((event as { originalEvent?: unknown }).originalEvent) setAway(true)
  })

  const look = (): void => {
    if (aim === null || aim.length === 0) return
    const [west, south, east, north] = bbox(multiPoint(aim.map(([lng, lat]) => [lng, lat])))
    const box: [number, number, number, number] = [west, south, east, north]
    map.fitBounds(box, { padding: 56, maxZoom: 16.5, animate: !still.matches, duration: 700 })
  }
  return {
    setDark(next) {
      if (next === dark) return
      dark = next
      map.setStyle(mapStyle(dark, styleOptions), { diff: false })
    },
    setPadding(next) {
      padding = next
      host.parentElement?.style.setProperty('--map-pad-bottom', `${padding.bottom ?? 0}px`)
      map.setPadding({ top: 0, bottom: 0, left: 0, right: 0, ...padding })
      if (!away) look()
    },
    setPlace(place, at, label = place) {
      places.get(place)?.remove()
      places.delete(place)
      if (at === null) return
      const anchor = place === 'you' ? 'center' : 'bottom'
      const marker = new Marker({ element: placeMark(place, label), anchor })
        .setLngLat([at[0], at[1]])
        .addTo(map)
      places.set(place, marker)
    },
    setStops(next) {
      for (const stop of stops) stop.remove()
      stops = next.map((at, n) =>
        new Marker({ element: placeMark('stop', `${n + 1}`) }).setLngLat([at[0], at[1]]).addTo(map),
      )
    },
    setCar: cars.set,
    setRoute(route, line) {
      overlays[route] = line
      updateOverlay(map, overlays, route)
    },
    setLegs(legs) {
      overlays.legs = legs
      updateOverlay(map, overlays, 'legs')
    },
    setCells(cells) {
      overlays.cells = cells
      updateOverlay(map, overlays, 'cells')
    },
    fitTo(next, force = false) {
      aim = next
      if (force) setAway(false)
      if (!away) look()
    },
    recentre() {
      setAway(false)
      look()
    },
    zoomBy(levels) {
      map.zoomTo(map.getZoom() + levels, { animate: !still.matches })
    },
    centre() {
      const { lng, lat } = map.getCenter()
      return [lng, lat]
    },
    dispose() {
      cars.dispose()
      map.remove()
      tiles.stop()
    },
  }
}

function open(
  host: HTMLElement,
  options: MapOptions,
  style: ReturnType<typeof mapStyle>,
): MapLibreMap | null {
  try {
    return new MapLibreMap({
      container: host,
      style,
      center: [options.centre[0], options.centre[1]],
      zoom: options.zoom ?? 13,
      minZoom: 8,
      maxZoom: 19,
      attributionControl: false,
      maplibreLogo: false,
      dragRotate: false,
      pitchWithRotate: false,
      fadeDuration: 150,
      locale: { 'Map.Title': options.label },
      ...(options.bounds ? { maxBounds: withMargin(options.bounds) } : {}),
    })
  } catch {
    return null
  }
}

/** Beyond the city's edge, as a share of its size: a place on the edge must come clear of what covers the map. */
const MARGIN = 0.3

function withMargin([southWest, northEast]: NonNullable<MapOptions['bounds']>): [
  number,
  number,
  number,
  number,
] {
  const [west, south] = southWest
  const [east, north] = northEast
  const [across, up] = [(east - west) * MARGIN, (north - south) * MARGIN]
  return [west - across, south - up, east + across, north + up]
}

/** Whether this browser has WebGL 2. */
function canDraw(): boolean {
  try {
    const context = document.createElement('canvas').getContext('webgl2')
    context?.getExtension('WEBGL_lose_context')?.loseContext()
    return context !== null
  } catch {
    return false
  }
}
