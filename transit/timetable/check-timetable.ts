import { fareFault } from '../fares/fare-fault.ts'
import type { LineTable, Timetable, TripTable } from './timetable.ts'

/** Nothing lasts longer than two weeks from the start of its service day. */
const MOST_S = 14 * 86_400
const MOST_DAYS = 20 * 366

/**
 * What does not hold of a timetable, or null: every index leads somewhere, tables are as long as they should be, times
 * of a trip never fall, trips of a line are by departure. Overtaking is not looked for: it makes answers late, not wrong
 * to read.
 */
export function timetableFault(timetable: Timetable): string | null {
  const { info, stops, agencies, routes, lines, trips, services, feet, fares } = timetable
  const n = stops.id.length
  const tripCount = trips.id.length
  const isInfo =
    [info.name, info.timezone].every(isText) &&
    [info.startDay, info.days].every(day => Number.isInteger(day) && day >= 0) &&
    info.days <= MOST_DAYS &&
    typeof info.modelled === 'boolean' &&
    ['streets', 'crow'].includes(info.feetBy)
  if (!isInfo) return 'info'
  const columns = [stops.name, stops.zone, stops.lngE7, stops.latE7, stops.wheelchair, stops.parent]
  if (columns.some(column => column.length !== n)) return 'stops'
  if (stops.lngE7.some(v => Math.abs(v) > 1.8e9) || stops.latE7.some(v => Math.abs(v) > 9e8))
    return 'stop places'
  if (stops.parent.some(p => p < -1 || p >= n)) return 'stop parents'
  if (!agencies.every(a => isText(a?.id) && isText(a.name))) return 'agencies'
  const isRoute = (r: Timetable['routes'][number]): boolean =>
    [r?.id, r?.shortName, r?.longName].every(isText) &&
    /^([0-9a-f]{6})?$/.test(String(r.colour)) &&
    agencies[r.agency] !== undefined &&
    Number.isInteger(r.type)
  if (!routes.every(isRoute)) return 'routes'
  if (
    services.words !== Math.ceil(info.days / 32) ||
    services.bits.length !== services.id.length * services.words
  )
    return 'services'
  const perTrip = [trips.startS, trips.profile, trips.service, trips.headsign, trips.direction, trips.bikes]
  if ([...perTrip, trips.wheelchair].some(column => column.length !== tripCount)) return 'trips'
  if ([stops.wheelchair, trips.wheelchair, trips.bikes].some(column => column.some(v => v > 2)))
    return 'access'
  if (trips.direction.some(v => v > 1 && v !== 255)) return 'directions'
  if (trips.service.some(s => s >= services.id.length)) return 'trip services'
  if (trips.headsign.some(h => h >= trips.headsigns.length)) return 'headsigns'
  if (lines.route.length + 1 !== lines.stopStart.length || lines.route.some(r => r >= routes.length))
    return 'lines'
  if (lines.stops.some(s => s >= n) || lines.flags.length !== lines.stops.length) return 'calls'
  if (lines.flags.some(flags => flags > 3)) return 'call flags'
  if (feet.to.some(to => to >= n)) return 'ways on foot'
  for (let from = 0; from < n; from++)
    for (let i = feet.start[from]!; i < feet.start[from + 1]!; i++)
      if (feet.to[i] === from) return 'ways on foot'
  const counts = { routes: routes.length, stops: n, services: services.id.length }
  return (fares && fareFault(fares, counts)) ?? lineFault(lines, trips)
}

function lineFault(lines: LineTable, trips: TripTable): string | null {
  for (let l = 0; l < lines.route.length; l++) {
    const calls = lines.stopStart[l + 1]! - lines.stopStart[l]!
    if (calls < 2 || lines.tripStart[l + 1] === lines.tripStart[l]) return `line ${l}`
    for (let i = lines.stopStart[l]! + 1; i < lines.stopStart[l + 1]!; i++)
      if (lines.sequence[i]! <= lines.sequence[i - 1]!) return `order of line ${l}`
    for (let t = lines.tripStart[l]!; t < lines.tripStart[l + 1]!; t++) {
      const startS = trips.startS[t]!
      const at = lines.profileAt[trips.profile[t]!]
      if (at === undefined || startS < 0 || (t > lines.tripStart[l]! && startS < trips.startS[t - 1]!))
        return `trip ${t}`
      if (startS + lines.arrS[at]! < 0 || lines.depS[at] !== 0) return `start of trip ${t}`
      if (startS + lines.depS[at + calls - 1]! > MOST_S) return `end of trip ${t}`
    }
  }
  for (let p = 0; p < lines.profileAt.length; p++) {
    const [from, to] = [lines.profileAt[p]!, lines.profileAt[p + 1] ?? lines.arrS.length]
    for (let i = from; i < to; i++)
      if (lines.depS[i]! < lines.arrS[i]! || (i > from && lines.arrS[i]! < lines.depS[i - 1]!))
        return `profile ${p}`
  }
  return null
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}
