import { decodeText } from './csv.ts'
import type { FeedStop } from './feed.ts'
import { choice, count, id, needed, text, time } from './field.ts'
import { type FeedSource, type Row, readRows } from './read-rows.ts'
import type { TripHead } from './read-trips.ts'
import { readZones, type Zone } from './read-zones.ts'

/** A call with a window in place of a time, as it stands in stop_times.txt; one of the three ids says where. */
export interface FlexCall {
  readonly trip: number
  readonly sequence: number
  readonly row: number
  readonly startS: number
  readonly endS: number
  readonly pickup: number
  readonly dropOff: number
  readonly stopId: string
  readonly locationId: string
  readonly groupId: string
  readonly pickupRule: string
  readonly dropOffRule: string
}

const BOOKING = {
  bookingRuleId: id,
  /** 0 as one wants to ride, 1 the same day, 2 days before. */
  bookingType: needed(choice(2)),
  /** Minutes. */
  priorNoticeDurationMin: count,
  priorNoticeDurationMax: count,
  priorNoticeLastDay: count,
  priorNoticeLastTime: time,
  message: text,
  phoneNumber: text,
  infoUrl: text,
}

/** When one must have asked for a ride. */
export type BookingRule = Row<typeof BOOKING>

/** A trip on demand: its route and service by index, its calls in order. */
export interface FlexTrip {
  readonly id: string
  readonly route: number
  readonly service: number
  readonly calls: readonly FlexCall[]
}

/** Riding on demand (GTFS-Flex): zones, groups of stops, and the trips that serve them. */
export interface FeedFlex {
  readonly zones: readonly Zone[]
  /** Stop ids by group. */
  readonly groups: ReadonlyMap<string, readonly string[]>
  readonly bookingRules: readonly BookingRule[]
  readonly trips: readonly FlexTrip[]
}

/** The feed's riding on demand; a trip with a call that leads nowhere is left out, with an error. */
export function readFlex(
  source: FeedSource,
  heads: readonly TripHead[],
  calls: readonly FlexCall[],
  stops: readonly FeedStop[],
  broken: Uint8Array,
): FeedFlex {
  const { complaints } = source
  const bytes = source.files.get('locations.geojson')
  const zones = bytes ? readZones(decodeText(bytes, 'locations.geojson', complaints), complaints) : []
  const groupIds = readRows(
    source,
    'location_groups.txt',
    { locationGroupId: id },
    { key: ['locationGroupId'] },
  )
  const groups = new Map<string, string[]>(groupIds.map(row => [row.locationGroupId, []]))
  const stopIds = new Set(stops.map(stop => stop.id))
  for (const member of readRows(source, 'location_group_stops.txt', { locationGroupId: id, stopId: id })) {
    const at = { file: 'location_group_stops.txt', row: member.row }
    const group = groups.get(member.locationGroupId)
    if (!group)
      complaints.add('error', 'ID_UNKNOWN', {
        ...at,
        column: 'location_group_id',
        value: member.locationGroupId,
      })
    else if (!stopIds.has(member.stopId))
      complaints.add('error', 'ID_UNKNOWN', { ...at, column: 'stop_id', value: member.stopId })
    else group.push(member.stopId)
  }
  const bookingRules = readRows(source, 'booking_rules.txt', BOOKING, { key: ['bookingRuleId'] })
  const ruleIds = new Set(bookingRules.map(rule => rule.bookingRuleId))
  const zoneIds = new Set(zones.map(zone => zone.id))
  const byTrip = new Map<number, FlexCall[]>()
  for (const call of calls) {
    const wrong = (
      [
        ['location_id', call.locationId, zoneIds],
        ['location_group_id', call.groupId, groups],
        ['stop_id', call.stopId, stopIds],
        ['pickup_booking_rule_id', call.pickupRule, ruleIds],
        ['drop_off_booking_rule_id', call.dropOffRule, ruleIds],
      ] as const
    ).find(([, value, known]) => value !== '' && !known.has(value))
    if (wrong) {
      complaints.add('error', 'ID_UNKNOWN', {
        file: 'stop_times.txt',
        row: call.row,
        column: wrong[0],
        value: wrong[1],
      })
      broken[call.trip] = 1
    }
    const list = byTrip.get(call.trip)
    if (list) list.push(call)
    else byTrip.set(call.trip, [call])
  }
  const trips = [...byTrip].flatMap(([trip, list]): FlexTrip[] => {
    if (broken[trip] === 1) return []
    const { id: tripId, route, service } = heads[trip]!
    return [{ id: tripId, route, service, calls: list.sort((a, b) => a.sequence - b.sequence) }]
  })
  return { zones, groups, bookingRules, trips }
}
