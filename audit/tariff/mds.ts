import { concat, hexDigits } from '@hexhail/protocol/hex.ts'
import { type TariffDocument, type TariffWindow, tariffHash } from '@hexhail/protocol/tariff-document.ts'
import { sha256 } from '@noble/hashes/sha2.js'
import type { FeatureCollection } from 'geojson'
import { cellsToMultiPolygon, getResolution } from 'h3-js'

/** A policy and its geographies as MDS 2.0 writes them, and what of the tariff MDS cannot say. */
export interface MdsTariff {
  readonly policies: readonly object[]
  readonly geographies: readonly object[]
  readonly left: readonly { readonly path: string; readonly why: string }[]
}

/** What the document does not say. */
export interface MdsOptions {
  readonly publishedAtMs: number
  /** The jurisdiction's frame; without it levies that hold everywhere have no geography to stand in. */
  readonly bounds?: readonly [west: number, south: number, east: number, north: number]
}

/** MDS: a policy begins at least twenty minutes after it is published. */
const NOTICE_MS = 20 * 60_000
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
/** MDS knows no date before this, milliseconds. */
const EPOCH_MS = 1_514_764_800_000

type Rule = Record<string, unknown>
const START = { on_trip: ['trip_start'] }
const END = { on_trip: ['trip_end'] }

/**
 * The parts of a tariff that MDS 2.0 Policy and Geography can say: charges of zones and levies, once a trip, by hours,
 * days and drives. Ids follow from the content, so the same tariff always gives the same files.
 */
export function mdsTariff(doc: TariffDocument, { publishedAtMs, bounds }: MdsOptions): MdsTariff {
  const hash = tariffHash(doc)
  const zoneIds = new Map(doc.zones.map(zone => [zone.id, uuid('geography', zone.id, zone.cells.join())]))
  const everywhere = bounds ? uuid('geography', hash, bounds.join()) : null
  const left: { path: string; why: string }[] = []
  const rule = (path: string, name: string, more: Rule): Rule => ({
    name,
    rule_id: uuid('rule', hash, path),
    rule_type: 'count',
    rule_units: 'devices',
    minimum: 0,
    rate_recurrence: 'once_on_match',
    rate_applies_when: 'in_bounds',
    vehicle_types: ['car'],
    ...more,
  })
  const rules = doc.zones.flatMap((zone, i) => {
    const geographies = [zoneIds.get(zone.id)]
    if (zone.through > 0)
      left.push({ path: `zones[${i}].through`, why: 'MDS has no state for passing through' })
    if (zone.multBp !== 10_000) left.push({ path: `zones[${i}].multBp`, why: 'MDS has amounts, no factors' })
    const charge = (key: 'pickup' | 'dropoff', states: object) =>
      zone[key] === 0
        ? []
        : [
            rule(`zones[${i}].${key}`, `${zone.name}: ${key}`, {
              geographies,
              states,
              rate_amount: zone[key],
            }),
          ]
    return [...charge('pickup', START), ...charge('dropoff', END)]
  })
  doc.levies.forEach((levy, i) => {
    const path = `levies[${i}]`
    if (levy.bp > 0) left.push({ path: `${path}.bp`, why: 'MDS has amounts, no shares of a fare' })
    if (levy.amount === 0) return
    if (levy.when.some(each => each.holidays !== 'any'))
      left.push({ path: `${path}.when`, why: 'MDS does not know holidays: the days of the week are written' })
    if (levy.where.at === 'touch' && levy.where.zones.length > 0)
      left.push({
        path: `${path}.where`,
        why: 'MDS has no state for passing through: pickup and dropoff are written',
      })
    const geographies =
      levy.where.zones.length > 0
        ? levy.where.zones.map(id => zoneIds.get(id))
        : everywhere
          ? [everywhere]
          : []
    if (geographies.length === 0) {
      left.push({ path, why: 'it holds everywhere, and the bounds of the jurisdiction were not given' })
      return
    }
    const states =
      levy.where.zones.length === 0 || levy.where.at === 'pickup'
        ? START
        : levy.where.at === 'dropoff'
          ? END
          : { on_trip: ['trip_start', 'trip_end'] }
    const drives = levy.propulsion.length > 0 ? { propulsion_types: levy.propulsion } : {}
    const common = { geographies, states, rate_amount: levy.amount, ...drives }
    const windows = levy.when.length === 0 ? [{}] : levy.when.flatMap(hoursOf)
    windows.forEach((hours, j) => {
      rules.push(rule(`${path}[${j}]`, `${levy.id} for ${levy.beneficiary}`, { ...common, ...hours }))
    })
  })
  left.push(...unsaid(doc))
  const startMs = Math.max(doc.validFrom * 1_000, publishedAtMs + NOTICE_MS, EPOCH_MS)
  const policy = {
    name: doc.title,
    mode_id: 'passenger-services',
    policy_id: uuid('policy', hash),
    description: `Tariff ${doc.id}, version ${doc.version}, ${doc.jurisdiction}: document ${hash}`,
    currency: doc.currency,
    start_date: startMs,
    ...(doc.validTo > 0 && { end_date: doc.validTo * 1_000 }),
    published_date: publishedAtMs,
    prev_policies: doc.version === 1 ? [] : [uuid('policy', doc.prev)],
    rules,
  }
  const named = new Set(rules.flatMap(each => each.geographies as string[]))
  const shapes = [
    ...doc.zones.map(zone => ({ id: zoneIds.get(zone.id)!, name: zone.name, shape: cellsShape(zone.cells) })),
    ...(bounds ? [{ id: everywhere!, name: doc.jurisdiction, shape: frame(bounds) }] : []),
  ]
  const geographies = shapes
    .filter(({ id }) => named.has(id))
    .map(({ id, name, shape }) => ({
      name,
      geography_type: 'policy_zone',
      geography_id: id,
      geography_json: shape,
      effective_date: publishedAtMs,
      published_date: publishedAtMs,
    }))
  return { policies: rules.length > 0 ? [policy] : [], geographies, left }
}

/** What no rule of MDS can say, where the tariff has it. */
function unsaid(doc: TariffDocument): MdsTariff['left'] {
  const has: readonly (readonly [string, boolean, string])[] = [
    ['classes', true, 'MDS has no prices by kilometre, flag, minimum or steps'],
    ['periods', doc.periods.length > 0, 'MDS has amounts, no factors'],
    ['tolls', doc.tolls.length > 0, 'MDS knows areas, no gantries'],
    ['access', doc.access.perTrip > 0, 'MDS rules do not tell classes apart'],
    ['chargesMost', doc.chargesMost > 0, 'MDS has no bound of charges together'],
    ['upfront', doc.upfront.isAllowed, 'MDS has no fares agreed before'],
    ['wage', doc.wage.per !== 'none', 'MDS has no pay of drivers'],
    ['hours', doc.hours.limitS > 0, 'MDS has no hours of drivers'],
    ['concessions', doc.concessions.length > 0, 'MDS has no credentials'],
    ['caps', doc.caps.day + doc.caps.week > 0, 'MDS has no caps'],
    ['transfers', doc.transfers.length > 0, 'MDS has no transfers'],
    ['cancel', doc.cancel.max > 0, 'MDS has no fees of cancels'],
    ['rounding', doc.rounding.step > 0, 'MDS has no rounding'],
  ]
  return has.flatMap(([path, isThere, why]) => (isThere ? [{ path, why }] : []))
}

/** A window as hours and days of MDS; one over midnight as two, the second a day later. */
function hoursOf({ days, fromMin, toMin }: TariffWindow): Rule[] {
  const names = (shift: number) => days.map(day => DAYS[(day - 1 + shift) % 7])
  const from = timeOf(fromMin, 0)
  if (toMin > fromMin) return [{ days: names(0), start_time: from, end_time: timeOf(toMin - 1, 59) }]
  const evening = { days: names(0), start_time: from, end_time: '23:59:59' }
  return toMin === 0
    ? [evening]
    : [evening, { days: names(1), start_time: '00:00:00', end_time: timeOf(toMin - 1, 59) }]
}

const two = (n: number): string => String(n).padStart(2, '0')
const timeOf = (minute: number, second: number): string =>
  `${two(Math.floor(minute / 60))}:${two(minute % 60)}:${two(second)}`

/** Cells as polygons, those of one size merged. */
function cellsShape(cells: readonly string[]): FeatureCollection {
  const sizes = [...new Set(cells.map(getResolution))]
  const coordinates = sizes.flatMap(size =>
    cellsToMultiPolygon(
      cells.filter(cell => getResolution(cell) === size),
      true,
    ),
  )
  return { type: 'FeatureCollection', features: [feature({ type: 'MultiPolygon', coordinates })] }
}

function frame([west, south, east, north]: NonNullable<MdsOptions['bounds']>): FeatureCollection {
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
  return { type: 'FeatureCollection', features: [feature({ type: 'Polygon', coordinates: [ring] })] }
}

const feature = (geometry: GeoJSON.Geometry): GeoJSON.Feature => ({
  type: 'Feature',
  properties: {},
  geometry,
})

/** A UUID (version 8) that follows from names. */
function uuid(...names: readonly string[]): string {
  const bytes = sha256(concat(...names.map(name => textBytes(name))))
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = hexDigits(bytes)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  )
}

const textBytes = (text: string): Uint8Array => new TextEncoder().encode(`${text}\0`)
