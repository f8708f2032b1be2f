import { complaintText } from '@hexhail/transit/gtfs/complaint.ts'
import type { Feed } from '@hexhail/transit/gtfs/feed.ts'
import { type ReadFeed, readFeed } from '@hexhail/transit/gtfs/read-feed.ts'
import { describe, expect, test } from 'vitest'
import { inflate, makeZip } from './make-zip.ts'
import { TINY } from './tiny-feed.ts'

const read = (changes: Readonly<Record<string, string>> = {}): ReadFeed =>
  readFeed(makeZip({ ...TINY, ...changes }), inflate)

/** The tiny feed with one file changed: each complaint as «severity code file row column value». */
const complaintsOf = (file: string, from: string, to: string): string[] => {
  if (!TINY[file]!.includes(from)) throw new Error(`${file} has no ${from}`)
  return read({ [file]: TINY[file]!.replace(from, to) }).complaints.map(c =>
    [c.severity, c.code, c.file, c.row, c.column, c.value].join(' '),
  )
}

const timesOf = (feed: Feed, id: string): number[] => {
  const trip = feed.trips.find(t => t.id === id)!
  return [...feed.calls.arrS.subarray(trip.callStart, trip.callEnd)]
}

describe('a feed that is as it should be', () => {
  const { feed, complaints } = read()

  test('gives no complaint', () => {
    expect(complaints.map(complaintText)).toEqual([])
  })

  test('has stops with their places, parents and what their parent says of wheelchairs', () => {
    expect(feed!.stops.map(s => [s.id, s.kind, s.parent, s.wheelchair, s.zone])).toEqual([
      ['hub', 1, -1, 1, ''],
      ['p1', 0, 0, 1, 'z1'],
      ['p2', 0, 0, 2, 'z1'],
      ['mid', 0, -1, 0, 'z1'],
      ['far', 0, -1, 0, 'z2'],
    ])
    expect(feed!.stops[0]!.name).toBe('Hub, "main"')
  })

  test('fills blank times by the shape, or by the distances given, in the order of the numbers', () => {
    // Middle is a quarter of the way along the shape; by the distances of the second trip it is three quarters.
    expect(timesOf(feed!, 't1')).toEqual([8 * 3600, 8 * 3600 + 600, 8 * 3600 + 2400])
    expect(timesOf(feed!, 't2')).toEqual([9 * 3600, 9 * 3600 + 1800, 9 * 3600 + 2400])
  })

  test('fills blank times by the way from stop to stop where there is no shape', () => {
    const { feed: bare } = read({ 'shapes.txt': 'shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\n' })
    expect(timesOf(bare!, 't1')).toEqual([8 * 3600, 8 * 3600 + 600, 8 * 3600 + 2400])
  })

  test('keeps times after midnight in the day before', () => {
    expect(timesOf(feed!, 'night')).toEqual([24.5 * 3600, 25 * 3600 + 600])
    expect(feed!.frequencies).toEqual([
      { trip: 2, startS: 24.5 * 3600, endS: 26 * 3600, headwayS: 1800, isExact: true },
    ])
  })

  test('runs on the days of its calendar, without and with the exceptions', () => {
    const day = Date.UTC(2026, 0, 5) / 86_400_000
    expect(feed!.services).toEqual([
      { id: 'wk', days: [day, day + 2, day + 3, day + 4, day + 5] },
      { id: 'sun', days: [day + 6] },
    ])
  })

  test('has fares of both kinds in minor units of their currency', () => {
    const { products, attributes, legRules, transferRules, stopAreas, rules } = feed!.fares
    expect(products.map(p => p.amountMinor)).toEqual([480, -240])
    expect(attributes.map(a => [a.amountMinor, a.transfers])).toEqual([[2, -1]])
    expect(legRules[0]).toMatchObject({ networkId: 'bus', fromTimeframeGroupId: 'peak', toAreaId: '' })
    expect(transferRules[0]).toMatchObject({ durationLimit: 3600, fareTransferType: 1 })
    expect(stopAreas.get('mid')).toEqual(['centre'])
    expect(rules.length).toBe(1)
  })

  test('has riding on demand apart from trips with times', () => {
    expect(feed!.trips.map(t => t.id)).toEqual(['t1', 't2', 'night'])
    expect(feed!.flex.trips.map(t => [t.id, t.calls.length])).toEqual([['call', 2]])
    expect(feed!.flex.trips[0]!.calls[0]).toMatchObject({
      locationId: 'zone',
      startS: 6 * 3600,
      endS: 22 * 3600,
    })
    expect(feed!.flex.zones[0]!.name).toBe('South')
  })
})

describe('a feed that is wrong', () => {
  test.each([
    ['stops.txt', '-34.9000,-56.1200', 'NaN,-56.12', 'error PLACE_MISSING stops.txt 6 stop_lat far'],
    ['stops.txt', 'hub,z1,2', 'far,z1,2', 'error PARENT_KIND stops.txt 4 parent_station far'],
    ['stops.txt', '1,,,1', '1,hub,,1', 'error PARENT_CYCLE stops.txt 2 parent_station hub'],
    ['stops.txt', 'mid,Middle', 'p1,Middle', 'error ID_TWICE stops.txt 5 stop_id p1'],
    ['stops.txt', 'stop_id,stop_name', 'id,stop_name', 'error COLUMN_MISSING stops.txt 1 stop_id '],
    [
      'stops.txt',
      '"Hub, ""main"""',
      '"Hub',
      `error QUOTE stops.txt 2  ${TINY['stops.txt']!.replace('"Hub, ""main"""', '"Hub').slice(TINY['stops.txt']!.indexOf('"')).slice(0, 79).replaceAll('\n', '·')}…`,
    ],
    ['routes.txt', 'r1,A', 'r1,B', 'error ID_UNKNOWN routes.txt 2 agency_id B'],
    ['routes.txt', 'FF0000', 'red', 'warning VALUE_BAD routes.txt 2 route_color red'],
    ['trips.txt', 'r1,wk,t2', 'r1,none,t2', 'error ID_UNKNOWN trips.txt 3 service_id none'],
    ['stop_times.txt', 't1,,,mid', 't1,,,nowhere', 'error ID_UNKNOWN stop_times.txt 3 stop_id nowhere'],
    ['stop_times.txt', 't1,,,mid', 't1,,,hub', 'error VALUE_BAD stop_times.txt 3 stop_id hub'],
    [
      'stop_times.txt',
      '08:40:00,08:40:00',
      '07:40:00,07:40:00',
      'error TIME_BACKWARDS stop_times.txt 4 arrival_time 07:40:00',
    ],
    [
      'stop_times.txt',
      '24:30:00,24:31:00',
      '24:30:00,24:29:00',
      'error TIME_BACKWARDS stop_times.txt 8 departure_time 24:29:00',
    ],
    ['stop_times.txt', '08:40:00,08:40:00', ',', 'error TIME_MISSING stop_times.txt 4 arrival_time '],
    [
      'stop_times.txt',
      '08:40:00,08:40:00',
      '8:61:00,',
      'error VALUE_BAD stop_times.txt 4 arrival_time 8:61:00',
    ],
    ['stop_times.txt', 'mid,2', 'mid,3', 'error SEQUENCE_TWICE stop_times.txt 4 stop_sequence 3'],
    [
      'stop_times.txt',
      '06:00:00,22:00:00',
      '22:00:00,06:00:00',
      'error WINDOW_BAD stop_times.txt 10 start_pickup_drop_off_window 22:00:00',
    ],
    ['stop_times.txt', 'zone,06', 'void,06', 'error ID_UNKNOWN stop_times.txt 10 location_id void'],
    ['calendar.txt', '20260105', '20260231', 'error VALUE_BAD calendar.txt 2 start_date 20260231'],
    ['calendar.txt', '20260111', '29991231', 'warning SERVICE_LONG calendar.txt 2 end_date wk'],
    ['frequencies.txt', '1800', '0', 'error HEADWAY_MANY frequencies.txt 2 headway_secs 0'],
    ['fare_products.txt', '4.80', '4,80', 'warning CELLS fare_products.txt 2  7 of 6'],
    ['fare_products.txt', '4.80', 'NaN', 'error VALUE_BAD fare_products.txt 2 amount NaN'],
    ['fare_leg_rules.txt', 'centre', 'away', 'error ID_UNKNOWN fare_leg_rules.txt 2 from_area_id away'],
    ['locations.geojson', '-34.9', '-934.9', 'error GEOMETRY_BAD locations.geojson 1 geometry zone'],
    ['locations.geojson', '}', '', 'error GEOMETRY_BAD locations.geojson 0  '],
    [
      'agency.txt',
      'America/Montevideo',
      'Mars/Base',
      'error VALUE_BAD agency.txt 2 agency_timezone Mars/Base',
    ],
  ])('%s with «%s» as «%s» is told of: %s', (file, from, to, complaint) => {
    expect(complaintsOf(file, from, to)).toContain(complaint)
  })

  test('a trip with a call that cannot be read is left out whole', () => {
    const { feed } = read({ 'stop_times.txt': TINY['stop_times.txt']!.replace('t1,,,mid', 't1,,,nowhere') })
    expect(feed!.trips.map(t => t.id)).toEqual(['t2', 'night'])
  })

  test('a complaint names file, row, column and value on one line, without control characters', () => {
    const { complaints } = read({
      'routes.txt': TINY['routes.txt']!.replace('FF0000', '\u001b[31mred\u202e'),
    })
    expect(complaints.map(complaintText)).toEqual([
      'routes.txt, row 2, route_color «·[31mred·»: not a value that this column can have (VALUE_BAD).',
    ])
  })
})
