import type { FeedStop } from './feed.ts'
import { choice, degrees, id, text } from './field.ts'
import { type FeedSource, readRows } from './read-rows.ts'

const FILE = 'stops.txt'
const [PLATFORM, STATION, BOARDING] = [0, 1, 4]

const STOP = {
  stopId: id,
  stopCode: text,
  stopName: text,
  stopLat: degrees(90),
  stopLon: degrees(180),
  locationType: choice(BOARDING),
  parentStation: text,
  zoneId: text,
  platformCode: text,
  wheelchairBoarding: choice(2),
}

/** Stops, each with a place (its own or its parent's); a feed for riders on demand alone may have none. */
export function readStops(source: FeedSource): FeedStop[] {
  const isNeeded = !source.files.has('locations.geojson')
  const rows = readRows(source, FILE, STOP, { isNeeded, key: ['stopId'] })
  const byId = new Map(rows.map(row => [row.stopId, row]))
  const complain = source.complaints
  /** The rows from the parent up; empty after a complaint. */
  const ancestors = (row: (typeof rows)[number]): typeof rows => {
    const found: typeof rows = []
    for (let at = row; at.parentStation !== ''; ) {
      const parent = byId.get(at.parentStation)
      if (parent === undefined) break
      if (parent === row || found.includes(parent)) return []
      found.push(parent)
      at = parent
    }
    return found
  }
  const hasPlace = (row: (typeof rows)[number]): boolean =>
    Number.isFinite(row.stopLat) && Number.isFinite(row.stopLon)
  const kept = rows.flatMap(row => {
    const at = { file: FILE, row: row.row, column: 'parent_station', value: row.parentStation }
    const above = ancestors(row)
    let parent = byId.get(row.parentStation)
    if (row.parentStation !== '') {
      if (parent === undefined) complain.add('error', 'ID_UNKNOWN', at)
      else if (above.length === 0) complain.add('error', 'PARENT_CYCLE', at)
      else if (parent.locationType !== (row.locationType === BOARDING ? PLATFORM : STATION)) {
        complain.add('error', 'PARENT_KIND', at)
        parent = undefined
      }
    }
    if (above.length === 0) parent = undefined
    const placed = [row, ...above].find(hasPlace)
    if (placed === undefined) {
      complain.add('error', 'PLACE_MISSING', {
        file: FILE,
        row: row.row,
        column: 'stop_lat',
        value: row.stopId,
      })
      return []
    }
    const said = [row, ...above].find(r => r.wheelchairBoarding !== 0)
    return [{ row, parent: parent?.stopId ?? '', placed, wheelchair: said?.wheelchairBoarding ?? 0 }]
  })
  const index = new Map(kept.map(({ row }, i) => [row.stopId, i]))
  return kept.map(({ row, parent, placed, wheelchair }) => ({
    id: row.stopId,
    code: row.stopCode,
    name: row.stopName,
    lng: placed.stopLon,
    lat: placed.stopLat,
    kind: row.locationType,
    parent: index.get(parent) ?? -1,
    zone: row.zoneId,
    platform: row.platformCode,
    wheelchair,
  }))
}
