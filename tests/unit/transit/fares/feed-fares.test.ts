import { farePricer, type Tap } from '@hexhail/transit/fares/price-taps.ts'
import { compileFeed } from '@hexhail/transit/gtfs/compile-feed.ts'
import { readFeed } from '@hexhail/transit/gtfs/read-feed.ts'
import { CROW } from '@hexhail/transit/timetable/find-feet.ts'
import { decodeTimetable, encodeTimetable } from '@hexhail/transit/timetable/timetable-file.ts'
import { expect, test } from 'vitest'
import { inflate, makeZip } from '../gtfs/make-zip.ts'
import { TINY } from '../gtfs/tiny-feed.ts'

const NO_V2 = { 'fare_leg_rules.txt': 'fare_product_id\n', 'fare_transfer_rules.txt': 'fare_transfer_type\n' }

/** Dues of rides [route, from, to, hour, weekday of January 2026] as the feed, sent as bytes and read again, prices them. */
function duesOf(
  files: Record<string, string>,
  rides: readonly (readonly [string, string, string, number, number?])[],
) {
  const built = compileFeed(readFeed(makeZip({ ...TINY, ...files }), inflate).feed!, 'Tiny', CROW)
  const read = decodeTimetable(encodeTimetable(built))
  if (read.verdict !== 'accept') throw new Error(read.code)
  const { stops, routes } = read.value
  const taps = rides.map(([route, from, to, hour, day = 5]): Tap => {
    // Montevideo is three hours behind UTC.
    const departMs = Date.UTC(2026, 0, day, 3) + hour * 3_600_000
    return {
      ...{
        route: routes.findIndex(r => r.id === route),
        from: stops.id.indexOf(from),
        to: stops.id.indexOf(to),
      },
      ...{ departMs, arriveMs: departMs + 600_000 },
    }
  })
  const pricer = farePricer(read.value)
  return pricer?.price(taps, '').map(price => price?.due ?? null) ?? null
}

test('Fares v2: networks, areas, hours of a service and changes are read', () => {
  expect(duesOf({}, [['r1', 'p1', 'mid', 8]])).toEqual([480])
  expect(
    duesOf({}, [
      ['r1', 'p1', 'mid', 8],
      ['r1', 'mid', 'p1', 8.5],
    ]),
  ).toEqual([480, 240])
  // Before seven, from outside the centre, and on the holiday of the service nobody said what it costs.
  expect(duesOf({}, [['r1', 'p1', 'mid', 6.9]])).toEqual([null])
  expect(duesOf({}, [['r1', 'far', 'mid', 8]])).toEqual([null])
  expect(duesOf({}, [['r1', 'p1', 'mid', 8, 6]])).toEqual([null])
})

test('a blank of a rule is whatever no other rule names, or with priorities anything', () => {
  const products =
    'fare_product_id,fare_product_name,rider_category_id,amount,currency\none,One,,4.80,UYU\nnight,Night,,9.00,UYU\n'
  const rules = (rows: string) => ({
    ...{ 'fare_products.txt': products, 'fare_transfer_rules.txt': 'fare_transfer_type\n' },
    'networks.txt': 'network_id,network_name\nbus,Buses\nowl,Owls\n',
    'route_networks.txt': 'network_id,route_id\nbus,r1\nowl,r2\n',
    'fare_leg_rules.txt': `network_id,fare_product_id,rule_priority\n${rows}`,
  })
  const rides = [
    ['r1', 'p1', 'mid', 8],
    ['r2', 'far', 'p2', 1],
  ] as const
  expect(duesOf(rules('owl,night,\n,one,\n'), rides)).toEqual([480, 900])
  expect(duesOf(rules('owl,night,\n,one,2\n'), rides)).toEqual([480, 480])
})

test('Fares v1: routes, zones and changes within their time', () => {
  const v1 = (fares: string, rules: string) => ({
    ...NO_V2,
    'fare_attributes.txt': `fare_id,price,currency_type,payment_method,transfers,transfer_duration\n${fares}`,
    'fare_rules.txt': `fare_id,route_id,origin_id,destination_id,contains_id\n${rules}`,
  })
  const out = [
    ['r1', 'p1', 'far', 8],
    ['r1', 'far', 'p1', 8.5],
    ['r1', 'p1', 'far', 9.1],
  ] as const
  expect(duesOf(v1('a,1.50,USD,0,1,3600\n', ''), out)).toEqual([150, 0, 150])
  expect(duesOf(v1('a,1.50,USD,0,,3600\n', ''), out)).toEqual([150, 0, 150])
  expect(duesOf(v1('a,1.50,USD,0,,\n', ''), out)).toEqual([150, 0, 0])
  expect(
    duesOf(v1('a,1.50,USD,0,0,\nb,1.00,USD,0,0,\n', 'a,,,,\nb,,z1,z1,\n'), [['r1', 'p1', 'mid', 8], ...out]),
  ).toEqual([100, 150, 150, 150])
  // A price by the zones that are passed is not known here.
  expect(duesOf(v1('a,1.50,USD,0,0,\n', 'a,,,,z1\na,,,,z2\n'), out)).toBeNull()
})

test('a feed without fares has none', () => {
  const none = { ...NO_V2, 'fare_attributes.txt': 'fare_id,price\n', 'fare_rules.txt': 'fare_id\n' }
  expect(duesOf(none, [['r1', 'p1', 'mid', 8]])).toBeNull()
})
