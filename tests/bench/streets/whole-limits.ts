import { readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import { StreetBuilder } from '@hexhail/streets/build/build-streets.ts'
import { stopsCars, streetClass } from '@hexhail/streets/osm/car-access.ts'
import type { Tags } from '@hexhail/streets/osm/feature.ts'
import { readOsmPbf } from '@hexhail/streets/osm/read-osm-pbf.ts'
import type { StreetTable } from '@hexhail/streets/street-table.ts'

const SIGNS = ['maxspeed', 'maxspeed:forward', 'maxspeed:backward', 'maxspeed:advisory']
const NUMBER = /^\s*(\d+(?:\.\d+)?)(\s*(?:mph|km\/h|kmh|kph|knots)?\s*)$/i

/**
 * Speeds of the segments of `streets` (km/h) as they would be if signed limits were driven whole and not by four fifths:
 * the streets of the extract are made again with every limit raised by a quarter. A segment that is not found again
 * keeps its speed.
 */
export function wholeLimits(streets: StreetTable, extract: string): { kmh: Uint8Array; lost: number } {
  const builder = new StreetBuilder()
  const bytes = new Uint8Array(readFileSync(extract))
  const inflate = (packed: Uint8Array, maxOutputLength: number) => inflateSync(packed, { maxOutputLength })
  const names = new Map<string, number>()
  for (const feature of readOsmPbf(bytes, inflate)) {
    if (feature.kind === 'turn') builder.addTurn(feature)
    else if (feature.kind === 'point') {
      if (feature.tags.highway === 'traffic_signals') builder.addLight(feature.at)
      if (stopsCars(feature.tags)) builder.addBlock(feature.at)
    } else if (feature.kind === 'way' && streetClass(feature.tags) >= 0) {
      const name = feature.tags.name ?? feature.tags.ref ?? ''
      if (!names.has(name)) names.set(name, names.size)
      builder.addWay({ ...feature, tags: raised(feature.tags) }, names.get(name)!)
    }
  }
  const { table } = builder.build()
  const found = new Map(Array.from(table.tail, (_, s) => [keyOf(table, s), table.speedKmh[s]!]))
  let lost = 0
  const kmh = streets.speedKmh.map((own, s) => {
    const whole = found.get(keyOf(streets, s))
    if (whole === undefined) lost++
    return whole ?? own
  })
  return { kmh, lost }
}

function raised(tags: Tags): Tags {
  const changed: Record<string, string> = { ...tags }
  for (const sign of SIGNS) {
    const parts = tags[sign]?.split(/[;|]/)
    if (parts)
      changed[sign] = parts.map(part => part.replace(NUMBER, (_, n, unit) => `${n * 1.25}${unit}`)).join(';')
  }
  return changed
}

/** A segment by its ends and length. */
function keyOf({ junctionXy, tail, head, lengthDm }: StreetTable, s: number): string {
  const at = (junction: number): string => `${junctionXy[2 * junction]} ${junctionXy[2 * junction + 1]}`
  return `${at(tail[s]!)} ${at(head[s]!)} ${lengthDm[s]}`
}
