import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { FeatureCollection } from 'geojson'

/** Delivers one vector tile (MVT bytes), no bytes where there is nothing: `AsyncCity.tile` fits with `{ signal }`. */
export type TileSource = (z: number, x: number, y: number, signal: AbortSignal) => Promise<Uint8Array>

/** How a map starts. */
export interface MapOptions {
  readonly tile: TileSource
  readonly centre: LngLat
  readonly zoom?: number
  /** Zoom levels that the tiles have; beyond the last they are stretched. */
  readonly tileZooms?: readonly [min: number, max: number]
  /** Keeps the camera inside: south-west and north-east corners. */
  readonly bounds?: readonly [LngLat, LngLat]
  readonly dark: boolean
  /** Name for screen readers. */
  readonly label: string
  readonly onTap?: (at: LngLat) => void
  /** The camera was moved by hand (true) or follows again (false): show or hide «recentre». */
  readonly onAway?: (away: boolean) => void
  readonly onError?: (message: string) => void
}

/** Places that the map marks at most once. */
export type MarkedPlace = 'pickup' | 'destination' | 'you'

/** A car on the map. */
export interface CarOnMap {
  readonly at: LngLat
  /** Degrees clockwise from north. */
  readonly headingDeg: number
  readonly label: string
  /** How it is drawn; a car where it is left out. */
  readonly kind?: 'car' | 'bus'
}

/** A leg of a way from door to door; `colour` is the line's own, as CSS has it. */
export interface LegOnMap {
  readonly kind: 'walk' | 'cycle' | 'ride' | 'line'
  readonly colour: string | null
  readonly line: readonly LngLat[]
}

/** Pixels of the map that the sheet and header cover. */
export interface MapPadding {
  readonly top?: number
  readonly bottom?: number
  readonly left?: number
  readonly right?: number
}

/** A running map. Nothing here is the only way to learn a fact: pages say the same in text. */
export interface MapView {
  setDark(dark: boolean): void
  setPadding(padding: MapPadding): void
  /** Puts, moves or (with `null`) removes a mark. */
  setPlace(place: MarkedPlace, at: LngLat | null, label?: string): void
  setStops(stops: readonly LngLat[]): void
  /** Puts a car, glides it to a new place, or (with `null`) removes it. */
  setCar(id: string, car: CarOnMap | null): void
  /** The way of the trip, and the dashed way of the car to the pickup. */
  setRoute(route: 'trip' | 'approach', line: readonly LngLat[] | null): void
  /** The legs of a way by several means, each drawn after its kind. */
  setLegs(legs: readonly LegOnMap[]): void
  /** Hexagons (or any polygons) with `properties: {value: 0..1, label?: string}`. */
  setCells(cells: FeatureCollection | null): void
  /** Shows all the places beside the sheet, unless a person has moved the camera since; `force` does it anyway. */
  fitTo(places: readonly LngLat[], force?: boolean): void
  /** Back to the last `fitTo`. */
  recentre(): void
  zoomBy(levels: number): void
  /** What the camera shows now: the middle of the part not covered. */
  centre(): LngLat
  dispose(): void
}
