/** H3 cells and the gossip topics named after them. */
import {
  cellToBoundary,
  cellToLatLng,
  cellToParent,
  getResolution,
  gridDisk,
  isValidCell,
  latLngToCell,
} from 'h3-js'
import { EARTH_RADIUS_M, greatCircleM, type LngLat } from './geo.ts'
import { fromHex, hexDigits } from './hex.ts'

/** Resolution of a request's cell, about 5 km². */
export const REQUEST_RES = 7
/** Resolution of the cells that far requests go to, about 250 km². */
export const FAR_RES = 5

/** The cell that holds a place. */
export const cellAt = (place: LngLat, res: number): string => latLngToCell(place[1], place[0], res)

/** The middle of a cell. */
export function cellCentre(cell: string): LngLat {
  const [lat, lng] = cellToLatLng(cell)
  return [lng, lat]
}

/** The res-5 parent of a finer cell. */
export const farCell = (cell: string): string => cellToParent(cell, FAR_RES)

/** True when a finer cell lies in a coarser one. */
export const liesIn = (cell: string, coarser: string): boolean =>
  cellToParent(cell, getResolution(coarser)) === coarser

/**
 * The res-9 cell that a few drivers are told: the nearest to the place of those in the request's cell. A cell's children
 * do not fill it to the border, so one place in a dozen lies in a res-9 cell of the neighbour, which drivers refuse.
 */
export function refinedCell(place: LngLat): string {
  const own = cellAt(place, 9)
  const asked = cellAt(place, REQUEST_RES)
  const awayM = (cell: string) => (cell === own ? 0 : greatCircleM(place, cellCentre(cell)))
  const within = gridDisk(own, 1).filter(cell => liesIn(cell, asked))
  return within.toSorted((a, b) => awayM(a) - awayM(b))[0] ?? own
}

/** True for a valid cell of this resolution. */
export const isCellOf = (cell: string, res: number): boolean =>
  isValidCell(cell) && getResolution(cell) === res

/**
 * Where a request goes first: the pickup's own res-7 cell, then those neighbours that come within `radiusM` of the
 * pickup, so that a car across the border hears it. 600 m reaches every near car of a suburb; 300 m will do downtown.
 */
export const requestCells = (pickup: LngLat, radiusM = 600): string[] =>
  cellsWithin(pickup, cellAt(pickup, REQUEST_RES), radiusM)

/** Where a request goes second: the neighbours of the pickup's cell that `requestCells` left out. */
export function ringCells(pickup: LngLat, radiusM = 600): string[] {
  const first = new Set(requestCells(pickup, radiusM))
  return gridDisk(cellAt(pickup, REQUEST_RES), 1).filter(cell => !first.has(cell))
}

/** Where a request goes last: the res-5 parent, then its neighbours that come within `radiusM`. */
export const farCells = (pickup: LngLat, radiusM = 10_000): string[] =>
  cellsWithin(pickup, farCell(cellAt(pickup, REQUEST_RES)), radiusM)

/** The area whose epochs a driver at a place takes part in. */
export const driverArea = (place: LngLat): string => farCell(cellAt(place, REQUEST_RES))

/** Where a rider's words of an epoch go: his pickup's area first, then those next to it within `radiusM`. */
export const epochAreas = (pickup: LngLat, radiusM = 3_000): string[] => farCells(pickup, radiusM)

function cellsWithin(place: LngLat, own: string, radiusM: number): string[] {
  const near = gridDisk(own, 1).filter(cell => cell !== own && distanceToCellM(place, cell) <= radiusM)
  return [own, ...near]
}

/** Metres from a place outside a cell to the cell's border, on a plane that touches the globe at the place. */
export function distanceToCellM(place: LngLat, cell: string): number {
  const metresPerDeg = (EARTH_RADIUS_M * Math.PI) / 180
  const shrink = Math.cos((place[1] * Math.PI) / 180)
  const corners = cellToBoundary(cell).map(([lat, lng]) => {
    const east = ((lng - place[0] + 540) % 360) - 180 // the short way round the date line
    return [east * shrink * metresPerDeg, (lat - place[1]) * metresPerDeg] as const
  })
  let best = Number.POSITIVE_INFINITY
  corners.forEach(([x, y], i) => {
    const [nextX, nextY] = corners[(i + 1) % corners.length]!
    const [dx, dy] = [nextX - x, nextY - y]
    const t = Math.max(0, Math.min(1, -(x * dx + y * dy) / (dx * dx + dy * dy || 1)))
    best = Math.min(best, Math.hypot(x + t * dx, y + t * dy))
  })
  return best
}

/** Topic of the requests around a res-7 cell. */
export const requestTopic = (chainId: number, cell: string): string => `/hexhail/1/${chainId}/req/${cell}`
/** Topic of the requests that found too few cars near, by res-5 cell. */
export const farTopic = (chainId: number, cell: string): string => `/hexhail/1/${chainId}/far/${cell}`
/** Topic where the riders and drivers of a res-5 cell tell each other what they match by when cars are scarce. */
export const epochTopic = (chainId: number, cell: string): string => `/hexhail/1/${chainId}/epoch/${cell}`
/** Topic where the two parties of a conversation find each other again. */
export const meetTopic = (chainId: number, tag: Uint8Array): string =>
  `/hexhail/1/${chainId}/meet/${hexDigits(tag)}`

/** Topic of what an agency's vehicles in a res-5 cell say (`agency`: `agencyTag` of its id). */
export const transitTopic = (chainId: number, agency: string, cell: string): string =>
  `/hexhail/1/${chainId}/transit/${agency}/${cell}`

/** A GTFS `agency_id` in the letters of a topic; two ids that come out the same share topics, not permits. */
export const agencyTag = (id: string): string =>
  id
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, 32)
    .replace(/-$/, '') || 'agency'

/** What an idle driver follows. */
export function driverTopics(chainId: number, place: LngLat): string[] {
  const cell = cellAt(place, REQUEST_RES)
  return [requestTopic(chainId, cell), farTopic(chainId, farCell(cell))]
}

/** A topic taken apart. */
export type Topic =
  | { readonly chainId: number; readonly sort: 'req' | 'far' | 'epoch'; readonly cell: string }
  | { readonly chainId: number; readonly sort: 'meet'; readonly tag: Uint8Array }
  | { readonly chainId: number; readonly sort: 'transit'; readonly agency: string; readonly cell: string }

const TOPIC =
  /^\/hexhail\/1\/([1-9]\d{0,14})\/(?:(req|far|epoch|transit\/([a-z0-9][a-z0-9-]{0,31}))\/([0-9a-f]{15})|meet\/([0-9a-f]{32}))$/

/** Takes a topic apart; null when it is none of ours. */
export function parseTopic(topic: string): Topic | null {
  const parts = TOPIC.exec(topic)
  if (parts === null) return null
  const [, chain, sort, agency, cell, tag] = parts
  const chainId = Number(chain)
  if (tag !== undefined) return { chainId, sort: 'meet', tag: fromHex(`0x${tag}`) }
  if (!isCellOf(cell!, sort === 'req' ? REQUEST_RES : FAR_RES)) return null
  if (agency !== undefined) return { chainId, sort: 'transit', agency, cell: cell! }
  return { chainId, sort: sort as 'req' | 'far' | 'epoch', cell: cell! }
}

/** True for the name of a topic of ours. */
export const isHexhailTopic = (topic: string): boolean => parseTopic(topic) !== null
