import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { Box } from '../box.ts'
import type { CityData, ShapeTable } from '../city.ts'
import { onGrain } from '../grain.ts'
import { AREA_KINDS, areaKind, LINE_KINDS, lineKind, PLACE_KINDS, placeKind } from '../map/map-kinds.ts'
import type { AreaFeature, PointFeature, Tags, WayFeature } from '../osm/feature.ts'
import { middleOf } from './build-addresses.ts'
import { hilbertOrder } from './hilbert.ts'
import type { NameTable } from './name-table.ts'
import { type Shore, seaAreas } from './sea.ts'

interface Shape {
  readonly kind: number
  readonly name: number
  readonly parts: readonly (readonly LngLat[])[]
}
type Layers = Pick<CityData, 'deadStreets' | 'areas' | 'lines' | 'places' | 'stops'>

/** Collects what is drawn and searched besides the streets that cars use. */
export class MapBuilder {
  readonly #names: NameTable
  readonly #areas: Shape[] = []
  readonly #lines: Shape[] = []
  readonly #deadStreets: Shape[] = []
  readonly #places: { kind: number; name: number; address: number; at: LngLat }[] = []
  readonly #stops: { name: number; line: number; variant: number; order: number; at: LngLat }[] = []
  readonly #shores: Shore[] = []
  readonly #islands: LngLat[][] = []

  constructor(names: NameTable) {
    this.#names = names
  }

  /** Take a feature that is no street. */
  add(feature: PointFeature | WayFeature | AreaFeature): void {
    const { tags } = feature
    if (feature.kind === 'point') {
      if (isStop(tags)) this.#addStop(tags, feature.at)
      else this.#addPlace(tags, feature.at)
      return
    }
    if (feature.kind === 'way') {
      if (isShore(tags)) this.#shores.push({ line: feature.line, directed: tags.natural === 'coastline' })
      const kind = lineKind(tags)
      if (kind) this.#lines.push(this.#shape(LINE_KINDS.indexOf(kind), tags, [feature.line]))
      return
    }
    if (/^(islet|island)$/.test(tags.place ?? '')) this.#islands.push([...feature.rings[0]!])
    const kind = areaKind(tags)
    if (kind) {
      const named = kind === 'building' ? {} : tags
      this.#areas.push(this.#shape(AREA_KINDS.indexOf(kind), named, feature.rings))
    }
    this.#addPlace(tags, middleOf(feature.rings[0]!))
  }

  /** Take a street that is drawn only. */
  addDeadStreet(kind: number, name: number, line: readonly LngLat[]): void {
    this.#deadStreets.push({ kind, name, parts: [line] })
  }

  /** All tables, with names by their final numbers. */
  build(rank: Uint32Array, box: Box, streets: readonly LngLat[]): Layers {
    const sea = seaAreas(this.#shores, this.#islands, box, streets)
    const areas = [...sea.map(parts => ({ kind: AREA_KINDS.indexOf('sea'), name: 0, parts })), ...this.#areas]
    const ids = (list: readonly { [K in string]: unknown }[], key: string): Int32Array =>
      Int32Array.from(list, item => rank[item[key] as number]!)
    return {
      areas: tableOf(areas, rank),
      lines: tableOf(this.#lines, rank),
      deadStreets: tableOf(nearEachOther(this.#deadStreets), rank),
      places: {
        kind: Int32Array.from(this.#places, p => p.kind),
        name: ids(this.#places, 'name'),
        address: ids(this.#places, 'address'),
        xy: millionths(this.#places.map(p => p.at)),
      },
      stops: {
        name: ids(this.#stops, 'name'),
        line: ids(this.#stops, 'line'),
        variant: Int32Array.from(this.#stops, s => s.variant),
        order: Int32Array.from(this.#stops, s => s.order),
        xy: millionths(this.#stops.map(s => s.at)),
      },
    }
  }

  #shape(kind: number, tags: Tags, parts: Shape['parts']): Shape {
    return { kind, name: this.#names.add(tags.name), parts }
  }

  #addStop(tags: Tags, at: LngLat): void {
    this.#stops.push({
      name: this.#names.add(tags.name),
      line: this.#names.add(tags['mvdgis:desc_linea'] ?? tags.route_ref),
      variant: wholeNumber(tags['mvdgis:cod_varian']),
      order: wholeNumber(tags['mvdgis:ordinal']),
      at,
    })
  }

  #addPlace(tags: Tags, at: LngLat): void {
    const kind = tags.name ? placeKind(tags) : null
    if (!kind) return
    const address = [tags['addr:street'], tags['addr:housenumber']].filter(Boolean).join(' ')
    this.#places.push({
      kind: PLACE_KINDS.indexOf(kind),
      name: this.#names.add(tags.name),
      address: this.#names.add(address),
      at,
    })
  }
}

/** The estuary before Montevideo is mapped as a river whose bare banks ask not to be tagged as coast. */
function isShore(tags: Tags): boolean {
  return tags.natural === 'coastline' || /don't tag as coastline/.test(tags.note ?? '')
}

function isStop(tags: Tags): boolean {
  return tags.highway === 'bus_stop' || (tags.public_transport === 'platform' && tags.railway === undefined)
}

function wholeNumber(text: string | undefined): number {
  const n = Number.parseInt(text ?? '', 10)
  return n > 0 && n < 2 ** 31 ? n : 0
}

function millionths(places: readonly LngLat[]): Int32Array {
  const xy = new Int32Array(places.length * 2)
  places.forEach(([lng, lat], i) => {
    xy[2 * i] = onGrain(lng)
    xy[2 * i + 1] = onGrain(lat)
  })
  return xy
}

/** Shapes along a Hilbert curve: neighbours begin with short steps from each other. */
function nearEachOther(shapes: readonly Shape[]): Shape[] {
  return Array.from(hilbertOrder(shapes.flatMap(shape => shape.parts[0]![0]!)), i => shapes[i]!)
}

function tableOf(shapes: readonly Shape[], rank: Uint32Array): ShapeTable {
  return {
    kind: Int32Array.from(shapes, s => s.kind),
    name: Int32Array.from(shapes, s => rank[s.name]!),
    parts: Int32Array.from(shapes, s => s.parts.length),
    points: Int32Array.from(shapes.flatMap(s => s.parts.map(p => p.length))),
    xy: millionths(shapes.flatMap(s => s.parts.flat())),
  }
}
