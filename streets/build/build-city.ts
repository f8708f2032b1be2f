import type { LngLat } from '@hexhail/protocol/geo.ts'
import { type Box, boxAround } from '../box.ts'
import { bundleHash } from '../bundle.ts'
import type { CityInfo } from '../city.ts'
import { junctionGraph } from '../graph/junction-graph.ts'
import { turnRules } from '../graph/turn-rules.ts'
import { rankStates } from '../labels/dissect.ts'
import { stopsCars, streetClass } from '../osm/car-access.ts'
import type { Feature } from '../osm/feature.ts'
import { packCity } from '../pack/pack-city.ts'
import { AddressBuilder } from './build-addresses.ts'
import { MapBuilder } from './build-map.ts'
import { StreetBuilder } from './build-streets.ts'
import { NameTable } from './name-table.ts'

/** What to build a city with. */
export interface BuildOptions {
  readonly name: string
  /** Edge of the data, where the source has one; else the box around the streets. */
  readonly box?: Box
  readonly attribution?: string
}

/** A built city: its bytes, its name by content, and counts for the log. */
export interface CityBundle {
  readonly bytes: Uint8Array
  readonly info: CityInfo
  readonly counts: Readonly<Record<string, number>>
}

/** Told how far a build is: a phase, and 0..1 of the whole. */
export type OnProgress = (phase: string, done: number) => void

/** Build a city from features: the same features in the same order give the same bytes. */
export function buildCity(
  features: Iterable<Feature>,
  options: BuildOptions,
  onProgress: OnProgress = () => {},
): CityBundle {
  const names = new NameTable()
  const streets = new StreetBuilder()
  const addresses = new AddressBuilder(names)
  const map = new MapBuilder(names)
  let read = 0
  for (const feature of features) {
    read++
    if (feature.kind === 'turn') streets.addTurn(feature)
    else {
      if (feature.kind === 'point') {
        if (feature.tags.highway === 'traffic_signals') streets.addLight(feature.at)
        if (stopsCars(feature.tags)) streets.addBlock(feature.at)
      }
      addresses.add(feature)
      if (feature.kind !== 'way' || streetClass(feature.tags) < 0) map.add(feature)
      else {
        const name = names.add(feature.tags.name ?? feature.tags.ref)
        if (!streets.addWay(feature, name)) map.addDeadStreet(streetClass(feature.tags), name, feature.line)
      }
    }
  }
  onProgress('streets', 0.5)
  const built = streets.build()
  for (const dead of built.dead) map.addDeadStreet(dead.kind, dead.name, dead.line)

  onProgress('map', 0.65)
  const junctions: LngLat[] = []
  const xy = built.table.junctionXy
  for (let i = 0; i < xy.length; i += 2) junctions.push([xy[i]! / 1e6, xy[i + 1]! / 1e6])
  const bounds = options.box ?? boxAround(junctions) ?? [-180, -85, 180, 85]
  const { names: sorted, rank } = names.sorted()
  const layers = map.build(rank, bounds, junctions)
  onProgress('order', 0.7)
  const junctionRank = rankStates(junctionGraph(built.table))
  onProgress('pack', 0.9)
  const data = {
    info: {
      name: options.name,
      centre: centreOf(junctions),
      bounds: bounds.map(v => Math.round(v * 1e6) / 1e6) as unknown as Box,
      attribution: options.attribution ?? '© OpenStreetMap contributors (ODbL)',
    },
    names: sorted,
    streets: { ...built.table, name: built.table.name.map(id => rank[id]!) },
    ...layers,
    addresses: addresses.build(rank),
    junctionRank,
  }
  const bytes = packCity(data)
  const info = { ...data.info, hash: bundleHash(bytes) }
  onProgress('pack', 1)
  const counts = {
    features: read,
    ...built.counts,
    junctions: junctions.length,
    segments: built.table.tail.length,
    turns: turnRules(built.table).length,
    areas: data.areas.kind.length,
    places: data.places.kind.length,
    stops: data.stops.line.length,
    addresses: data.addresses.number.length,
    names: sorted.length,
  }
  return { bytes, info, counts }
}

/** The junction nearest to the middle of all junctions: a camera that starts there stands on a street. */
function centreOf(junctions: readonly LngLat[]): LngLat {
  if (junctions.length === 0) return [0, 0]
  const middle = (axis: 0 | 1): number => {
    const sorted = junctions.map(p => p[axis]).sort((a, b) => a - b)
    return sorted[sorted.length >> 1]!
  }
  const [lng, lat] = [middle(0), middle(1)]
  let best: LngLat = [0, 0]
  let least = Infinity
  // By degrees: no sines, so that every machine takes the same.
  for (const at of junctions) {
    const [dx, dy] = [at[0] - lng, at[1] - lat]
    const away = dx * dx + dy * dy
    if (away < least) [best, least] = [at, away]
  }
  return best
}
